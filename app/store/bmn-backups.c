#include "bmn-backups-private.h"
#include "bmn-error.h"
#include "bmn-statement-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define MIGRATION_BACKUPS_KEPT 5

static char *
backups_folder (const char *folder)
{
  return g_build_filename (folder, "backups", NULL);
}

/* Newest first; by time of change, then by name, which carries the time as well. */
static int
compare_age (gconstpointer a, gconstpointer b)
{
  const char *path_a = *(const char *const *)a, *path_b = *(const char *const *)b;
  GStatBuf stat_a = { 0 }, stat_b = { 0 };
  g_stat (path_a, &stat_a);
  g_stat (path_b, &stat_b);
  if (stat_a.st_mtime != stat_b.st_mtime)
    return stat_a.st_mtime > stat_b.st_mtime ? -1 : 1;
  return g_strcmp0 (path_b, path_a);
}

/* Returns: (transfer full) (element-type filename): newest first */
static GPtrArray *
list_backups (const char *folder, const char *prefix, const char *suffix)
{
  g_autofree char *backups = backups_folder (folder);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (backups, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, suffix))
      g_ptr_array_add (paths, g_build_filename (backups, name, NULL));
  g_ptr_array_sort (paths, compare_age);
  return paths;
}

char *
bmn_backups_find_newest (const char *folder)
{
  g_autoptr (GPtrArray) paths = list_backups (folder, "", ".db");
  return paths->len > 0 ? g_strdup (paths->pdata[0]) : NULL;
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = open (path, flags | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;
  if (!done)
    bmn_storage_set_error (path, errno, error);
  if (fd >= 0)
    close (fd);
  return done;
}

/* The copy gets its final name when it is whole, so that half a backup is never taken for one. */
static gboolean
copy_database (const char *folder, const char *part, GError **error)
{
  int fd = open (part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      bmn_storage_set_error (part, errno, error);
      return FALSE;
    }
  close (fd);
  g_autoptr (BmnDatabase) db = bmn_database_open (folder, NULL, error);
  if (!db)
    return FALSE;
  BmnTransaction tx = { db };
  g_autoptr (BmnStatement) copy = bmn_statement_new (&tx, "VACUUM INTO ?");
  bmn_statement_put_text (copy, part);
  return bmn_statement_run (copy, error) && sync_path (part, O_RDWR, error);
}

gboolean
bmn_backups_write (const char *folder, const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autofree char *name = g_filename_display_name (path);
      g_set_error (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                   _ ("“%s” exists already. Choose another name for the backup."), name);
      return FALSE;
    }
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  gboolean done = copy_database (folder, part, error);
  if (done && g_rename (part, path) != 0)
    {
      bmn_storage_set_error (path, errno, error);
      done = FALSE;
    }
  if (!done)
    g_unlink (part);
  return done && sync_path (parent, O_RDONLY | O_DIRECTORY, error);
}

/* Deletes all but the newest @n_kept. */
static void
delete_old (const char *folder, const char *suffix, guint n_kept)
{
  g_autoptr (GPtrArray) paths = list_backups (folder, "bellman-schema-", suffix);
  for (guint i = n_kept; i < paths->len; i++)
    g_unlink (paths->pdata[i]);
}

gboolean
bmn_backups_write_before_migration (const char *folder, gint64 version, GError **error)
{
  g_autofree char *backups = backups_folder (folder);
  if (g_mkdir_with_parents (backups, 0700) != 0)
    {
      bmn_storage_set_error (backups, errno, error);
      return FALSE;
    }
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *name = g_strdup_printf ("bellman-schema-%" G_GINT64_FORMAT "-%s-%06dZ.db",
                                           version, time, g_date_time_get_microsecond (now));
  g_autofree char *path = g_build_filename (backups, name, NULL);
  if (!bmn_backups_write (folder, path, error))
    return FALSE;
  delete_old (folder, ".db", MIGRATION_BACKUPS_KEPT);
  /* Left by a process that died while it wrote; nobody else migrates now. */
  delete_old (folder, ".db.part", 0);
  return TRUE;
}
