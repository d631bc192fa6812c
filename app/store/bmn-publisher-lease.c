#include "bmn-publisher-lease.h"

#include "bmn-file-lock.h"

struct _BmnPublisherLease
{
  GObject parent_instance;

  BmnFileLock *lock; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BmnPublisherLease, bmn_publisher_lease, G_TYPE_OBJECT)

static void
bmn_publisher_lease_finalize (GObject *object)
{
  BmnPublisherLease *self = BMN_PUBLISHER_LEASE (object);
  g_clear_object (&self->lock);
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
}

/* @lock: (transfer full): */
static BmnPublisherLease *
lease_new (BmnFileLock *lock)
{
  BmnPublisherLease *self = g_object_new (BMN_TYPE_PUBLISHER_LEASE, NULL);
  self->lock = lock;
  return self;
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
  BmnFileLock *lock = bmn_file_lock_try (path, error);
  return lock ? lease_new (lock) : NULL;
}

void
bmn_publisher_lease_wait_async (BmnStore *store,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *path = lock_path (store);
  bmn_file_lock_wait_async (path, cancellable, callback, user_data);
}

BmnPublisherLease *
bmn_publisher_lease_wait_finish (GAsyncResult *result, GError **error)
{
  BmnFileLock *lock = bmn_file_lock_wait_finish (result, error);
  return lock ? lease_new (lock) : NULL;
}
