#include "bmn-doorbell-private.h"
#include "bmn-database-private.h"
#include "bmn-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stddef.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAMP "doorbell"

struct _BmnDoorbell
{
  char *path;      /* (owned) */
  int fd;          /* of inotify */
  GSource *source; /* (owned) (nullable) */
};

typedef struct
{
  void (*callback) (gpointer data);
  gpointer data;
  GDestroyNotify destroy;
} Listener;

static void
listener_free (Listener *listener)
{
  listener->destroy (listener->data);
  g_free (listener);
}

/* Returns: whether any of the events read speaks of the stamp file */
static gboolean
was_rung (const char *events, gssize size)
{
  for (gssize at = 0; at < size;)
    {
      const struct inotify_event *event = (const struct inotify_event *)(events + at);
      if ((event->mask & IN_Q_OVERFLOW) != 0)
        return TRUE;
      if (event->len > 0 && g_str_equal (event->name, STAMP))
        return TRUE;
      at += (gssize)sizeof *event + event->len;
    }
  return FALSE;
}

static gboolean
on_events (int fd, GIOCondition condition, gpointer data)
{
  Listener *listener = data;
  char events[4096] __attribute__ ((aligned (__alignof__(struct inotify_event))));
  gboolean rung = FALSE;
  gssize size;
  while ((size = read (fd, events, sizeof events)) > 0)
    rung = was_rung (events, size) || rung;
  if (rung)
    listener->callback (listener->data);
  return G_SOURCE_CONTINUE;
}

/* The folder is watched, not the file, so that the bell survives a file that was deleted or
 * replaced. Only new names and changes of times and modes are told: not what SQLite writes. */
static int
watch_folder (const char *folder, GError **error)
{
  int fd = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  if (fd >= 0
      && inotify_add_watch (fd, folder, IN_ATTRIB | IN_CREATE | IN_MOVED_TO | IN_ONLYDIR) >= 0)
    return fd;
  int code = errno;
  if (code == EMFILE || code == ENOSPC)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_STORAGE,
                         _ ("Too many files are being watched on this computer. Close some "
                            "programs and try again."));
  else
    bmn_storage_set_error (folder, code, error);
  if (fd >= 0)
    close (fd);
  return -1;
}

BmnDoorbell *
bmn_doorbell_new (const char *folder,
                  void (*callback) (gpointer data),
                  gpointer data,
                  GDestroyNotify destroy,
                  GError **error)
{
  int fd = watch_folder (folder, error);
  if (fd < 0)
    {
      destroy (data);
      return NULL;
    }
  BmnDoorbell *self = g_new0 (BmnDoorbell, 1);
  self->path = g_build_filename (folder, STAMP, NULL);
  self->fd = fd;
  Listener *listener = g_new (Listener, 1);
  *listener = (Listener){ callback, data, destroy };
  self->source = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_static_name (self->source, "bmn-doorbell");
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_events), listener,
                         (GDestroyNotify)listener_free);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

void
bmn_doorbell_ring (BmnDoorbell *self)
{
  /* Setting the time needs no room, so the bell rings on a full disk too. */
  if (utimensat (AT_FDCWD, self->path, NULL, 0) == 0)
    return;
  int fd = open (self->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
  else
    g_warning ("Cannot tell other programs of a change: %s: %s", self->path, g_strerror (errno));
}

void
bmn_doorbell_free (BmnDoorbell *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
