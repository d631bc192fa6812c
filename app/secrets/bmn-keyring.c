#include "bmn-error.h"
#include "bmn-file-lock.h"
#include "bmn-secret-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <unistd.h>

/* A saver may wait while the user types the keyring's password for another. */
#define LOCK_PATIENCE (60 * G_USEC_PER_SEC)

#define BMN_TYPE_KEYRING (bmn_keyring_get_type ())
G_DECLARE_FINAL_TYPE (BmnKeyring, bmn_keyring, BMN, KEYRING, GObject)

/*
 * libsecret's blocking calls, each in a worker thread. Loading never asks the user to unlock,
 * since most loads happen while nobody watches; saving may, as it happens at sign-in.
 *
 * libsecret keeps what it read of its file for the life of the process and would write it over
 * what others saved meanwhile: disconnecting before each operation makes it read again.
 */
struct _BmnKeyring
{
  GObject parent_instance;
  char *lock_path; /* (owned) */
};

static void bmn_keyring_iface_init (BmnSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BmnKeyring,
                               bmn_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BMN_TYPE_SECRET_STORE,
                                                      bmn_keyring_iface_init))

static const SecretSchema schema = {
  BMN_APP_ID,
  SECRET_SCHEMA_NONE,
  { { "key", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* What a worker thread needs: a copy, wiped afterwards. */
typedef struct
{
  char *key;       /* (owned) */
  char *label;     /* (owned) (nullable) */
  char *secret;    /* (owned) (nullable) */
  char *lock_path; /* (owned) */
} BmnKeyringJob;

static void
job_free (BmnKeyringJob *job)
{
  g_free (job->key);
  g_free (job->label);
  bmn_secret_free (job->secret);
  g_free (job->lock_path);
  g_free (job);
}

static gboolean
fail_locked (GError **error)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_LOCKED,
                       _ ("The keyring is locked. Unlock it and try again."));
  return FALSE;
}

/* libsecret's own messages can quote attributes, so only their meaning is passed on. */
static gboolean
fail_keyring (GError **error, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (error)
        *error = g_error_copy (cause);
      return FALSE;
    }
  /* A service whose default collection is not there yet has none that could be read either. */
  if (g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED)
      || g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT)
      || g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
      || g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
    return fail_locked (error);
  g_debug ("The keyring failed: %s %d", g_quark_to_string (cause->domain), cause->code);
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NO_KEYRING,
                       _ ("No keyring answers. Start one, such as GNOME Keyring or KeePassXC, and "
                          "try again."));
  return FALSE;
}

/* As libsecret decides it: its file is for sandboxes, or asked for. */
static gboolean
is_file_backend (void)
{
  const char *backend = g_getenv ("SECRET_BACKEND");
  if (backend && *backend)
    return g_str_equal (backend, "file");
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP_NAME");
}

/*
 * A service without an unlocked collection finds nothing and says nothing: only the state of
 * the default collection tells whether that means anything.
 */
static gboolean
check_unlocked (GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  if (is_file_backend ())
    return TRUE;
  g_autoptr (SecretService) service
      = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, cancellable, &local_error);
  if (!service)
    return fail_keyring (error, local_error);
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_sync (
      service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable, &local_error);
  if (local_error)
    return fail_keyring (error, local_error);
  if (!collection || secret_collection_get_locked (collection))
    return fail_locked (error);
  return TRUE;
}

static GHashTable *
attributes_for (const char *key)
{
  return secret_attributes_build (&schema, "key", key, NULL);
}

/*
 * Returns: (transfer full) (nullable): %NULL without an error where an unlocked keyring has
 *   nothing for @key
 */
static char *
look_up (const char *key, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GHashTable) attributes = attributes_for (key);
  secret_service_disconnect ();
  GList *found = secret_password_searchv_sync (&schema, attributes, SECRET_SEARCH_LOAD_SECRETS,
                                               cancellable, &local_error);
  SecretRetrievable *item = found ? g_object_ref (found->data) : NULL;
  g_list_free_full (found, g_object_unref);
  g_autoptr (SecretRetrievable) owned = item;
  if (local_error)
    {
      fail_keyring (error, local_error);
      return NULL;
    }
  if (!item)
    {
      check_unlocked (cancellable, error);
      return NULL;
    }
  if (SECRET_IS_ITEM (item) && secret_item_get_locked (SECRET_ITEM (item)))
    {
      fail_locked (error);
      return NULL;
    }
  SecretValue *value = secret_retrievable_retrieve_secret_sync (item, cancellable, &local_error);
  if (!value)
    {
      if (local_error)
        fail_keyring (error, local_error);
      else
        fail_locked (error);
      return NULL;
    }
  char *secret = g_strdup (secret_value_get_text (value));
  secret_value_unref (value);
  return secret;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BmnKeyringJob *job = data;
  GError *error = NULL;
  char *secret = look_up (job->key, cancellable, &error);
  if (error)
    g_task_return_error (task, error);
  else if (secret)
    g_task_return_pointer (task, secret, (GDestroyNotify)bmn_secret_free);
  else
    g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_NO_SECRET,
                             _ ("The keyring has no credentials for this account. Sign in "
                                "again."));
}

static gboolean
store_and_compare (const BmnKeyringJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GHashTable) attributes = attributes_for (job->key);
  secret_service_disconnect ();
  if (!secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, job->label,
                                    job->secret, cancellable, &local_error))
    return local_error ? fail_keyring (error, local_error) : fail_locked (error);
  char *kept = look_up (job->key, cancellable, &local_error);
  const gboolean same = kept && g_str_equal (kept, job->secret);
  bmn_secret_free (kept);
  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!same)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_STORAGE,
                         _ ("The keyring did not keep the credentials. Try again."));
  return same;
}

static gboolean
clear_and_check (const BmnKeyringJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GHashTable) attributes = attributes_for (job->key);
  secret_service_disconnect ();
  if (!secret_password_clearv_sync (&schema, attributes, cancellable, &local_error) && local_error)
    return fail_keyring (error, local_error);
  char *left = look_up (job->key, cancellable, &local_error);
  const gboolean gone = !left && !local_error;
  bmn_secret_free (left);
  if (local_error)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (!gone)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_STORAGE,
                         _ ("The keyring did not remove the credentials. Try again."));
  return gone;
}

/* Saves, or removes where there is no secret to save; one at a time over all processes. */
static void
change_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BmnKeyringJob *job = data;
  GError *error = NULL;
  g_autoptr (BmnFileLock) lock
      = bmn_file_lock_take (job->lock_path, LOCK_PATIENCE, cancellable, &error);
  gboolean changed = lock
                     && (job->secret ? store_and_compare (job, cancellable, &error)
                                     : clear_and_check (job, cancellable, &error));
  g_clear_object (&lock);
  if (changed)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_job (BmnSecretStore *store,
         const char *key,
         const char *label,
         const char *secret,
         GTask *task,
         GTaskThreadFunc func)
{
  BmnKeyringJob *job = g_new0 (BmnKeyringJob, 1);
  job->key = g_strdup (key);
  job->label = g_strdup (label);
  job->secret = g_strdup (secret);
  job->lock_path = g_strdup (BMN_KEYRING (store)->lock_path);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  if (!g_task_return_error_if_cancelled (task))
    g_task_run_in_thread (task, func);
}

static void
bmn_keyring_load (BmnSecretStore *store, const char *key, GTask *task)
{
  run_job (store, key, NULL, NULL, task, load_in_thread);
}

static void
bmn_keyring_save (
    BmnSecretStore *store, const char *key, const char *label, const char *secret, GTask *task)
{
  run_job (store, key, label, secret, task, change_in_thread);
}

static void
bmn_keyring_remove (BmnSecretStore *store, const char *key, GTask *task)
{
  run_job (store, key, NULL, NULL, task, change_in_thread);
}

static void
bmn_keyring_iface_init (BmnSecretStoreInterface *iface)
{
  iface->load = bmn_keyring_load;
  iface->save = bmn_keyring_save;
  iface->remove = bmn_keyring_remove;
}

static void
bmn_keyring_finalize (GObject *object)
{
  g_free (BMN_KEYRING (object)->lock_path);
  G_OBJECT_CLASS (bmn_keyring_parent_class)->finalize (object);
}

static void
bmn_keyring_class_init (BmnKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_keyring_finalize;
}

static void
bmn_keyring_init (BmnKeyring *self)
{
}

BmnSecretStore *
bmn_keyring_new (const char *lock_folder)
{
  BmnKeyring *self = g_object_new (BMN_TYPE_KEYRING, NULL);
  self->lock_path = g_build_filename (lock_folder, "secrets.lock", NULL);
  return BMN_SECRET_STORE (self);
}
