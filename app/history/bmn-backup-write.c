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
#include <unistd.h>

#define COPY_PREFIX ".backup-"

gboolean
bmn_backup_is_media_name (const char *name)
{
  const gsize length = 64;
  return strspn (name, "0123456789abcdef") == length && name[length] == '.'
         && strspn (name + length + 1, "abcdefghijklmnopqrstuvwxyz0123456789")
                == strlen (name + length + 1)
         && name[length + 1] != '\0';
}

typedef struct
{
  struct archive *archive; /* (owned) */
  char *path;              /* (owned) of the backup, for messages */
  gint64 now;
  gint64 done;
  gint64 total;
  BmnProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Writer;

static void
writer_clear (Writer *writer)
{
  g_clear_pointer (&writer->archive, archive_write_free);
  g_clear_pointer (&writer->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
set_archive_error (Writer *writer, GError **error)
{
  int code = archive_errno (writer->archive);
  bmn_file_set_error (writer->path, code > 0 ? code : EIO, error);
  return FALSE;
}

static gboolean
write_header (Writer *writer, const char *name, gint64 size, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, writer->now / G_USEC_PER_SEC, 0);
  int rc = archive_write_header (writer->archive, entry);
  archive_entry_free (entry);
  return rc == ARCHIVE_OK || set_archive_error (writer, error);
}

static gboolean
write_data (Writer *writer, const void *data, gsize size, GError **error)
{
  if (archive_write_data (writer->archive, data, size) != (la_ssize_t)size)
    return set_archive_error (writer, error);
  writer->done += size;
  if (writer->progress)
    writer->progress (writer->done, writer->total, writer->progress_data);
  return !g_cancellable_set_error_if_cancelled (writer->cancellable, error);
}

/* A file that grows or shrinks meanwhile is none of ours: neither database copies nor media do. */
static gboolean
write_open_file (Writer *writer, int fd, const char *path, gint64 size, GError **error)
{
  g_autofree char *block = g_malloc (BMN_BACKUP_BLOCK);
  while (size > 0)
    {
      gssize n = read (fd, block, MIN (size, BMN_BACKUP_BLOCK));
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          bmn_file_set_error (path, n < 0 ? errno : EIO, error);
          return FALSE;
        }
      if (!write_data (writer, block, n, error))
        return FALSE;
      size -= n;
    }
  return TRUE;
}

static gboolean
write_file (Writer *writer, const char *name, const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  struct stat status;
  if (fd < 0 || fstat (fd, &status) != 0)
    {
      bmn_file_set_error (path, errno, error);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  gboolean done = write_header (writer, name, status.st_size, error)
                  && write_open_file (writer, fd, path, status.st_size, error);
  close (fd);
  return done;
}

static gboolean
write_manifest (Writer *writer, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *created_at = bmn_instant_format (writer->now);
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "format", BMN_BACKUP_FORMAT);
  bmn_json_add_int (builder, "version", BMN_BACKUP_VERSION);
  bmn_json_add_string (builder, "created_at", created_at);
  bmn_json_add_string (builder, "program", "bellman " BMN_VERSION);
  bmn_json_add_int (builder, "bytes", writer->total);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = bmn_json_to_string (root);
  if (!write_header (writer, BMN_BACKUP_MANIFEST, strlen (text), error)
      || archive_write_data (writer->archive, text, strlen (text)) != (la_ssize_t)strlen (text))
    return error && *error ? FALSE : set_archive_error (writer, error);
  return TRUE;
}

static gint64
get_size (const char *path)
{
  GStatBuf status;
  return g_lstat (path, &status) == 0 && S_ISREG (status.st_mode) ? status.st_size : -1;
}

/* Returns: (transfer full) (element-type utf8): names of all that is in the library, used just
 * now or not, so that whatever the copy of the database refers to is among them */
static GPtrArray *
list_media (Writer *writer, const char *media_folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (media_folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (media_folder, name, NULL);
      gint64 size = get_size (path);
      if (size < 0 || !bmn_backup_is_media_name (name))
        continue;
      writer->total += size;
      g_ptr_array_add (names, g_strdup (name));
    }
  return names;
}

static gboolean
write_all (Writer *writer, const char *folder, const char *database, GError **error)
{
  g_autofree char *media_folder = g_build_filename (folder, "media", NULL);
  writer->total = get_size (database);
  g_autoptr (GPtrArray) media = list_media (writer, media_folder);
  if (!write_manifest (writer, error) || !write_file (writer, BMN_BACKUP_DATABASE, database, error))
    return FALSE;
  for (guint i = 0; i < media->len; i++)
    {
      g_autofree char *name = g_strconcat (BMN_BACKUP_MEDIA, media->pdata[i], NULL);
      g_autofree char *path = g_build_filename (media_folder, media->pdata[i], NULL);
      if (!write_file (writer, name, path, error))
        return FALSE;
    }
  return archive_write_close (writer->archive) == ARCHIVE_OK || set_archive_error (writer, error);
}

static gboolean
open_archive (Writer *writer, FILE *stream, GError **error)
{
  writer->archive = archive_write_new ();
  /* Zeros to fill a tape's last block would end up behind the compressed data. */
  archive_write_set_bytes_in_last_block (writer->archive, 1);
  return (archive_write_set_format_pax_restricted (writer->archive) == ARCHIVE_OK
          && archive_write_add_filter_zstd (writer->archive) == ARCHIVE_OK
          && archive_write_open_FILE (writer->archive, stream) == ARCHIVE_OK)
         || set_archive_error (writer, error);
}

/* Left by a process that died a day ago or more. */
static void
delete_leftovers (const char *folder)
{
  gint64 limit = (g_get_real_time () - G_TIME_SPAN_DAY) / G_USEC_PER_SEC;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;
      if (g_str_has_prefix (name, COPY_PREFIX) && g_lstat (path, &status) == 0
          && status.st_mtime < limit)
        g_unlink (path);
    }
}

/* Returns: (transfer full): the path of a copy of the database, of one moment */
static char *
copy_database (BmnStore *store, GError **error)
{
  delete_leftovers (bmn_store_get_folder (store));
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (COPY_PREFIX "%s.db", id);
  g_autofree char *path = g_build_filename (bmn_store_get_folder (store), name, NULL);
  return bmn_store_backup (store, path, error) ? g_steal_pointer (&path) : NULL;
}

gboolean
bmn_backup_write (BmnStore *store,
                  const char *path,
                  gint64 now,
                  BmnProgressFunc progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_auto (Writer) writer = { .path = g_strdup (path),
                             .now = now,
                             .progress = progress,
                             .progress_data = progress_data,
                             .cancellable = cancellable };
  g_autoptr (BmnAtomicFile) file = bmn_atomic_file_new (path, error);
  if (!file || !open_archive (&writer, bmn_atomic_file_get_stream (file), error))
    return FALSE;
  g_autofree char *database = copy_database (store, error);
  if (!database)
    return FALSE;
  gboolean done = write_all (&writer, bmn_store_get_folder (store), database, error);
  g_unlink (database);
  return done && bmn_atomic_file_commit (file, error);
}
