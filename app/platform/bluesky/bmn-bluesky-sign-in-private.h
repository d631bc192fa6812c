#pragma once

#include "bmn-bluesky-identity-private.h"
#include "bmn-platform-host.h"

G_BEGIN_DECLS

/**
 * bmn_bluesky_sign_in_async:
 * @inputs: (element-type utf8 utf8): by the names in the table of platforms
 *
 * Finds the account, signs in by app password or in the browser (OAuth), and stores the
 * credentials.
 */
void bmn_bluesky_sign_in_async (BmnHttpClient *http,
                                BmnPlatformHost *host,
                                GHashTable *inputs,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* Returns: (transfer full): who signed in; %NULL with a #BmnPlatformError or the host's error */
BmnBlueskyIdentity *
bmn_bluesky_sign_in_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
