#include "bmn-database-private.h"
#include "bmn-backups-private.h"
#include "bmn-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

void
bmn_storage_set_error (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                   /* Translators: %s is a path */
                   _ ("There is no room left to write “%s”. Free some space and try again."), name);
      break;
    case EROFS:
    case EACCES:
    case EPERM:
      g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                   _ ("“%s” cannot be written. Check that the disk is not read-only and that the "
                      "file and its folder belong to you."),
                   name);
      break;
    case ENOENT:
      g_set_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                   _ ("There is no file “%s”. Check the name."), name);
      break;
    default:
      g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                   /* Translators: the first %s is a path, the second the system's own words */
                   _ ("“%s” could not be read or written (%s). Check the disk and try again."),
                   name, g_strerror (code));
    }
}

void
bmn_database_set_damaged (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, BMN_DATABASE_NAME, NULL);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *backup = bmn_backups_find_newest (folder);
  if (!backup)
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_DAMAGED,
                   /* Translators: %s is a path */
                   _ ("“%s” is damaged or not a file of this program, and there is no backup of "
                      "it. Close all programs that use it and move it elsewhere, with the files "
                      "beside it whose names begin with its name: then you can start anew, or put "
                      "a copy of your own in its place."),
                   name);
      return;
    }
  g_autofree char *backup_name = g_filename_display_name (backup);
  g_set_error (error, BMN_ERROR, BMN_ERROR_DAMAGED,
               /* Translators: both %s are paths */
               _ ("“%s” is damaged or not a file of this program. The newest backup is “%s”. Close "
                  "all programs that use the damaged file and move it elsewhere, with the files "
                  "beside it whose names begin with its name: then put a copy of the backup in "
                  "its place."),
               name, backup_name);
}

static void
set_constraint_error (int rc, GError **error)
{
  if (rc == SQLITE_CONSTRAINT_FOREIGNKEY)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                         _ ("What this belongs to was deleted meanwhile. Nothing was changed."));
  else if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                         _ ("There is one like this already. Nothing was changed."));
  else
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                         _ ("A value is missing or out of its range. Nothing was changed."));
}

void
bmn_database_set_error (BmnDatabase *db, int rc, GError **error)
{
  int code = db->handle ? sqlite3_system_errno (db->handle) : 0;
  g_autofree char *name = g_filename_display_name (db->path);
  switch (rc & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      bmn_database_set_damaged (db->folder, error);
      break;
    case SQLITE_CONSTRAINT:
      set_constraint_error (rc, error);
      break;
    case SQLITE_FULL:
      bmn_storage_set_error (db->path, ENOSPC, error);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      bmn_storage_set_error (db->path, EACCES, error);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                   _ ("Another program is writing to “%s” and did not finish in time. Close it "
                      "and try again."),
                   name);
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      /* The file was there when it was opened: what is missing is its folder or its disk. */
      bmn_storage_set_error (db->path, code && code != ENOENT ? code : EIO, error);
      break;
    default:
      g_set_error (
          error, BMN_ERROR, BMN_ERROR_STORAGE,
          /* Translators: the first %s is a path, the second a message in English */
          _ ("“%s” could not be used (%s). Restart the program; if this stays, report it."), name,
          db->handle ? sqlite3_errmsg (db->handle) : sqlite3_errstr (rc));
    }
}

/* SQLite makes its other files with the mode of this one. A file that exists is not touched:
 * closing any descriptor of it would drop the locks of all connections of this process. */
static gboolean
create_private_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
  else if (errno != EEXIST)
    {
      bmn_storage_set_error (path, errno, error);
      return FALSE;
    }
  return TRUE;
}

static void
run_words (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  BmnDatabase *db = sqlite3_user_data (context);
  const char *text = (const char *)sqlite3_value_text (values[0]);
  if (!text)
    return;
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  sqlite3_result_text (context, db->words (valid), -1, g_free);
}

static gboolean
configure (BmnDatabase *db, GError **error)
{
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, BMN_DATABASE_BUSY_TIMEOUT);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  if (db->words)
    sqlite3_create_function (db->handle, "bmn_words", 1,
                             SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, db, run_words,
                             NULL, NULL);
  return bmn_database_exec (db,
                            "PRAGMA cell_size_check = ON;"
                            /* What the user deletes is overwritten where that costs nothing. */
                            "PRAGMA secure_delete = FAST;"
                            "PRAGMA synchronous = FULL;",
                            error);
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* Statements are looked up several times a row, and their texts are long: they are told apart by
 * their length and a few letters, and compared only then. */
static guint
hash_sql (gconstpointer sql)
{
  const char *text = sql;
  const gsize length = strlen (text);
  guint hash = (guint)length;
  for (gsize i = length % 17; i < length; i += 17)
    hash = hash * 31 + (guchar)text[i];
  return hash;
}

/* Figures of memory in use, which nobody reads here, would cost a lock at each allocation. Only
 * before SQLite's first use can this be said; later it is refused and nothing is lost. */
static void
set_up_sqlite (void)
{
  static gsize done = 0;
  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

BmnDatabase *
bmn_database_open (const char *folder, BmnWordsFunc words, GError **error)
{
  g_autoptr (BmnDatabase) db = g_new0 (BmnDatabase, 1);
  db->folder = g_strdup (folder);
  db->path = g_build_filename (folder, BMN_DATABASE_NAME, NULL);
  db->words = words;
  db->statements = g_hash_table_new_full (hash_sql, g_str_equal, NULL, finalize_statement);
  if (!create_private_file (db->path, error))
    return NULL;
  set_up_sqlite ();
  int rc
      = sqlite3_open_v2 (db->path, &db->handle,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (rc != SQLITE_OK)
    {
      bmn_database_set_error (db, rc, error);
      return NULL;
    }
  if (!configure (db, error))
    return NULL;
  /* SQLite opens a file it may not write for reading, without a word. */
  if (sqlite3_db_readonly (db->handle, "main") == 1)
    {
      bmn_storage_set_error (db->path, EACCES, error);
      return NULL;
    }
  gint64 n_tables;
  if (!bmn_database_read_int (db, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return NULL;
  return g_steal_pointer (&db);
}

void
bmn_database_free (BmnDatabase *db)
{
  g_hash_table_unref (db->statements);
  sqlite3_close_v2 (db->handle);
  g_free (db->folder);
  g_free (db->path);
  g_free (db);
}

gboolean
bmn_database_exec (BmnDatabase *db, const char *sql, GError **error)
{
  int rc = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    return TRUE;
  bmn_database_set_error (db, rc, error);
  return FALSE;
}

gboolean
bmn_database_read_int (BmnDatabase *db, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (db->handle, sql, -1, &statement, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    *value = sqlite3_column_int64 (statement, 0);
  else
    bmn_database_set_error (db, rc, error);
  sqlite3_finalize (statement);
  return rc == SQLITE_ROW;
}

void
bmn_database_rollback (BmnDatabase *db)
{
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
bmn_database_check_transaction (BmnDatabase *db, GError **error)
{
  if (!db->in_transaction || !sqlite3_get_autocommit (db->handle))
    return TRUE;
  bmn_storage_set_error (db->path, EIO, error);
  return FALSE;
}
