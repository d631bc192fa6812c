#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnOAuth2Listener: the loopback redirect of a sign-in (RFC 8252, section 7.3). It listens on
 * 127.0.0.1 alone, on a port of the system's choice, under a random path that counts once;
 * every other request is not found. It ends with its last reference.
 */

#define BMN_TYPE_OAUTH2_LISTENER (bmn_oauth2_listener_get_type ())
G_DECLARE_FINAL_TYPE (BmnOAuth2Listener, bmn_oauth2_listener, BMN, OAUTH2_LISTENER, GObject)

/* Returns: (transfer full): %NULL where no port can be had */
BmnOAuth2Listener *bmn_oauth2_listener_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none): `http://127.0.0.1:PORT/PATH` */
const char *bmn_oauth2_listener_get_uri (BmnOAuth2Listener *self);

/**
 * bmn_oauth2_listener_wait_async:
 * @timeout: seconds
 *
 * Waits for the browser; once. What came before is not lost.
 */
void bmn_oauth2_listener_wait_async (BmnOAuth2Listener *self,
                                     guint timeout,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/**
 * bmn_oauth2_listener_wait_finish:
 *
 * Returns: (transfer full) (element-type utf8 utf8): the query of the redirect; %NULL with
 *   %BMN_PLATFORM_ERROR_TIMED_OUT or %G_IO_ERROR_CANCELLED
 */
GHashTable *bmn_oauth2_listener_wait_finish (BmnOAuth2Listener *self,
                                             GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
