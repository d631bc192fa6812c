#include "bmn-file-lock.h"
#include "bmn-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _BmnFileLock
{
  GObject parent_instance;

  int fd;
};

G_DEFINE_FINAL_TYPE (BmnFileLock, bmn_file_lock, G_TYPE_OBJECT)

static void
bmn_file_lock_finalize (GObject *object)
{
  BmnFileLock *self = BMN_FILE_LOCK (object);
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

static BmnFileLock *
lock (const char *path, int command, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  int result = -1;
  if (fd >= 0)
    {
      struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      do
        result = fcntl (fd, command, &whole);
      while (result < 0 && errno == EINTR);
    }
  if (result < 0)
    {
      int problem = errno;
      if (fd >= 0)
        g_close (fd, NULL);
      if (fd < 0 || (problem != EAGAIN && problem != EACCES))
        g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                     /* Translators: the first %s is a file, the second the system's own message. */
                     _ ("The lock file “%s” cannot be used: %s. Check who may write to its folder."), path,
                     g_strerror (problem));
      return NULL;
    }
  BmnFileLock *self = g_object_new (BMN_TYPE_FILE_LOCK, NULL);
  self->fd = fd;
  return self;
}

BmnFileLock *
bmn_file_lock_try (const char *path, GError **error)
{
  return lock (path, F_OFD_SETLK, error);
}

BmnFileLock *
bmn_file_lock_wait (const char *path, GError **error)
{
  return lock (path, F_OFD_SETLKW, error);
}

/* A thread of its own: waiting for another process may take days, which must not use up one
 * of the few threads that all tasks share. */
static gpointer
wait_thread (gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  BmnFileLock *self = bmn_file_lock_wait (g_task_get_task_data (task), &error);
  if (self)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
  return NULL;
}

typedef struct
{
  GTask *outer; /* (owned) (nullable) until it has its answer */
  GCancellable *cancellable; /* (owned) (nullable) */
  gulong cancelled_id;
} Wait;

static void
wait_clear (gpointer data)
{
  Wait *wait = data;
  g_clear_object (&wait->outer);
  g_clear_object (&wait->cancellable);
}

static void
wait_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, wait_clear);
}

static gboolean
give_up (gpointer data)
{
  Wait *wait = data;
  if (wait->outer)
    g_task_return_new_error (wait->outer, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _ ("Cancelled"));
  g_clear_object (&wait->outer);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Wait *wait = data;
  if (wait->outer)
    g_main_context_invoke_full (g_task_get_context (wait->outer), G_PRIORITY_DEFAULT, give_up,
                                g_atomic_rc_box_acquire (wait), wait_unref);
}

static void
on_had (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) self = g_task_propagate_pointer (G_TASK (result), &error);
  if (wait->cancelled_id)
    g_cancellable_disconnect (wait->cancellable, wait->cancelled_id);
  if (wait->outer && self)
    g_task_return_pointer (wait->outer, g_steal_pointer (&self), g_object_unref);
  else if (wait->outer)
    g_task_return_error (wait->outer, g_steal_pointer (&error));
  wait_unref (wait);
}

void
bmn_file_lock_wait_async (const char *path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Wait *wait = g_atomic_rc_box_new0 (Wait);
  wait->outer = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (wait->outer, bmn_file_lock_wait_async);
  GTask *inner = g_task_new (NULL, NULL, on_had, wait);
  g_task_set_task_data (inner, g_strdup (path), g_free);
  if (cancellable)
    {
      wait->cancellable = g_object_ref (cancellable);
      wait->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), wait, NULL);
    }
  g_thread_unref (g_thread_new ("bmn-file-lock", wait_thread, inner));
}

GObject *
bmn_file_lock_wait_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
