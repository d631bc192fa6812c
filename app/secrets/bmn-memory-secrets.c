#include "bmn-error.h"
#include "bmn-secret-store.h"

#include <glib/gi18n-lib.h>

#define BMN_TYPE_MEMORY_SECRETS (bmn_memory_secrets_get_type ())
G_DECLARE_FINAL_TYPE (BmnMemorySecrets, bmn_memory_secrets, BMN, MEMORY_SECRETS, GObject)

struct _BmnMemorySecrets
{
  GObject parent_instance;
  GHashTable *secrets; /* (owned) (element-type utf8 utf8) */
};

static void bmn_memory_secrets_iface_init (BmnSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BmnMemorySecrets,
                               bmn_memory_secrets,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BMN_TYPE_SECRET_STORE,
                                                      bmn_memory_secrets_iface_init))

static void
bmn_memory_secrets_load (BmnSecretStore *store, const char *key, GTask *task)
{
  const char *secret = g_hash_table_lookup (BMN_MEMORY_SECRETS (store)->secrets, key);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (secret)
    g_task_return_pointer (task, g_strdup (secret), (GDestroyNotify)bmn_secret_free);
  else
    g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_NO_SECRET,
                             _ ("There are no credentials for this account. Sign in again."));
}

static void
bmn_memory_secrets_save (
    BmnSecretStore *store, const char *key, const char *label, const char *secret, GTask *task)
{
  if (g_task_return_error_if_cancelled (task))
    return;
  g_hash_table_replace (BMN_MEMORY_SECRETS (store)->secrets, g_strdup (key), g_strdup (secret));
  g_task_return_boolean (task, TRUE);
}

static void
bmn_memory_secrets_remove (BmnSecretStore *store, const char *key, GTask *task)
{
  if (g_task_return_error_if_cancelled (task))
    return;
  g_hash_table_remove (BMN_MEMORY_SECRETS (store)->secrets, key);
  g_task_return_boolean (task, TRUE);
}

static void
bmn_memory_secrets_iface_init (BmnSecretStoreInterface *iface)
{
  iface->load = bmn_memory_secrets_load;
  iface->save = bmn_memory_secrets_save;
  iface->remove = bmn_memory_secrets_remove;
}

static void
bmn_memory_secrets_finalize (GObject *object)
{
  g_hash_table_unref (BMN_MEMORY_SECRETS (object)->secrets);
  G_OBJECT_CLASS (bmn_memory_secrets_parent_class)->finalize (object);
}

static void
bmn_memory_secrets_class_init (BmnMemorySecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_memory_secrets_finalize;
}

static void
bmn_memory_secrets_init (BmnMemorySecrets *self)
{
  self->secrets
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)bmn_secret_free);
}

BmnSecretStore *
bmn_memory_secrets_new (void)
{
  return g_object_new (BMN_TYPE_MEMORY_SECRETS, NULL);
}
