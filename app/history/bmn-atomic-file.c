#include "bmn-atomic-file-private.h"

#include "bmn-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _BmnAtomicFile
{
  char *path;    /* (owned) */
  char *part;    /* (owned) */
  FILE *stream;  /* (owned) (nullable) */
  gboolean done; /* it has its name */
};

void
bmn_file_set_error (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                 _ ("There is no room left to write “%s”. Free some space and try again."), name);
  else if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                 _ ("There is no file “%s”. Check the name."), name);
  else
    g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                 /* Translators: the first %s is a path, the second the system's own words */
                 _ ("“%s” could not be read or written (%s). Check the disk and try again."), name,
                 g_strerror (code));
}

/* A link is written through to, so that it stays one. */
static char *
find_real_path (const char *path)
{
  char *real = realpath (path, NULL);
  if (!real)
    return g_canonicalize_filename (path, NULL);
  char *copy = g_strdup (real);
  free (real);
  return copy;
}

BmnAtomicFile *
bmn_atomic_file_new (const char *path, GError **error)
{
  g_autoptr (BmnAtomicFile) self = g_new0 (BmnAtomicFile, 1);
  GStatBuf status;
  self->path = find_real_path (path);
  if (g_stat (self->path, &status) == 0 && !S_ISREG (status.st_mode))
    {
      g_autofree char *name = g_filename_display_name (path);
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("“%s” is not an ordinary file. Choose another name."), name);
      return NULL;
    }
  g_autofree char *part = g_strconcat (self->path, ".part-XXXXXX", NULL);
  int fd = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_autofree char *folder = g_path_get_dirname (self->path);
      bmn_file_set_error (folder, errno, error);
      return NULL;
    }
  self->part = g_steal_pointer (&part);
  self->stream = fdopen (fd, "w");
  return g_steal_pointer (&self);
}

void
bmn_atomic_file_free (BmnAtomicFile *self)
{
  if (self->stream)
    fclose (self->stream);
  if (self->part && !self->done)
    g_unlink (self->part);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

FILE *
bmn_atomic_file_get_stream (BmnAtomicFile *self)
{
  return self->stream;
}

gboolean
bmn_atomic_file_check (BmnAtomicFile *self, GError **error)
{
  errno = 0;
  if (fflush (self->stream) == 0 && !ferror (self->stream))
    return TRUE;
  bmn_file_set_error (self->path, errno ? errno : EIO, error);
  return FALSE;
}

static gboolean
sync_parent (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  int fd = open (parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;
  if (fd >= 0)
    close (fd);
  return done;
}

gboolean
bmn_atomic_file_commit (BmnAtomicFile *self, GError **error)
{
  if (!bmn_atomic_file_check (self, error))
    return FALSE;
  if (fsync (fileno (self->stream)) != 0 || g_rename (self->part, self->path) != 0)
    {
      bmn_file_set_error (self->path, errno, error);
      return FALSE;
    }
  self->done = TRUE;
  if (sync_parent (self->path))
    return TRUE;
  bmn_file_set_error (self->path, errno, error);
  return FALSE;
}
