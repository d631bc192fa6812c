#include "bmn-account-host-private.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-error.h"
#include "bmn-file-lock.h"

#include <glib/gi18n-lib.h>

struct _BmnAccountHost
{
  GObject parent_instance;

  BmnSession *session; /* (owned): what a platform has under way keeps it */
  gint64 account_id;   /* 0 while the account is being added */
  char *label;         /* (owned) */
  GHashTable *facts;   /* (owned) (element-type utf8 utf8) */
  char *held_back;     /* (owned) (nullable) credentials of an account without an id yet */
};

static void bmn_account_host_host_init (BmnPlatformHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BmnAccountHost,
                               bmn_account_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BMN_TYPE_PLATFORM_HOST,
                                                      bmn_account_host_host_init))

static gint64
host_now (BmnPlatformHost *host)
{
  return bmn_session_now (BMN_ACCOUNT_HOST (host)->session);
}

/*
 * Credentials.
 */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *secret = bmn_secret_store_load_finish (BMN_SECRET_STORE (source), result, &error);
  if (secret)
    g_task_return_pointer (task, secret, (GDestroyNotify)bmn_secret_free);
  else
    g_task_return_error (task, error);
}

static void
host_load_credentials (BmnPlatformHost *host, GTask *task)
{
  BmnAccountHost *self = BMN_ACCOUNT_HOST (host);
  if (self->account_id == 0)
    {
      if (self->held_back)
        g_task_return_pointer (task, g_strdup (self->held_back), (GDestroyNotify)bmn_secret_free);
      else
        g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_NO_SECRET, "%s",
                                 _ ("The account is not signed in."));
      return;
    }
  g_autofree char *key = bmn_session_make_secret_key (self->session, self->account_id);
  bmn_secret_store_load_async (bmn_session_get_secrets (self->session), key,
                               g_task_get_cancellable (task), on_loaded, g_object_ref (task));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_secret_store_save_finish (BMN_SECRET_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
host_save_credentials (BmnPlatformHost *host, const char *credentials, GTask *task)
{
  BmnAccountHost *self = BMN_ACCOUNT_HOST (host);
  if (self->account_id == 0)
    {
      bmn_secret_free (self->held_back);
      self->held_back = g_strdup (credentials);
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_autofree char *key = bmn_session_make_secret_key (self->session, self->account_id);
  bmn_secret_store_save_async (bmn_session_get_secrets (self->session), key, self->label,
                               credentials, g_task_get_cancellable (task), on_saved,
                               g_object_ref (task));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_secret_store_remove_finish (BMN_SECRET_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
host_remove_credentials (BmnPlatformHost *host, GTask *task)
{
  BmnAccountHost *self = BMN_ACCOUNT_HOST (host);
  g_clear_pointer (&self->held_back, bmn_secret_free);
  if (self->account_id == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_autofree char *key = bmn_session_make_secret_key (self->session, self->account_id);
  bmn_secret_store_remove_async (bmn_session_get_secrets (self->session), key,
                                 g_task_get_cancellable (task), on_removed, g_object_ref (task));
}

static void
on_locked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  BmnFileLock *lock = bmn_file_lock_wait_finish (result, &error);
  if (lock)
    g_task_return_pointer (task, lock, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
host_lock_credentials (BmnPlatformHost *host, GTask *task)
{
  BmnAccountHost *self = BMN_ACCOUNT_HOST (host);
  g_autofree char *name = g_strdup_printf ("account-%" G_GINT64_FORMAT ".lock", self->account_id);
  g_autofree char *path = g_build_filename (bmn_session_get_folder (self->session), name, NULL);
  bmn_file_lock_wait_async (path, g_task_get_cancellable (task), on_locked, g_object_ref (task));
}

/*
 * Facts.
 */

typedef struct
{
  gint64 account_id;
  char *name;  /* (owned) */
  char *value; /* (owned) (nullable) */
} Fact;

static void
fact_free (Fact *fact)
{
  g_free (fact->name);
  g_free (fact->value);
  g_free (fact);
}

static gboolean
write_fact (BmnTransaction *tx, gpointer data, GError **error)
{
  const Fact *fact = data;
  return bmn_facts_set (tx, fact->account_id, fact->name, fact->value, error);
}

static void
on_fact_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  /* A fact that is lost is learned again; a foreign key error means the account is gone. */
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_debug ("A fact about an account was not kept: %s", error->message);
}

static void
keep_fact (BmnAccountHost *self, const char *name, const char *value)
{
  Fact *fact = g_new0 (Fact, 1);
  fact->account_id = self->account_id;
  fact->name = g_strdup (name);
  fact->value = g_strdup (value);
  bmn_store_write_async (bmn_session_get_store (self->session), write_fact, fact,
                         (GDestroyNotify)fact_free, NULL, on_fact_written, NULL);
}

static const char *
host_get_fact (BmnPlatformHost *host, const char *name)
{
  return g_hash_table_lookup (BMN_ACCOUNT_HOST (host)->facts, name);
}

static void
host_set_fact (BmnPlatformHost *host, const char *name, const char *value)
{
  BmnAccountHost *self = BMN_ACCOUNT_HOST (host);
  if (g_strcmp0 (g_hash_table_lookup (self->facts, name), value) == 0)
    return;
  if (value)
    g_hash_table_replace (self->facts, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->facts, name);
  if (self->account_id != 0)
    keep_fact (self, name, value);
}

/*
 * The user.
 */

static gboolean
host_open_uri (BmnPlatformHost *host, const char *uri, GError **error)
{
  return bmn_session_open_uri (BMN_ACCOUNT_HOST (host)->session, uri, error);
}

static void
host_ask (BmnPlatformHost *host, const char *question, GTask *task)
{
  bmn_session_ask (BMN_ACCOUNT_HOST (host)->session, question, task);
}

static void
bmn_account_host_host_init (BmnPlatformHostInterface *iface)
{
  iface->now = host_now;
  iface->load_credentials = host_load_credentials;
  iface->save_credentials = host_save_credentials;
  iface->remove_credentials = host_remove_credentials;
  iface->lock_credentials = host_lock_credentials;
  iface->get_fact = host_get_fact;
  iface->set_fact = host_set_fact;
  iface->open_uri = host_open_uri;
  iface->ask = host_ask;
}

/*
 * The object.
 */

typedef struct
{
  gint64 account_id;
  GHashTable *facts; /* (owned) (nullable) */
} FactsRead;

static gboolean
read_facts (BmnTransaction *tx, gpointer data, GError **error)
{
  FactsRead *read = data;
  read->facts = bmn_facts_get_all (tx, read->account_id, error);
  return read->facts != NULL;
}

BmnAccountHost *
bmn_account_host_new (BmnSession *session, gint64 account_id, const char *label, GError **error)
{
  FactsRead read = { .account_id = account_id };
  if (account_id == 0)
    read.facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  else if (!bmn_store_read (bmn_session_get_store (session), read_facts, &read, error))
    return NULL;
  BmnAccountHost *self = g_object_new (BMN_TYPE_ACCOUNT_HOST, NULL);
  self->session = g_object_ref (session);
  self->account_id = account_id;
  self->label = g_strdup (label);
  self->facts = read.facts;
  return self;
}

static void
on_adopted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnAccountHost *self = g_task_get_source_object (task);
  g_clear_pointer (&self->held_back, bmn_secret_free);
  GError *error = NULL;
  if (bmn_platform_host_save_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
bmn_account_host_adopt_async (BmnAccountHost *self,
                              gint64 account_id,
                              const char *label,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_account_host_adopt_async);
  self->account_id = account_id;
  g_free (self->label);
  self->label = g_strdup (label);
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, &name, &value))
    keep_fact (self, name, value);
  if (self->held_back)
    bmn_platform_host_save_credentials_async (BMN_PLATFORM_HOST (self), self->held_back,
                                              cancellable, on_adopted, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
bmn_account_host_adopt_finish (BmnAccountHost *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
bmn_account_host_finalize (GObject *object)
{
  BmnAccountHost *self = BMN_ACCOUNT_HOST (object);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_clear_pointer (&self->held_back, bmn_secret_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_account_host_parent_class)->finalize (object);
}

static void
bmn_account_host_class_init (BmnAccountHostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_account_host_finalize;
}

static void
bmn_account_host_init (BmnAccountHost *self)
{
}
