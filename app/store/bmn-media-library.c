#include "bmn-media-library.h"
#include "bmn-database-private.h"
#include "bmn-error.h"
#include "bmn-media-lock-private.h"
#include "bmn-media-type-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BLOCK (256 * 1024)

/* Names of copies under way; one that is a day old was left by a process that died. */
#define PART_PREFIX ".part-"
#define PART_LIFE (24 * 60 * 60)

/* Reads as much as there is, up to @size. Returns: -1 with errno set */
static gssize
read_block (int fd, guint8 *block, gsize size)
{
  gsize filled = 0;
  while (filled < size)
    {
      gssize n = read (fd, block + filled, size - filled);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      filled += n;
    }
  return filled;
}

static gboolean
write_block (int fd, const guint8 *block, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, block, size);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      block += n;
      size -= n;
    }
  return TRUE;
}

/* Passes the file through @checksum and, unless @to is -1, copies it to there. */
static gboolean
digest (int from,
        const char *from_path,
        int to,
        const char *to_path,
        GChecksum *checksum,
        gint64 *size,
        GCancellable *cancellable,
        GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  gssize n;
  *size = 0;
  while ((n = read_block (from, block, BLOCK)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_checksum_update (checksum, block, n);
      *size += n;
      if (to >= 0 && !write_block (to, block, n))
        {
          bmn_storage_set_error (to_path, errno, error);
          return FALSE;
        }
    }
  if (n < 0)
    bmn_storage_set_error (from_path, errno, error);
  return n == 0;
}

static gboolean
check_ordinary (int fd, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  struct stat status;
  if (fstat (fd, &status) != 0)
    bmn_storage_set_error (path, errno, error);
  else if (S_ISDIR (status.st_mode))
    g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                 _ ("“%s” is a folder. Choose the files in it."), name);
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                 _ ("“%s” is not an ordinary file. Choose a file."), name);
  else if (status.st_size == 0)
    g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID, _ ("“%s” is empty. Choose another file."),
                 name);
  else
    return TRUE;
  return FALSE;
}

/* Opened without blocking, so that a pipe nobody writes to cannot hold us. */
static int
open_source (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    {
      if (errno == EACCES || errno == EPERM)
        g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                     _ ("You may not read “%s”. Change its permissions or choose another file."),
                     name);
      else if (errno == ENXIO) /* a socket */
        g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                     _ ("“%s” is not an ordinary file. Choose a file."), name);
      else
        bmn_storage_set_error (path, errno, error);
      return -1;
    }
  if (check_ordinary (fd, path, error))
    return fd;
  close (fd);
  return -1;
}

static const BmnMediaType *
find_type (int fd, const char *path, GError **error)
{
  guint8 head[BMN_MEDIA_TYPE_HEAD];
  gssize size = read_block (fd, head, sizeof head);
  if (size < 0 || lseek (fd, 0, SEEK_SET) != 0)
    {
      bmn_storage_set_error (path, errno, error);
      return NULL;
    }
  const BmnMediaType *type = bmn_media_type_find (head, size);
  if (!type)
    {
      g_autofree char *name = g_filename_display_name (path);
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("“%s” is not a picture, sound or video that this program knows. Choose "
                      "another file, or convert it to JPEG, PNG or MP4."),
                   name);
    }
  return type;
}

static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;
  if (!done)
    bmn_storage_set_error (path, errno, error);
  if (fd >= 0)
    close (fd);
  return done;
}

/* Names the finished copy. One of the same name has the same content; replacing it heals one
 * that was damaged meanwhile. */
static gboolean
keep (int fd, const char *part, const char *media_folder, const char *path, GError **error)
{
  /* A collection that looked at one of the same name must not delete the new one. */
  g_autoptr (BmnFileLock) lock = bmn_media_lock_take (media_folder, error);
  if (!lock)
    return FALSE;
  if (fsync (fd) != 0 || g_rename (part, path) != 0)
    {
      bmn_storage_set_error (path, errno, error);
      return FALSE;
    }
  return sync_folder (media_folder, error);
}

static gboolean
copy_file (int from,
           const char *from_path,
           const char *media_folder,
           const BmnMediaType *type,
           BmnMedia *media,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *part = g_build_filename (media_folder, PART_PREFIX "XXXXXX", NULL);
  int to = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);
  if (to < 0)
    {
      bmn_storage_set_error (media_folder, errno == ENOENT ? EIO : errno, error);
      return FALSE;
    }
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean done = digest (from, from_path, to, part, checksum, &media->size, cancellable, error);
  if (done)
    {
      media->sha256 = g_strdup (g_checksum_get_string (checksum));
      g_autofree char *name = g_strconcat (media->sha256, ".", type->extension, NULL);
      media->path = g_build_filename (media_folder, name, NULL);
      done = keep (to, part, media_folder, media->path, error);
    }
  close (to);
  if (!done)
    g_unlink (part);
  return done;
}

static void
delete_leftovers (const char *media_folder)
{
  gint64 limit = g_get_real_time () / G_USEC_PER_SEC - PART_LIFE;
  g_autoptr (GDir) dir = g_dir_open (media_folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (media_folder, name, NULL);
      GStatBuf status;
      if (g_str_has_prefix (name, PART_PREFIX) && g_stat (path, &status) == 0
          && status.st_mtime < limit)
        g_unlink (path);
    }
}

BmnMedia *
bmn_media_library_add (const char *folder,
                       const char *path,
                       const char *alt,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *media_folder = g_build_filename (folder, "media", NULL);
  if (g_mkdir_with_parents (media_folder, 0700) != 0)
    {
      bmn_storage_set_error (media_folder, errno, error);
      return NULL;
    }
  delete_leftovers (media_folder);
  int fd = open_source (path, error);
  if (fd < 0)
    return NULL;
  g_autoptr (BmnMedia) media = bmn_media_new ();
  const BmnMediaType *type = find_type (fd, path, error);
  gboolean done = type && copy_file (fd, path, media_folder, type, media, cancellable, error);
  close (fd);
  if (!done)
    return NULL;
  media->alt = g_strdup (alt);
  media->mime_type = g_strdup (type->mime_type);
  if (g_str_has_prefix (type->mime_type, "image/"))
    gdk_pixbuf_get_file_info (media->path, &media->width, &media->height);
  /* It says −1 of a picture that it cannot read. */
  media->width = MAX (media->width, 0);
  media->height = MAX (media->height, 0);
  return g_steal_pointer (&media);
}

gboolean
bmn_media_library_verify (const BmnMedia *media, GCancellable *cancellable, GError **error)
{
  int fd = open (media->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    {
      bmn_storage_set_error (media->path, errno, error);
      return FALSE;
    }
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 size;
  gboolean done = digest (fd, media->path, -1, NULL, checksum, &size, cancellable, error);
  close (fd);
  if (!done)
    return FALSE;
  if (size == media->size && g_strcmp0 (g_checksum_get_string (checksum), media->sha256) == 0)
    return TRUE;
  g_autofree char *name = g_filename_display_name (media->path);
  g_set_error (error, BMN_ERROR, BMN_ERROR_DAMAGED,
               _ ("“%s” is no longer the file that was added to the post. Add it again."), name);
  return FALSE;
}
