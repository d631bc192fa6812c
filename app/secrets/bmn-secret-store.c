#include "bmn-secret-store.h"

#include <string.h>

G_DEFINE_INTERFACE (BmnSecretStore, bmn_secret_store, G_TYPE_OBJECT)

static void
bmn_secret_store_default_init (BmnSecretStoreInterface *iface)
{
}

static GTask *
new_task (BmnSecretStore *self,
          gpointer tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tag);
  return task;
}

void
bmn_secret_store_load_async (BmnSecretStore *self,
                             const char *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (BMN_IS_SECRET_STORE (self) && key);
  g_autoptr (GTask) task
      = new_task (self, bmn_secret_store_load_async, cancellable, callback, user_data);
  BMN_SECRET_STORE_GET_IFACE (self)->load (self, key, task);
}

char *
bmn_secret_store_load_finish (BmnSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
bmn_secret_store_save_async (BmnSecretStore *self,
                             const char *key,
                             const char *label,
                             const char *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (BMN_IS_SECRET_STORE (self) && key && label && secret);
  g_autoptr (GTask) task
      = new_task (self, bmn_secret_store_save_async, cancellable, callback, user_data);
  BMN_SECRET_STORE_GET_IFACE (self)->save (self, key, label, secret, task);
}

gboolean
bmn_secret_store_save_finish (BmnSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
bmn_secret_store_remove_async (BmnSecretStore *self,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (BMN_IS_SECRET_STORE (self) && key);
  g_autoptr (GTask) task
      = new_task (self, bmn_secret_store_remove_async, cancellable, callback, user_data);
  BMN_SECRET_STORE_GET_IFACE (self)->remove (self, key, task);
}

gboolean
bmn_secret_store_remove_finish (BmnSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
bmn_secret_free (char *secret)
{
  if (secret)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
