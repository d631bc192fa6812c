#include "bmn-store-replace.h"
#include "bmn-database-private.h"
#include "bmn-error.h"

#include "bmn-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Others hold it while they open the folder. */
#define OPEN_PATIENCE (30 * G_USEC_PER_SEC)

/* A check or a backup of another process ends soon. */
#define BUSY_PATIENCE 2000

static BmnFileLock *
lock (const char *folder, const char *name, gint64 patience, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return patience > 0 ? bmn_file_lock_take (path, patience, NULL, error)
                      : bmn_file_lock_try (path, error);
}

static int
read_mode (void *mode, int n_columns, char **values, char **names)
{
  *(char **)mode = g_strdup (values[0]);
  return 0;
}

/* SQLite leaves its log for good only where no other connection is open; that also brings all
 * that is in the log into the one file. Whether the file can be read at all does not matter: it
 * may be damaged, and that be the reason. */
static gboolean
check_unused (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, BMN_DATABASE_NAME, NULL);
  g_autofree char *mode = NULL;
  sqlite3 *db = NULL;
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    {
      sqlite3_close_v2 (db);
      return TRUE;
    }
  sqlite3_busy_timeout (db, BUSY_PATIENCE);
  int rc = sqlite3_exec (db, "PRAGMA journal_mode = DELETE", read_mode, &mode, NULL) & 0xff;
  sqlite3_close_v2 (db);
  if (rc != SQLITE_BUSY && rc != SQLITE_LOCKED && g_strcmp0 (mode, "wal") != 0)
    return TRUE;
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                       _ ("Another Bellman has this data folder open. Close its window, stop its "
                          "agent and try again."));
  return FALSE;
}

static char *
make_aside_path (const char *folder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *path = g_strdup_printf ("%s.before-restore-%s", folder, time);
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s.before-restore-%s-%u", folder, time, i);
    }
  return g_steal_pointer (&path);
}

/* Exchanging two names is one step; a file system that cannot do that takes two. */
static gboolean
exchange (const char *folder, const char *with, char **aside, GError **error)
{
  if (renameat2 (AT_FDCWD, with, AT_FDCWD, folder, RENAME_EXCHANGE) == 0)
    {
      /* Where this fails, what was there keeps the name that @with had. */
      if (g_rename (with, *aside) != 0)
        {
          g_free (*aside);
          *aside = g_strdup (with);
        }
      return TRUE;
    }
  if (g_rename (folder, *aside) != 0)
    {
      bmn_storage_set_error (folder, errno, error);
      return FALSE;
    }
  if (g_rename (with, folder) == 0)
    return TRUE;
  bmn_storage_set_error (folder, errno, error);
  g_rename (*aside, folder);
  return FALSE;
}

static void
sync_parent (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  int fd = open (parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

static gboolean
replace_used (const char *folder, const char *with, char **aside, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (BmnFileLock) opening = lock (folder, "open.lock", OPEN_PATIENCE, error);
  if (!opening)
    return FALSE;
  g_autoptr (BmnFileLock) publishing = lock (folder, "publisher.lock", 0, &failure);
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!publishing)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                           _ ("Another Bellman publishes from this data folder just now. Close "
                              "its window, stop its agent and try again."));
      return FALSE;
    }
  g_autofree char *path = make_aside_path (folder);
  if (!check_unused (folder, error) || !exchange (folder, with, &path, error))
    return FALSE;
  *aside = g_steal_pointer (&path);
  return TRUE;
}

static gboolean
replace_missing (const char *folder, const char *with, GError **error)
{
  if (g_rename (with, folder) == 0)
    return TRUE;
  bmn_storage_set_error (folder, errno, error);
  return FALSE;
}

gboolean
bmn_store_replace (const char *folder, const char *with, char **aside, GError **error)
{
  *aside = NULL;
  /* A link to a data folder goes on leading there. */
  char *real = realpath (folder, NULL);
  const char *place = real ? real : folder;
  gboolean used = g_file_test (place, G_FILE_TEST_IS_DIR)
                  && g_rmdir (place) != 0; /* an empty folder is none */
  gboolean done
      = used ? replace_used (place, with, aside, error) : replace_missing (place, with, error);
  if (done)
    sync_parent (place);
  free (real);
  return done;
}
