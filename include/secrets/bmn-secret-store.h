#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Where credentials are kept: one opaque text per account. Implementations:
 * bmn_keyring_new() (the desktop's Secret Service, or libsecret's file inside a Flatpak) and
 * bmn_memory_secrets_new() (tests). A secret never appears in an error, a log or a property.
 * A task is (transfer none): an implementation that answers later takes a reference.
 */

#define BMN_TYPE_SECRET_STORE (bmn_secret_store_get_type ())
G_DECLARE_INTERFACE (BmnSecretStore, bmn_secret_store, BMN, SECRET_STORE, GObject)

struct _BmnSecretStoreInterface
{
  GTypeInterface parent_iface;

  void (*load) (BmnSecretStore *self, const char *key, GTask *task);
  void (*save) (
      BmnSecretStore *self, const char *key, const char *label, const char *secret, GTask *task);
  void (*remove) (BmnSecretStore *self, const char *key, GTask *task);
};

/**
 * bmn_secret_store_load_async:
 * @key: unique over all data folders of this user; the session makes it from the folder's own
 *   random name and the account
 */
void bmn_secret_store_load_async (BmnSecretStore *self,
                                  const char *key,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * bmn_secret_store_load_finish:
 *
 * Returns: (transfer full): free it with bmn_secret_free(); %NULL with %BMN_ERROR_LOCKED,
 *   %BMN_ERROR_NO_KEYRING or %BMN_ERROR_NO_SECRET (an unlocked keyring that has none), told
 *   apart because each wants something else of the user
 */
char *bmn_secret_store_load_finish (BmnSecretStore *self,
                                    GAsyncResult *result,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_secret_store_save_async:
 * @label: what the user sees in a keyring manager
 *
 * Stores, then reads back and compares: libsecret's file backend can lose parallel writes,
 * so savers of all processes are serialised by a lock file as well.
 */
void bmn_secret_store_save_async (BmnSecretStore *self,
                                  const char *key,
                                  const char *label,
                                  const char *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean bmn_secret_store_save_finish (BmnSecretStore *self, GAsyncResult *result, GError **error);

/* Removing what is not there is no error. */
void bmn_secret_store_remove_async (BmnSecretStore *self,
                                    const char *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
bmn_secret_store_remove_finish (BmnSecretStore *self, GAsyncResult *result, GError **error);

/**
 * bmn_keyring_new:
 * @lock_folder: where the lock file for savers is kept; the data folder
 */
BmnSecretStore *bmn_keyring_new (const char *lock_folder) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps secrets in memory, for tests. */
BmnSecretStore *bmn_memory_secrets_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Overwrites and frees. @secret: (nullable) (transfer full): */
void bmn_secret_free (char *secret);

G_END_DECLS
