#include "bmn-import-source-private.h"
#include "bmn-error.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define BLOCK_SIZE (64 * 1024)

/* What unpacks to more than so many times its size, and is not small, is made to do harm:
 * text compresses to a tenth, seldom to a fiftieth. */
#define MAX_RATIO 250
#define RATIO_COUNTS_FROM (G_GINT64_CONSTANT (64) * 1024 * 1024)
#define MAX_UNPACKED (G_GINT64_CONSTANT (64) * 1024 * 1024 * 1024)
#define MAX_MEMBERS 1000000

struct _BmnImportSource
{
  struct archive *archive; /* (owned) */
  char *path;              /* (owned) */
  char *base_name;         /* (owned) */
  gint64 size;
  gint64 file_written_at;
  gint64 member_written_at;
  gint64 n_read;
  int n_members;
  gboolean is_archive;
};

static void
set_error (BmnImportSource *self, const char *format, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);
  /* The formats are those of this file and have one %s. */
  g_autoptr (GString) message = g_string_new (format);
  g_string_replace (message, "%s", name, 1);
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID, message->str);
}

static gboolean
examine_file (BmnImportSource *self, GError **error)
{
  GStatBuf info;
  if (g_stat (self->path, &info) != 0)
    {
      g_autofree char *name = g_filename_display_name (self->path);
      g_set_error (error, BMN_ERROR, errno == ENOENT ? BMN_ERROR_NOT_FOUND : BMN_ERROR_INVALID,
                   /* Translators: the first %s is a path, the second the system's own words */
                   _ ("“%s” cannot be read (%s). Check the name and who may read it."), name,
                   g_strerror (errno));
      return FALSE;
    }
  self->size = info.st_size;
  self->file_written_at = (gint64)info.st_mtime * G_USEC_PER_SEC;
  if (S_ISREG (info.st_mode) && info.st_size > 0)
    return TRUE;
  if (S_ISREG (info.st_mode))
    set_error (self, _ ("“%s” is empty. Choose another file."), error);
  else
    set_error (self,
               _ ("“%s” is not a file. Choose the exported file itself, such as a .zip, .car or "
                  ".csv."),
               error);
  return FALSE;
}

BmnImportSource *
bmn_import_source_open (const char *path, GError **error)
{
  g_autoptr (BmnImportSource) self = g_new0 (BmnImportSource, 1);
  self->path = g_strdup (path);
  self->base_name = g_path_get_basename (path);
  if (!examine_file (self, error))
    return NULL;
  self->archive = archive_read_new ();
  /* Only what the platforms use: other methods let a small file ask for much memory. */
  archive_read_support_filter_gzip (self->archive);
  archive_read_support_format_zip (self->archive);
  archive_read_support_format_tar (self->archive);
  archive_read_support_format_raw (self->archive);
  if (archive_read_open_filename (self->archive, path, BLOCK_SIZE) == ARCHIVE_OK)
    return g_steal_pointer (&self);
  set_error (self, _ ("“%s” cannot be read. Check that it belongs to you and is whole."), error);
  return NULL;
}

void
bmn_import_source_free (BmnImportSource *self)
{
  if (self->archive)
    archive_read_free (self->archive);
  g_free (self->path);
  g_free (self->base_name);
  g_free (self);
}

static void
set_damaged (BmnImportSource *self, GError **error)
{
  set_error (self, _ ("“%s” is cut off or damaged and cannot be unpacked. Download it again."),
             error);
}

static gboolean
leads_out (const char *path)
{
  g_auto (GStrv) words = g_strsplit_set (path, "/\\", -1);
  return words[0] && (words[0][0] == '\0' || g_strv_contains ((const char *const *)words, ".."));
}

static gboolean
check_member (BmnImportSource *self, struct archive_entry *entry, const char *path, GError **error)
{
  if (++self->n_members > MAX_MEMBERS)
    set_error (self, _ ("“%s” holds more than a million files. It is no export of posts."), error);
  else if (leads_out (path))
    set_error (self,
               _ ("“%s” holds files with paths that lead out of it. It is no genuine export, and "
                  "was not read."),
               error);
  else if (archive_entry_is_encrypted (entry))
    set_error (self, _ ("“%s” has a password. Unpack it first and choose the file within."), error);
  else
    return TRUE;
  return FALSE;
}

/* The names are those that libarchive gives to a zip member's method. */
static gboolean
is_usual_method (struct archive *archive)
{
  const char *method = archive_format_name (archive);
  return archive_format (archive) != ARCHIVE_FORMAT_ZIP || !method || strstr (method, "(deflation)")
         || strstr (method, "(uncompressed)");
}

/* Whether @self unpacks to what only a bomb does. */
static gboolean
is_bomb (BmnImportSource *self)
{
  gint64 unpacked = MAX (self->n_read, archive_filter_bytes (self->archive, 0));
  return unpacked > MAX_UNPACKED
         || (unpacked > RATIO_COUNTS_FROM && unpacked / MAX_RATIO > self->size);
}

static void
set_bomb (BmnImportSource *self, GError **error)
{
  set_error (self,
             _ ("“%s” unpacks to far more than it should and may be made to do harm. It was not "
                "read any further."),
             error);
}

/* In a compressed tar what is passed over is unpacked all the same, so it is watched too. */
static gboolean
pass_over (BmnImportSource *self, GError **error)
{
  const void *block;
  size_t size;
  la_int64_t offset;
  int rc = ARCHIVE_OK;
  if (self->n_members == 0 || archive_filter_count (self->archive) < 2)
    return TRUE;
  while (!is_bomb (self) && rc == ARCHIVE_OK)
    rc = archive_read_data_block (self->archive, &block, &size, &offset);
  if (is_bomb (self))
    set_bomb (self, error);
  else if (rc != ARCHIVE_EOF)
    set_damaged (self, error);
  else
    return TRUE;
  return FALSE;
}

const char *
bmn_import_source_next (BmnImportSource *self, GError **error)
{
  struct archive_entry *entry;
  int rc;
  if (!pass_over (self, error))
    return NULL;
  while ((rc = archive_read_next_header (self->archive, &entry)) == ARCHIVE_OK
         || rc == ARCHIVE_WARN)
    {
      self->is_archive = archive_format (self->archive) != ARCHIVE_FORMAT_RAW;
      const char *path = self->is_archive ? archive_entry_pathname (entry) : self->base_name;
      self->member_written_at
          = archive_entry_mtime_is_set (entry) ? archive_entry_mtime (entry) * G_USEC_PER_SEC : 0;
      if (!path)
        continue;
      if (self->is_archive && !check_member (self, entry, path, error))
        return NULL;
      if (self->is_archive && archive_entry_filetype (entry) != AE_IFREG)
        continue;
      return path;
    }
  if (rc != ARCHIVE_EOF)
    set_damaged (self, error);
  return NULL;
}

gssize
bmn_import_source_read (BmnImportSource *self, void *buffer, gsize size, GError **error)
{
  if (!is_usual_method (self->archive))
    {
      set_error (self,
                 _ ("“%s” is compressed in a way that no platform uses. Unpack it first and choose "
                    "the file within."),
                 error);
      return -1;
    }
  gssize n = archive_read_data (self->archive, buffer, size);
  if (n < 0)
    {
      set_damaged (self, error);
      return -1;
    }
  self->n_read += n;
  if (!is_bomb (self))
    return n;
  set_bomb (self, error);
  return -1;
}

gboolean
bmn_import_source_is_archive (BmnImportSource *self)
{
  return self->is_archive;
}

gint64
bmn_import_source_get_written_at (BmnImportSource *self)
{
  return self->member_written_at > 0 ? self->member_written_at : self->file_written_at;
}

gint64
bmn_import_source_get_position (BmnImportSource *self)
{
  return CLAMP (archive_filter_bytes (self->archive, -1), 0, self->size);
}

gint64
bmn_import_source_get_size (BmnImportSource *self)
{
  return self->size;
}
