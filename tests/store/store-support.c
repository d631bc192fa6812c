#include "store-support.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("bellman-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (parent, "data", NULL);
  fixture->store = open_store (fixture->folder);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  g_autofree char *parent = g_path_get_dirname (fixture->folder);
  remove_tree (parent);
  g_free (fixture->folder);
}

void
fixture_reopen (Fixture *fixture)
{
  g_clear_object (&fixture->store);
  fixture->store = open_store (fixture->folder);
}

char *
fixture_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

char *
cut_words (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_autoptr (GString) words = g_string_new (NULL);
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      g_string_append_unichar (words, c);
      if (g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN)
        g_string_append_c (words, ' ');
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

BmnStore *
open_store (const char *folder)
{
  g_autoptr (GError) error = NULL;
  BmnStore *store = bmn_store_open (folder, cut_words, &error);
  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

void
write_ok (BmnStore *store, BmnStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = bmn_store_write (store, func, data, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

void
read_ok (BmnStore *store, BmnStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = bmn_store_read (store, func, data, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

static gboolean
insert_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_insert (tx, data, error);
}

gint64
add_account (BmnStore *store, const char *name)
{
  g_autoptr (BmnAccount) account = bmn_account_new ("website", name);
  write_ok (store, insert_account, account);
  return account->id;
}

static gboolean
insert_post (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_posts_insert (tx, data, 1000, error);
}

BmnPost *
new_post (const char *text)
{
  BmnPost *post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  return post;
}

gint64
add_post (BmnStore *store, const char *text)
{
  g_autoptr (BmnPost) post = new_post (text);
  write_ok (store, insert_post, post);
  return post->id;
}

static gboolean
insert_target (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_targets_insert (tx, data, error);
}

gint64
add_target (BmnStore *store, gint64 post_id, gint64 account_id, BmnTargetState state, gint64 due_at)
{
  g_autoptr (BmnTarget) target = bmn_target_new (account_id);
  target->post_id = post_id;
  target->state = state;
  target->due_at = due_at;
  target->next_try_at = due_at;
  write_ok (store, insert_target, target);
  return target->id;
}

typedef struct
{
  gint64 id;
  gpointer found;
} Lookup;

static gboolean
look_up_post (BmnTransaction *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  lookup->found = bmn_posts_get (tx, lookup->id, error);
  return lookup->found != NULL;
}

BmnPost *
get_post (BmnStore *store, gint64 id)
{
  Lookup lookup = { id };
  read_ok (store, look_up_post, &lookup);
  return lookup.found;
}

static gboolean
look_up_target (BmnTransaction *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  lookup->found = bmn_targets_get (tx, lookup->id, error);
  return lookup->found != NULL;
}

BmnTarget *
get_target (BmnStore *store, gint64 id)
{
  Lookup lookup = { id };
  read_ok (store, look_up_target, &lookup);
  return lookup.found;
}

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *db = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

void
run_sql (const char *folder, const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "bellman.db", NULL);
  sqlite3 *db = open_file (path);
  char *message = NULL;
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

char *
read_text_in_file (const char *path, const char *sql)
{
  sqlite3 *db = open_file (path);
  sqlite3_stmt *statement = NULL;
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  char *text = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return text;
}

gint64
read_number (const char *folder, const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "bellman.db", NULL);
  g_autofree char *text = read_text_in_file (path, sql);
  return g_ascii_strtoll (text, NULL, 10);
}

void
wait_for (const gboolean *flag)
{
  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
}
