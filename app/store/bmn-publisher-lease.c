#include "bmn-publisher-lease.h"
#include "bmn-file-lock-private.h"

#include <glib/gstdio.h>

struct _BmnPublisherLease
{
  GObject parent_instance;

  int fd; /* (owned): the lock ends when it is closed */
};

G_DEFINE_FINAL_TYPE (BmnPublisherLease, bmn_publisher_lease, G_TYPE_OBJECT)

static void
bmn_publisher_lease_finalize (GObject *object)
{
  BmnPublisherLease *self = BMN_PUBLISHER_LEASE (object);
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  G_OBJECT_CLASS (bmn_publisher_lease_parent_class)->finalize (object);
}

static void
bmn_publisher_lease_class_init (BmnPublisherLeaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_publisher_lease_finalize;
}

static void
bmn_publisher_lease_init (BmnPublisherLease *self)
{
  self->fd = -1;
}

/* @fd: (transfer full): holds the lock, or will before the lease is handed out */
static BmnPublisherLease *
lease_new (int fd)
{
  BmnPublisherLease *lease = g_object_new (BMN_TYPE_PUBLISHER_LEASE, NULL);
  lease->fd = fd;
  return lease;
}

static char *
lock_path (BmnStore *store)
{
  return g_build_filename (bmn_store_get_folder (store), "publisher.lock", NULL);
}

BmnPublisherLease *
bmn_publisher_lease_try (BmnStore *store, GError **error)
{
  g_autofree char *path = lock_path (store);
  int fd = bmn_file_lock_open (path, error);
  if (fd < 0)
    return NULL;
  if (bmn_file_lock_try (fd, path, error))
    return lease_new (fd);
  g_close (fd, NULL);
  return NULL;
}

/*
 * The kernel wakes the one who waits for a lock, but only a thread can wait for it, and nothing
 * can call that thread back. So it waits apart from the task, which a cancellation ends.
 */
typedef struct
{
  gatomicrefcount ref_count;
  GTask *task;               /* (owned) (nullable): NULL once it returned; caller's context only */
  GMainContext *context;     /* (owned): the caller's */
  GCancellable *cancellable; /* (owned) (nullable) */
  GSource *cancelled;        /* (owned) (nullable): caller's context only */
  char *path;                /* (owned) */
  BmnPublisherLease *lease;  /* (owned) (nullable): holds the lock unless there is an error */
  GError *error;             /* (owned) (nullable) */
} Wait;

static void
wait_unref (gpointer data)
{
  Wait *wait = data;
  if (!g_atomic_ref_count_dec (&wait->ref_count))
    return;
  g_clear_object (&wait->task);
  g_clear_object (&wait->lease);
  g_clear_object (&wait->cancellable);
  g_clear_pointer (&wait->cancelled, g_source_unref);
  g_main_context_unref (wait->context);
  g_clear_error (&wait->error);
  g_free (wait->path);
  g_free (wait);
}

static Wait *
wait_ref (Wait *wait)
{
  g_atomic_ref_count_inc (&wait->ref_count);
  return wait;
}

/* Attached in the caller's context as well as the one for a lock that came, so either sees
 * whether the other was there before. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Wait *wait = data;
  g_autoptr (GTask) task = g_steal_pointer (&wait->task);
  if (task)
    g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static gboolean
on_locked (gpointer data)
{
  Wait *wait = data;
  if (wait->cancelled)
    g_source_destroy (wait->cancelled);
  g_autoptr (GTask) task = g_steal_pointer (&wait->task);
  if (!task)
    g_clear_object (&wait->lease);
  else if (wait->error)
    g_task_return_error (task, g_steal_pointer (&wait->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&wait->lease), g_object_unref);
  return G_SOURCE_REMOVE;
}

static gpointer
wait_for_lock (gpointer data)
{
  Wait *wait = data;
  bmn_file_lock_wait (wait->lease->fd, wait->path, &wait->error);
  if (g_cancellable_is_cancelled (wait->cancellable))
    g_clear_object (&wait->lease);
  GSource *source = g_idle_source_new ();
  g_source_set_static_name (source, "bmn-publisher-lease");
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_locked, wait, wait_unref);
  g_source_attach (source, wait->context);
  g_source_unref (source);
  return NULL;
}

static void
watch_cancellable (Wait *wait)
{
  wait->cancelled = g_cancellable_source_new (wait->cancellable);
  g_source_set_callback (wait->cancelled, G_SOURCE_FUNC (on_cancelled), wait_ref (wait),
                         wait_unref);
  g_source_attach (wait->cancelled, wait->context);
}

void
bmn_publisher_lease_wait_async (BmnStore *store,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (BMN_IS_STORE (store));
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_publisher_lease_wait_async);
  g_autofree char *path = lock_path (store);
  GError *error = NULL;
  int fd = bmn_file_lock_open (path, &error);
  if (fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  Wait *wait = g_new0 (Wait, 1);
  g_atomic_ref_count_init (&wait->ref_count);
  wait->context = g_main_context_ref (g_task_get_context (task));
  wait->task = g_steal_pointer (&task);
  wait->path = g_steal_pointer (&path);
  wait->lease = lease_new (fd);
  if (cancellable)
    {
      wait->cancellable = g_object_ref (cancellable);
      watch_cancellable (wait);
    }
  g_thread_unref (g_thread_new ("publisher-lease", wait_for_lock, wait));
}

BmnPublisherLease *
bmn_publisher_lease_wait_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_publisher_lease_wait_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
