#include "memory-host.h"
#include "bmn-error.h"

struct _MemoryHost
{
  GObject parent_instance;
  char *credentials; /* (owned) (nullable) */
  GHashTable *facts; /* (owned) */
  gint64 offset;
};

static void memory_host_iface_init (BmnPlatformHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MemoryHost,
                               memory_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BMN_TYPE_PLATFORM_HOST,
                                                      memory_host_iface_init))

static gint64
now (BmnPlatformHost *host)
{
  return g_get_real_time () + MEMORY_HOST (host)->offset;
}

static void
load_credentials (BmnPlatformHost *host, GTask *task)
{
  if (MEMORY_HOST (host)->credentials)
    g_task_return_pointer (task, g_strdup (MEMORY_HOST (host)->credentials), g_free);
  else
    g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_NO_SECRET, "nothing there");
}

static void
save_credentials (BmnPlatformHost *host, const char *credentials, GTask *task)
{
  g_free (MEMORY_HOST (host)->credentials);
  MEMORY_HOST (host)->credentials = g_strdup (credentials);
  g_task_return_boolean (task, TRUE);
}

static void
remove_credentials (BmnPlatformHost *host, GTask *task)
{
  g_clear_pointer (&MEMORY_HOST (host)->credentials, g_free);
  g_task_return_boolean (task, TRUE);
}

static void
lock_credentials (BmnPlatformHost *host, GTask *task)
{
  g_task_return_pointer (task, g_object_new (G_TYPE_OBJECT, NULL), g_object_unref);
}

static const char *
get_fact (BmnPlatformHost *host, const char *name)
{
  return g_hash_table_lookup (MEMORY_HOST (host)->facts, name);
}

static void
set_fact (BmnPlatformHost *host, const char *name, const char *value)
{
  if (value)
    g_hash_table_replace (MEMORY_HOST (host)->facts, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (MEMORY_HOST (host)->facts, name);
}

static gboolean
open_uri (BmnPlatformHost *host, const char *uri, GError **error)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID, "nobody is there");
  return FALSE;
}

static void
ask (BmnPlatformHost *host, const char *question, GTask *task)
{
  g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_INVALID, "nobody is there");
}

static void
memory_host_iface_init (BmnPlatformHostInterface *iface)
{
  iface->now = now;
  iface->load_credentials = load_credentials;
  iface->save_credentials = save_credentials;
  iface->remove_credentials = remove_credentials;
  iface->lock_credentials = lock_credentials;
  iface->get_fact = get_fact;
  iface->set_fact = set_fact;
  iface->open_uri = open_uri;
  iface->ask = ask;
}

static void
memory_host_finalize (GObject *object)
{
  g_free (MEMORY_HOST (object)->credentials);
  g_hash_table_unref (MEMORY_HOST (object)->facts);
  G_OBJECT_CLASS (memory_host_parent_class)->finalize (object);
}

static void
memory_host_class_init (MemoryHostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memory_host_finalize;
}

static void
memory_host_init (MemoryHost *self)
{
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

MemoryHost *
memory_host_new (void)
{
  return g_object_new (MEMORY_TYPE_HOST, NULL);
}

void
memory_host_set_offset (MemoryHost *self, gint64 offset)
{
  self->offset = offset;
}
