#include "bmn-migrations-private.h"
#include "bmn-backups-private.h"
#include "bmn-error.h"
#include "bmn-statement-private.h"
#include "bmn-store-resources.h"

#include <glib/gi18n-lib.h>

#define MIGRATIONS "/io/github/bellman_app/Bellman/store/migrations/"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* Returns: (transfer full): the names NNNN-what.sql; NNNN counts from 0001 without a gap, so
 * the number of migrations is the newest version */
static GStrv
list_migrations (void)
{
  GStrv names = g_resource_enumerate_children (bmn_store_get_resource (), MIGRATIONS,
                                               G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

static gboolean
set_newer (BmnDatabase *db, GError **error)
{
  g_autofree char *name = g_filename_display_name (db->path);
  g_set_error (error, BMN_ERROR, BMN_ERROR_CONFLICT,
               _ ("“%s” was written by a newer version of Bellman. Install that version, or a "
                  "later one, to open it."),
               name);
  return FALSE;
}

static gboolean
get_version (BmnDatabase *db, gint64 *version, GError **error)
{
  gint64 application_id, n_objects;
  if (!bmn_database_read_int (db, "PRAGMA application_id", &application_id, error)
      || !bmn_database_read_int (db, "PRAGMA user_version", version, error)
      || !bmn_database_read_int (db, "SELECT count(*) FROM sqlite_schema", &n_objects, error))
    return FALSE;
  if (application_id == BMN_DATABASE_APPLICATION_ID && *version > 0)
    return TRUE;
  if (application_id == 0 && *version == 0 && n_objects == 0)
    return TRUE;
  bmn_database_set_damaged (db->folder, error);
  return FALSE;
}

static gboolean
apply (BmnDatabase *db, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (MIGRATIONS, name, NULL);
  g_autoptr (GBytes) sql = g_resource_lookup_data (bmn_store_get_resource (), path,
                                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (!sql)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql));
  return bmn_database_exec (db, text, error);
}

/* With the checks of references off, a migration may rebuild a table that others refer to;
 * what it leaves must hold nevertheless. */
static gboolean
check_references (BmnDatabase *db, GError **error)
{
  gint64 n_broken;
  if (!bmn_database_read_int (db, "SELECT count(*) FROM pragma_foreign_key_check", &n_broken,
                              error))
    return FALSE;
  if (n_broken == 0)
    return TRUE;
  bmn_database_set_damaged (db->folder, error);
  return FALSE;
}

static gboolean
apply_all (BmnDatabase *db, GStrv names, gint64 version, GError **error)
{
  for (gint64 i = version; names[i]; i++)
    if (!apply (db, names[i], error))
      return FALSE;
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u;",
                                            BMN_DATABASE_APPLICATION_ID, g_strv_length (names));
  return check_references (db, error) && bmn_database_exec (db, marks, error);
}

gboolean
bmn_migrations_run (BmnDatabase *db, GError **error)
{
  g_auto (GStrv) names = list_migrations ();
  gint64 version;
  if (!get_version (db, &version, error))
    return FALSE;
  if (version > g_strv_length (names))
    return set_newer (db, error);
  if (version == g_strv_length (names))
    return TRUE;
  /* Holding the right to write, nobody can add anything between the backup and the change. */
  if (!bmn_database_exec (db, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE", error))
    return FALSE;
  gboolean done = (version == 0 || bmn_backups_write_before_migration (db->folder, version, error))
                  && apply_all (db, names, version, error)
                  && bmn_database_exec (db, "COMMIT", error);
  if (!done)
    bmn_database_rollback (db);
  return done;
}

gboolean
bmn_migrations_check_current (BmnDatabase *db, GError **error)
{
  g_auto (GStrv) names = list_migrations ();
  gint64 version;
  if (!bmn_database_read_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  return version == g_strv_length (names) || set_newer (db, error);
}
