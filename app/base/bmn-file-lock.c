#include "bmn-file-lock.h"
#include "bmn-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

struct _BmnFileLock
{
  GObject parent_instance;

  int fd; /* (owned): the lock ends when it is closed */
};

G_DEFINE_FINAL_TYPE (BmnFileLock, bmn_file_lock, G_TYPE_OBJECT)

/* Linux can wait for such a lock, but not for it and a cancellable. */
#define INTERVAL (G_USEC_PER_SEC / 50)

static void
bmn_file_lock_finalize (GObject *object)
{
  BmnFileLock *self = BMN_FILE_LOCK (object);
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  G_OBJECT_CLASS (bmn_file_lock_parent_class)->finalize (object);
}

static void
bmn_file_lock_class_init (BmnFileLockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_file_lock_finalize;
}

static void
bmn_file_lock_init (BmnFileLock *self)
{
  self->fd = -1;
}

static void
set_storage_error (GError **error, const char *path, int problem)
{
  g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
               /* Translators: the first %s is a file, the second the system's reason. */
               _ ("“%s” cannot be locked: %s. Make its folder writable and try again."), path,
               g_strerror (problem));
}

/* The file opened, not locked yet. */
static BmnFileLock *
open_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      set_storage_error (error, path, errno);
      return NULL;
    }
  BmnFileLock *self = g_object_new (BMN_TYPE_FILE_LOCK, NULL);
  self->fd = fd;
  return self;
}

/* Returns: 0, or the errno */
static int
lock_file (BmnFileLock *self, int command)
{
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int result;
  do
    result = fcntl (self->fd, command, &whole);
  while (result < 0 && errno == EINTR);
  return result < 0 ? errno : 0;
}

static gboolean
is_held_by_another (int problem)
{
  return problem == EAGAIN || problem == EACCES;
}

BmnFileLock *
bmn_file_lock_try (const char *path, GError **error)
{
  g_autoptr (BmnFileLock) self = open_file (path, error);
  int problem = self ? lock_file (self, F_OFD_SETLK) : 0;
  if (!self || problem == 0)
    return g_steal_pointer (&self);
  if (!is_held_by_another (problem))
    set_storage_error (error, path, problem);
  return NULL;
}

BmnFileLock *
bmn_file_lock_take (const char *path, gint64 patience, GCancellable *cancellable, GError **error)
{
  const gint64 give_up = g_get_monotonic_time () + patience;
  g_autoptr (BmnFileLock) self = open_file (path, error);
  if (!self)
    return NULL;
  for (;;)
    {
      int problem = lock_file (self, F_OFD_SETLK);
      if (problem == 0)
        return g_steal_pointer (&self);
      if (!is_held_by_another (problem))
        {
          set_storage_error (error, path, problem);
          return NULL;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (g_get_monotonic_time () > give_up)
        {
          g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                       /* Translators: %s is a file. */
                       _ ("Another program holds “%s”. Wait until it is done and try again."),
                       path);
          return NULL;
        }
      g_usleep (INTERVAL);
    }
}

/*
 * The kernel wakes the one who waits for a lock, but only a thread can wait for it, and nothing
 * can call that thread back. So it waits apart from the task, which a cancellation ends.
 */
typedef struct
{
  GTask *task;               /* (owned) (nullable): until it returned; caller's context only */
  GMainContext *context;     /* (owned): the caller's */
  GCancellable *cancellable; /* (owned) (nullable) */
  GSource *cancelled;        /* (owned) (nullable): caller's context only */
  char *path;                /* (owned) */
  BmnFileLock *lock;         /* (owned) (nullable) */
  int problem;               /* errno of the wait, 0 for none */
} Wait;

static void
wait_clear (gpointer data)
{
  Wait *wait = data;
  g_clear_object (&wait->task);
  g_clear_object (&wait->lock);
  g_clear_object (&wait->cancellable);
  g_clear_pointer (&wait->cancelled, g_source_unref);
  g_main_context_unref (wait->context);
  g_free (wait->path);
}

static void
wait_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, wait_clear);
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
  g_autoptr (BmnFileLock) lock = g_steal_pointer (&wait->lock);
  GError *error = NULL;
  if (wait->problem != 0)
    set_storage_error (&error, wait->path, wait->problem);
  if (task && error)
    g_task_return_error (task, error);
  else if (task)
    g_task_return_pointer (task, g_steal_pointer (&lock), g_object_unref);
  else
    g_clear_error (&error);
  return G_SOURCE_REMOVE;
}

static gpointer
wait_for_lock (gpointer data)
{
  Wait *wait = data;
  wait->problem = lock_file (wait->lock, F_OFD_SETLKW);
  /* Whoever is next in line need not wait for our main loop. */
  if (g_cancellable_is_cancelled (wait->cancellable))
    g_clear_object (&wait->lock);
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_locked, wait, wait_unref);
  g_source_attach (source, wait->context);
  return NULL;
}

void
bmn_file_lock_wait_async (const char *path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_file_lock_wait_async);
  GError *error = NULL;
  BmnFileLock *lock = open_file (path, &error);
  if (!lock)
    {
      g_task_return_error (task, error);
      return;
    }
  Wait *wait = g_atomic_rc_box_new0 (Wait);
  wait->context = g_main_context_ref (g_task_get_context (task));
  wait->task = g_steal_pointer (&task);
  wait->path = g_strdup (path);
  wait->lock = lock;
  if (cancellable)
    {
      wait->cancellable = g_object_ref (cancellable);
      wait->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (wait->cancelled, G_SOURCE_FUNC (on_cancelled),
                             g_atomic_rc_box_acquire (wait), wait_unref);
      g_source_attach (wait->cancelled, wait->context);
    }
  g_thread_unref (g_thread_new ("bmn-file-lock", wait_for_lock, wait));
}

BmnFileLock *
bmn_file_lock_wait_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_file_lock_wait_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
