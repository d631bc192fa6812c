#include "bmn-platform-host.h"
#include "bmn-platform-task-private.h"

G_DEFINE_INTERFACE (BmnPlatformHost, bmn_platform_host, G_TYPE_OBJECT)

static void
bmn_platform_host_default_init (BmnPlatformHostInterface *iface)
{
}

gint64
bmn_platform_host_now (BmnPlatformHost *self)
{
  return BMN_PLATFORM_HOST_GET_IFACE (self)->now (self);
}

void
bmn_platform_host_load_credentials_async (BmnPlatformHost *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_host_load_credentials_async);
  BMN_PLATFORM_HOST_GET_IFACE (self)->load_credentials (self, task);
}

char *
bmn_platform_host_load_credentials_finish (BmnPlatformHost *self,
                                           GAsyncResult *result,
                                           GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_host_save_credentials_async (BmnPlatformHost *self,
                                          const char *credentials,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_host_save_credentials_async);
  BMN_PLATFORM_HOST_GET_IFACE (self)->save_credentials (self, credentials, task);
}

gboolean
bmn_platform_host_save_credentials_finish (BmnPlatformHost *self,
                                           GAsyncResult *result,
                                           GError **error)
{
  return bmn_platform_task_take_boolean (self, result, error);
}

void
bmn_platform_host_remove_credentials_async (BmnPlatformHost *self,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_host_remove_credentials_async);
  BMN_PLATFORM_HOST_GET_IFACE (self)->remove_credentials (self, task);
}

gboolean
bmn_platform_host_remove_credentials_finish (BmnPlatformHost *self,
                                             GAsyncResult *result,
                                             GError **error)
{
  return bmn_platform_task_take_boolean (self, result, error);
}

void
bmn_platform_host_lock_credentials_async (BmnPlatformHost *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_host_lock_credentials_async);
  BMN_PLATFORM_HOST_GET_IFACE (self)->lock_credentials (self, task);
}

GObject *
bmn_platform_host_lock_credentials_finish (BmnPlatformHost *self,
                                           GAsyncResult *result,
                                           GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

const char *
bmn_platform_host_get_fact (BmnPlatformHost *self, const char *name)
{
  return BMN_PLATFORM_HOST_GET_IFACE (self)->get_fact (self, name);
}

void
bmn_platform_host_set_fact (BmnPlatformHost *self, const char *name, const char *value)
{
  BMN_PLATFORM_HOST_GET_IFACE (self)->set_fact (self, name, value);
}

gboolean
bmn_platform_host_open_uri (BmnPlatformHost *self, const char *uri, GError **error)
{
  return BMN_PLATFORM_HOST_GET_IFACE (self)->open_uri (self, uri, error);
}

void
bmn_platform_host_ask_async (BmnPlatformHost *self,
                             const char *question,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_host_ask_async);
  BMN_PLATFORM_HOST_GET_IFACE (self)->ask (self, question, task);
}

char *
bmn_platform_host_ask_finish (BmnPlatformHost *self, GAsyncResult *result, GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}
