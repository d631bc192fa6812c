#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What a platform asks of the program around it, for its one account: credentials, learned
 * facts, the time, and the user at sign-in. The session implements it; so do tests. A task is
 * (transfer none): who answers later takes a reference.
 */

#define BMN_TYPE_PLATFORM_HOST (bmn_platform_host_get_type ())
G_DECLARE_INTERFACE (BmnPlatformHost, bmn_platform_host, BMN, PLATFORM_HOST, GObject)

struct _BmnPlatformHostInterface
{
  GTypeInterface parent_iface;

  gint64 (*now) (BmnPlatformHost *self);
  void (*load_credentials) (BmnPlatformHost *self, GTask *task);
  void (*save_credentials) (BmnPlatformHost *self, const char *credentials, GTask *task);
  void (*remove_credentials) (BmnPlatformHost *self, GTask *task);
  void (*lock_credentials) (BmnPlatformHost *self, GTask *task);
  const char *(*get_fact) (BmnPlatformHost *self, const char *name);
  void (*set_fact) (BmnPlatformHost *self, const char *name, const char *value);
  gboolean (*open_uri) (BmnPlatformHost *self, const char *uri, GError **error);
  void (*ask) (BmnPlatformHost *self, const char *question, GTask *task);
};

/* Returns: µs since the epoch, by the program's clock */
gint64 bmn_platform_host_now (BmnPlatformHost *self);

/**
 * bmn_platform_host_load_credentials_async:
 *
 * Reads the account's credentials, one opaque text, from the keyring (never from a cache: another
 * process may have refreshed them).
 */
void bmn_platform_host_load_credentials_async (BmnPlatformHost *self,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
/* Returns: (transfer full): wipe and free; %NULL with %BMN_ERROR_LOCKED, _NO_KEYRING or _NO_SECRET
 */
char *bmn_platform_host_load_credentials_finish (BmnPlatformHost *self,
                                                 GAsyncResult *result,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Stores and verifies them; only then may new tokens be used. */
void bmn_platform_host_save_credentials_async (BmnPlatformHost *self,
                                               const char *credentials,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
gboolean bmn_platform_host_save_credentials_finish (BmnPlatformHost *self,
                                                    GAsyncResult *result,
                                                    GError **error);

void bmn_platform_host_remove_credentials_async (BmnPlatformHost *self,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer user_data);
gboolean bmn_platform_host_remove_credentials_finish (BmnPlatformHost *self,
                                                      GAsyncResult *result,
                                                      GError **error);

/**
 * bmn_platform_host_lock_credentials_async:
 *
 * Takes this account's lock across all processes, for a token refresh: take it, read the
 * credentials again, refresh only if they are still the old ones, save, drop it.
 */
void bmn_platform_host_lock_credentials_async (BmnPlatformHost *self,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
/* Returns: (transfer full): the lock; dropping the last reference releases it */
GObject *bmn_platform_host_lock_credentials_finish (BmnPlatformHost *self,
                                                    GAsyncResult *result,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (nullable) (transfer none): what was learned about the account's server; valid until it
 * is set again */
const char *bmn_platform_host_get_fact (BmnPlatformHost *self, const char *name);
/* Remembers it in the store. @value: (nullable): forgets */
void bmn_platform_host_set_fact (BmnPlatformHost *self, const char *name, const char *value);

/* Shows a page to the user, in the browser or as text on a terminal. */
gboolean bmn_platform_host_open_uri (BmnPlatformHost *self, const char *uri, GError **error);

/**
 * bmn_platform_host_ask_async:
 * @question: translated
 *
 * Asks the user for a line of text, such as a code shown in the browser.
 */
void bmn_platform_host_ask_async (BmnPlatformHost *self,
                                  const char *question,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Returns: (transfer full): the answer; %NULL with %BMN_ERROR_INVALID where nobody can be asked */
char *bmn_platform_host_ask_finish (BmnPlatformHost *self,
                                    GAsyncResult *result,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
