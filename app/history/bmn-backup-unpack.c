#include "bmn-atomic-file-private.h"
#include "bmn-backup-private.h"
#include "bmn-backup.h"

#include "bmn-error.h"
#include "bmn-instant.h"
#include "bmn-json.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MAX_MANIFEST (64 * 1024)

typedef struct
{
  struct archive *archive; /* (owned) */
  char *path;              /* (owned) */
  const char *folder;
  gint64 created_at;
  gint64 version; /* 0 until the manifest was read */
  gint64 done;
  gint64 total;
  gboolean has_database;
  BmnProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Reader;

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->archive, archive_read_free);
  g_clear_pointer (&reader->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
set_no_backup (Reader *reader, GError **error)
{
  g_autofree char *name = g_filename_display_name (reader->path);
  g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
               _ ("“%s” is not a backup of Bellman, or it is damaged or not whole. Choose another "
                  "file; nothing was changed."),
               name);
  return FALSE;
}

/* What libarchive cannot make sense of is a damaged file, unless the system says otherwise. */
static gboolean
set_archive_error (Reader *reader, GError **error)
{
  int code = archive_errno (reader->archive);
  if (code == EIO || code == EACCES || code == ENOENT || code == EISDIR)
    {
      bmn_file_set_error (reader->path, code, error);
      return FALSE;
    }
  return set_no_backup (reader, error);
}

static gboolean
count_bytes (Reader *reader, gsize size, GError **error)
{
  reader->done += size;
  if (reader->done > reader->total)
    return set_no_backup (reader, error);
  if (reader->progress)
    reader->progress (reader->done, reader->total, reader->progress_data);
  return !g_cancellable_set_error_if_cancelled (reader->cancellable, error);
}

static gboolean
write_fully (int fd, const char *block, gsize size)
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

static gboolean
copy_entry (Reader *reader, int fd, const char *path, GChecksum *checksum, GError **error)
{
  g_autofree char *block = g_malloc (BMN_BACKUP_BLOCK);
  la_ssize_t n;
  while ((n = archive_read_data (reader->archive, block, BMN_BACKUP_BLOCK)) > 0)
    {
      if (!count_bytes (reader, n, error))
        return FALSE;
      g_checksum_update (checksum, (const guchar *)block, n);
      if (!write_fully (fd, block, n))
        {
          bmn_file_set_error (path, errno, error);
          return FALSE;
        }
    }
  if (n < 0)
    return set_archive_error (reader, error);
  if (fsync (fd) == 0)
    return TRUE;
  bmn_file_set_error (path, errno, error);
  return FALSE;
}

/* @name: checked; one that is there already comes twice. @digest: (nullable): of its content */
static gboolean
unpack_file (Reader *reader, const char *name, const char *digest, GError **error)
{
  g_autofree char *path = g_build_filename (reader->folder, name, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      if (errno == EEXIST)
        return set_no_backup (reader, error);
      bmn_file_set_error (path, errno, error);
      return FALSE;
    }
  gboolean done = copy_entry (reader, fd, path, checksum, error);
  close (fd);
  if (!done)
    return FALSE;
  return !digest || g_str_has_prefix (digest, g_checksum_get_string (checksum))
         || set_no_backup (reader, error);
}

/* Better said now than when the disk is full. */
static gboolean
check_room (Reader *reader, GError **error)
{
  struct statvfs status;
  if (statvfs (reader->folder, &status) != 0
      || (guint64)reader->total / status.f_frsize < status.f_bavail)
    return TRUE;
  bmn_file_set_error (reader->folder, ENOSPC, error);
  return FALSE;
}

static gboolean
read_manifest (Reader *reader, GError **error)
{
  g_autofree char *text = g_malloc (MAX_MANIFEST);
  la_ssize_t size = archive_read_data (reader->archive, text, MAX_MANIFEST);
  if (size < 0)
    return set_archive_error (reader, error);
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);
  g_autoptr (JsonNode) root = bmn_json_parse (bytes, NULL);
  JsonObject *manifest = root ? bmn_json_node_object (root) : NULL;
  const char *created_at = bmn_json_get_string (manifest, "created_at");
  if (g_strcmp0 (bmn_json_get_string (manifest, "format"), BMN_BACKUP_FORMAT) != 0
      || !bmn_json_get_int (manifest, "version", &reader->version) || reader->version < 1
      || !bmn_json_get_int (manifest, "bytes", &reader->total) || reader->total < 0 || !created_at
      || !bmn_instant_parse (created_at, &reader->created_at, NULL))
    return set_no_backup (reader, error);
  if (reader->version <= BMN_BACKUP_VERSION)
    return check_room (reader, error);
  g_autofree char *name = g_filename_display_name (reader->path);
  g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
               _ ("“%s” was written by a newer version of Bellman. Install that version, or a "
                  "later one, to restore it."),
               name);
  return FALSE;
}

static gboolean
unpack_entry (Reader *reader, struct archive_entry *entry, GError **error)
{
  const char *name = archive_entry_pathname (entry);
  if (!name || archive_entry_filetype (entry) != AE_IFREG || archive_entry_hardlink (entry))
    return set_no_backup (reader, error);
  /* It comes first, as it says how much is to come. */
  if (reader->version == 0)
    return g_str_equal (name, BMN_BACKUP_MANIFEST) ? read_manifest (reader, error)
                                                   : set_no_backup (reader, error);
  if (g_str_equal (name, BMN_BACKUP_DATABASE))
    {
      reader->has_database = TRUE;
      return unpack_file (reader, name, NULL, error);
    }
  const char *medium
      = g_str_has_prefix (name, BMN_BACKUP_MEDIA) ? name + strlen (BMN_BACKUP_MEDIA) : "";
  return bmn_backup_is_media_name (medium) ? unpack_file (reader, name, medium, error)
                                           : set_no_backup (reader, error);
}

static gboolean
unpack_all (Reader *reader, GError **error)
{
  struct archive_entry *entry;
  int rc;
  while ((rc = archive_read_next_header (reader->archive, &entry)) == ARCHIVE_OK)
    if (!unpack_entry (reader, entry, error))
      return FALSE;
  if (rc != ARCHIVE_EOF)
    return set_archive_error (reader, error);
  return (reader->has_database && reader->done == reader->total) || set_no_backup (reader, error);
}

static gboolean
open_archive (Reader *reader, GError **error)
{
  GStatBuf status;
  if (g_stat (reader->path, &status) != 0)
    {
      bmn_file_set_error (reader->path, errno, error);
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    return set_no_backup (reader, error);
  reader->archive = archive_read_new ();
  archive_read_support_filter_zstd (reader->archive);
  archive_read_support_format_tar (reader->archive);
  return archive_read_open_filename (reader->archive, reader->path, BMN_BACKUP_BLOCK) == ARCHIVE_OK
         || set_archive_error (reader, error);
}

gboolean
bmn_backup_unpack (const char *path,
                   const char *folder,
                   gint64 *created_at,
                   BmnProgressFunc progress,
                   gpointer progress_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (Reader) reader = { .path = g_strdup (path),
                             .folder = folder,
                             .progress = progress,
                             .progress_data = progress_data,
                             .cancellable = cancellable };
  g_autofree char *media_folder = g_build_filename (folder, "media", NULL);
  if (!open_archive (&reader, error))
    return FALSE;
  if (g_mkdir (media_folder, 0700) != 0)
    {
      bmn_file_set_error (media_folder, errno, error);
      return FALSE;
    }
  if (!unpack_all (&reader, error))
    return FALSE;
  if (created_at)
    *created_at = reader.created_at;
  return TRUE;
}
