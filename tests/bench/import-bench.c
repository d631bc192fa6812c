/* Imports a file into a new data folder, as the window would, and then inserts the same rows
 * by bare SQLite into another new data folder: every row that the import wrote, into the same
 * tables with their indices, triggers and constraints, with the same durability and batches,
 * values ready in memory and statements prepared once.
 *
 * usage: import-bench FILE FOLDER
 *
 * Prints a line each, name and figure: posts; seconds of the import, by the clock and of the
 * processors; memory at its height; the longest time that the main loop was held up; the longest
 * batch; seconds of the bare inserts, by the same batches and in one transaction. */
#include "bmn-accounts.h"
#include "bmn-import.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCH 500
#define TICK 2 /* ms */

static void
fail (const char *what, const char *why)
{
  g_printerr ("%s: %s\n", what, why);
  exit (1);
}

/*
 * The import.
 */

typedef struct
{
  gint64 ticked_at;
  gint64 longest;
  GAsyncResult *result; /* (owned) (nullable) */
} Loop;

static gboolean
on_tick (gpointer data)
{
  Loop *loop = data;
  gint64 now = g_get_monotonic_time ();
  loop->longest = MAX (loop->longest, now - loop->ticked_at - TICK * 1000);
  loop->ticked_at = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Loop *)data)->result = g_object_ref (result);
}

static void
on_progress (const BmnImportReport *report, gpointer data)
{
}

static char *
no_words (const char *text)
{
  return g_strdup ("");
}

static gboolean
add_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_insert (tx, data, error);
}

static gint64
read_peak_memory (void)
{
  g_autofree char *status = NULL;
  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  const char *peak = status ? strstr (status, "VmHWM:") : NULL;
  return peak ? g_ascii_strtoll (peak + strlen ("VmHWM:"), NULL, 10) : 0;
}

static void
import (BmnStore *store, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccount) account = bmn_account_new ("website", "bench");
  g_autoptr (BmnImportPlan) plan = bmn_import_plan_new ();
  if (!bmn_store_write (store, add_account, account, &error)
      || !bmn_import_find_out (path, account, plan, &error))
    fail (path, error->message);
  Loop loop = { .ticked_at = g_get_monotonic_time () };
  guint tick = g_timeout_add (TICK, on_tick, &loop);
  gint64 begun = g_get_monotonic_time ();
  clock_t worked = clock ();
  bmn_import_run_async (store, path, account, plan, FALSE, g_get_real_time (), on_progress, NULL,
                        NULL, on_imported, &loop);
  while (!loop.result)
    g_main_context_iteration (NULL, TRUE);
  gint64 ended = g_get_monotonic_time ();
  worked = clock () - worked;
  g_source_remove (tick);
  g_autoptr (BmnImportReport) report = bmn_import_run_finish (loop.result, &error);
  g_object_unref (loop.result);
  if (!report)
    fail (path, error->message);
  g_print ("posts %" G_GINT64_FORMAT "\n", report->n_new);
  g_print ("import_seconds %.3f\n", (double)(ended - begun) / G_USEC_PER_SEC);
  g_print ("import_processor_seconds %.3f\n", (double)worked / CLOCKS_PER_SEC);
  g_print ("peak_memory_kib %" G_GINT64_FORMAT "\n", read_peak_memory ());
  g_print ("main_loop_held_up_ms %.2f\n", (double)loop.longest / 1000);
  g_print ("longest_batch_ms %.2f\n", (double)report->longest_batch / 1000);
}

/*
 * The reference.
 */

static void
check (sqlite3 *db, int rc)
{
  if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW)
    fail ("sqlite", sqlite3_errmsg (db));
}

static sqlite3 *
open_database (const char *path)
{
  sqlite3 *db;
  check (NULL, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
  return db;
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement;
  check (db, sqlite3_prepare_v2 (db, sql, -1, &statement, NULL));
  return statement;
}

typedef struct
{
  char *insert;      /* (owned) */
  GPtrArray *values; /* (owned) (element-type sqlite3_value): row by row */
  int n_columns;
} Table;

static Table
load (sqlite3 *from, const char *name)
{
  Table table = { .values = g_ptr_array_new_with_free_func ((GDestroyNotify)sqlite3_value_free) };
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s", name);
  sqlite3_stmt *rows = prepare (from, select);
  g_autoptr (GString) sql = g_string_new (NULL);
  table.n_columns = sqlite3_column_count (rows);
  g_string_printf (sql, "INSERT INTO %s VALUES (?", name);
  for (int i = 1; i < table.n_columns; i++)
    g_string_append (sql, ", ?");
  table.insert = g_strconcat (sql->str, ")", NULL);
  while (sqlite3_step (rows) == SQLITE_ROW)
    for (int i = 0; i < table.n_columns; i++)
      g_ptr_array_add (table.values, sqlite3_value_dup (sqlite3_column_value (rows, i)));
  sqlite3_finalize (rows);
  return table;
}

/* A store that is as empty as the one that was imported into, with the same account. */
static sqlite3 *
open_empty (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "bellman.db", NULL);
  g_autoptr (BmnAccount) account = bmn_account_new ("website", "bench");
  BmnStore *store = bmn_store_open (folder, no_words, &error);
  if (!store || !bmn_store_write (store, add_account, account, &error))
    fail (folder, error->message);
  g_object_unref (store);
  sqlite3 *db = open_database (path);
  check (db, sqlite3_exec (db,
                           "PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST;"
                           "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON",
                           NULL, NULL, NULL));
  return db;
}

static void
insert_row (sqlite3 *db, sqlite3_stmt *statement, const Table *table, guint row)
{
  for (int i = 0; i < table->n_columns; i++)
    sqlite3_bind_value (statement, i + 1, table->values->pdata[row * table->n_columns + i]);
  check (db, sqlite3_step (statement));
  sqlite3_reset (statement);
}

/* Posts and their snapshots go in together, as they do in the import. */
static void
insert_all (const Table *posts, const Table *snapshots, guint batch, const char *folder)
{
  sqlite3 *db = open_empty (folder);
  sqlite3_stmt *post = prepare (db, posts->insert);
  sqlite3_stmt *snapshot = prepare (db, snapshots->insert);
  guint n_posts = posts->values->len / posts->n_columns;
  guint n_snapshots = snapshots->values->len / snapshots->n_columns;
  gint64 begun = g_get_monotonic_time ();
  clock_t worked = clock ();
  guint done = 0;
  check (db, sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL));
  for (guint i = 0; i < n_posts; i++)
    {
      insert_row (db, post, posts, i);
      for (; done < (guint64)n_snapshots * (i + 1) / n_posts; done++)
        insert_row (db, snapshot, snapshots, done);
      if ((i + 1) % batch == 0)
        check (db, sqlite3_exec (db, "COMMIT; BEGIN IMMEDIATE", NULL, NULL, NULL));
    }
  check (db, sqlite3_exec (db, "COMMIT", NULL, NULL, NULL));
  const char *name = batch == BATCH ? "bare_batches" : "bare_one_transaction";
  g_print ("%s_seconds %.3f\n", name, (double)(g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
  g_print ("%s_processor_seconds %.3f\n", name, (double)(clock () - worked) / CLOCKS_PER_SEC);
  sqlite3_finalize (post);
  sqlite3_finalize (snapshot);
  sqlite3_close (db);
}

static void
insert_bare (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "bellman.db", NULL);
  g_autofree char *batches = g_build_filename (folder, "batches", NULL);
  g_autofree char *one = g_build_filename (folder, "one", NULL);
  sqlite3 *from = open_database (path);
  Table posts = load (from, "history_post");
  Table snapshots = load (from, "metric_snapshot");
  insert_all (&posts, &snapshots, BATCH, batches);
  insert_all (&posts, &snapshots, G_MAXUINT, one);
  sqlite3_close (from);
  g_ptr_array_unref (posts.values);
  g_ptr_array_unref (snapshots.values);
  g_free (posts.insert);
  g_free (snapshots.insert);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 3)
    fail ("usage", "import-bench FILE FOLDER");
  g_autofree char *folder = g_canonicalize_filename (argv[2], NULL);
  BmnStore *store = bmn_store_open (folder, no_words, &error);
  if (!store)
    fail (folder, error->message);
  import (store, argv[1]);
  g_object_unref (store);
  insert_bare (folder);
  return 0;
}
