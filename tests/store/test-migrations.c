#include "store-support.h"

#include "bmn-attempts.h"
#include "bmn-history.h"
#include "bmn-ledger.h"
#include "bmn-settings.h"
#include "bmn-slots.h"

#include <glib/gstdio.h>
#include <utime.h>

/* Everything that makes up the schema, in an order of its own. */
#define SCHEMA                                                                                     \
  "SELECT group_concat (sql, char (10)) FROM (SELECT sql FROM sqlite_schema "                      \
  "WHERE sql IS NOT NULL ORDER BY type, name)"

static gint64
get_newest_version (Fixture *fixture)
{
  return read_number (fixture->folder, "PRAGMA user_version");
}

static char *
schema_path (gint64 version)
{
  g_autofree char *name = g_strdup_printf ("schema-%" G_GINT64_FORMAT ".sql", version);
  return g_test_build_filename (G_TEST_DIST, "store", "fixtures", name, NULL);
}

/* Puts a file of an earlier version where the newest one was. */
static void
go_back (Fixture *fixture, gint64 version)
{
  g_clear_object (&fixture->store);
  g_autofree char *parent = g_path_get_dirname (fixture->folder);
  g_free (fixture->folder);
  fixture->folder = g_strdup_printf ("%s/data-%" G_GINT64_FORMAT, parent, version);
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = schema_path (version), *sql = NULL;
  g_assert_true (g_file_get_contents (path, &sql, NULL, &error));
  g_assert_no_error (error);
  run_sql (fixture->folder, sql);
}

/* Returns: (transfer full) (element-type filename): all backups */
static GPtrArray *
list_backups (Fixture *fixture)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = fixture_path (fixture, "backups");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  return paths;
}

static void
test_every_version_has_a_fixture (Fixture *fixture, gconstpointer data)
{
  gint64 newest = get_newest_version (fixture);
  g_assert_cmpint (newest, >=, 2);
  for (gint64 version = 1; version < newest; version++)
    {
      g_autofree char *path = schema_path (version);
      g_test_message ("%s", path);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
check_posts (BmnTransaction *tx, GError **error)
{
  g_autoptr (BmnPost) post = bmn_posts_get (tx, 1, error);
  g_assert_cmpstr (post->title, ==, "Autumn");
  g_assert_cmpstr (post->language, ==, "en");
  g_assert_cmpstr (post->content_warning, ==, "a spider");
  g_assert_true (post->sensitive);
  g_assert_cmpint (post->visibility, ==, BMN_VISIBILITY_UNLISTED);
  g_assert_cmpint (post->poll->duration, ==, 86400);
  g_assert_true (post->poll->multiple);
  g_assert_false (post->poll->hide_totals);
  g_assert_cmpstr (post->poll->options[0], ==, "leaves");
  g_assert_cmpstr (post->poll->options[1], ==, "nuts");
  g_assert_cmpstr (post->tags[0], ==, "season");
  g_assert_cmpstr (post->tags[1], ==, "garden");
  g_assert_cmpstr (post->note, ==, "ask Ana");
  g_assert_cmpint (post->revision, ==, 4);
  g_assert_cmpint (post->created_at, ==, 1764000002000000);
  g_assert_cmpint (post->modified_at, ==, 1764000003000000);
  g_assert_cmpuint (post->parts->len, ==, 2);
  const BmnPart *part = post->parts->pdata[1];
  g_assert_cmpstr (part->text, ==, "and stayed");
  const BmnMedia *media = part->media->pdata[0];
  g_assert_true (g_str_has_suffix (media->path, "/media/ab12.png"));
  g_assert_cmpstr (media->alt, ==, "A spider in its web");
  g_assert_cmpint (media->width, ==, 640);
  g_assert_cmpfloat (media->focus_x, ==, -0.5);
  g_autoptr (BmnPost) pattern = bmn_posts_get (tx, 2, error);
  g_assert_cmpstr (pattern->recurrence, ==, "FREQ=WEEKLY");
  g_autoptr (BmnPost) repeat = bmn_posts_get (tx, 5, error);
  g_assert_cmpint (repeat->series_id, ==, 2);
}

static void
check_accounts (BmnTransaction *tx, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, 3, error);
  g_assert_cmpstr (account->platform, ==, "mastodon");
  g_assert_cmpstr (account->handle, ==, "@shop@example.org");
  g_assert_cmpstr (bmn_account_get_setting (account, "server"), ==, "https://example.org");
  g_assert_cmpint (account->missed_policy, ==, BMN_MISSED_NEXT_SLOT);
  g_assert_true (account->paused);
  g_autoptr (GHashTable) facts = bmn_facts_get_all (tx, 3, error);
  g_assert_cmpstr (g_hash_table_lookup (facts, "limits"), ==, "{\"length\":500}");
  g_autoptr (GPtrArray) slots = bmn_slots_list (tx, 3, error);
  g_assert_cmpuint (slots->len, ==, 1);
  g_assert_cmpint (((BmnSlot *)slots->pdata[0])->minute, ==, 1020);
  g_autoptr (GPtrArray) history = bmn_history_list (tx, 1, 0, 0, error);
  const BmnHistoryPost *post = history->pdata[0];
  g_assert_cmpstr (post->remote_id, ==, "autumn");
  g_assert_cmpint (post->target_id, ==, 1);
  g_assert_cmpint (post->likes, ==, 12);
  g_assert_cmpint (post->reposts, ==, BMN_COUNT_UNKNOWN);
}

static void
check_targets (BmnTransaction *tx, GError **error)
{
  g_autoptr (BmnTarget) target = bmn_targets_get (tx, 2, error);
  g_assert_cmpint (target->state, ==, BMN_TARGET_SCHEDULED);
  g_assert_cmpstr (target->local_time, ==, "2026-12-01T09:00:00");
  g_assert_cmpstr (target->zone, ==, "America/New_York");
  g_assert_cmpint (target->next_try_at, ==, 1796133660000000);
  g_assert_cmpstr (target->key, ==, "key-2");
  g_assert_cmpstr (((BmnPart *)target->parts->pdata[0])->text, ==, "Fall came to the garden");
  g_autoptr (GPtrArray) attempts = bmn_attempts_list (tx, 2, error);
  g_assert_cmpint (((BmnAttempt *)attempts->pdata[0])->outcome, ==, BMN_ATTEMPT_REFUSED);
  g_autoptr (GPtrArray) receipts = bmn_receipts_list (tx, 1, error);
  g_assert_cmpstr (((BmnReceipt *)receipts->pdata[0])->remote_cid, ==, "cid-1");
  g_autoptr (GPtrArray) ledger = bmn_ledger_list (tx, 0, 0, error);
  g_assert_cmpuint (ledger->len, ==, 1);
  g_autofree char *theme = NULL;
  g_assert_true (bmn_settings_get (tx, "theme", &theme, error));
  g_assert_cmpstr (theme, ==, "dark");
}

/* What the earlier file did not have: posts are found by their words. */
static void
check_search (BmnTransaction *tx, GError **error)
{
  const struct
  {
    const char *query;
    gint64 id;
  } cases[]
      = { { "garden came", 1 }, { "spider web", 1 }, { "fall", 1 }, { "北京", 2 }, { "上海", 5 } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = bmn_posts_search (tx, cases[i].query, 0, 10, error);
      g_assert_cmpuint (found->len, ==, 1);
      g_assert_cmpint (((BmnPost *)found->pdata[0])->id, ==, cases[i].id);
    }
}

static gboolean
check_content (BmnTransaction *tx, gpointer data, GError **error)
{
  check_posts (tx, error);
  check_accounts (tx, error);
  check_targets (tx, error);
  check_search (tx, error);
  return TRUE;
}

static void
check_backup (Fixture *fixture, gint64 version)
{
  g_autoptr (GPtrArray) backups = list_backups (fixture);
  g_assert_cmpuint (backups->len, ==, 1);
  const char *path = backups->pdata[0];
  GStatBuf status;
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_autofree char *stored_version = read_text_in_file (path, "PRAGMA user_version");
  g_assert_cmpint (g_ascii_strtoll (stored_version, NULL, 10), ==, version);
  g_autofree char *title = read_text_in_file (path, "SELECT title FROM post WHERE id = 1");
  g_assert_cmpstr (title, ==, "Autumn");
  g_autofree char *verdict = read_text_in_file (path, "PRAGMA integrity_check");
  g_assert_cmpstr (verdict, ==, "ok");
}

static void
test_migrate (Fixture *fixture, gconstpointer data)
{
  gint64 newest = get_newest_version (fixture);
  g_autofree char *path = fixture_path (fixture, "bellman.db");
  g_autofree char *fresh_schema = read_text_in_file (path, SCHEMA);
  for (gint64 version = 1; version < newest; version++)
    {
      go_back (fixture, version);
      fixture->store = open_store (fixture->folder);
      g_assert_cmpint (get_newest_version (fixture), ==, newest);
      write_ok (fixture->store, check_content, NULL);
      check_backup (fixture, version);
      g_autofree char *migrated = fixture_path (fixture, "bellman.db");
      g_autofree char *schema = read_text_in_file (migrated, SCHEMA);
      g_assert_cmpstr (schema, ==, fresh_schema);
      g_assert_cmpint (add_post (fixture->store, "new"), ==, 6);

      /* Once is enough. */
      fixture_reopen (fixture);
      check_backup (fixture, version);
    }
}

static void
test_all_or_nothing (Fixture *fixture, gconstpointer data)
{
  go_back (fixture, 1);
  /* In the way of what the second migration makes last. */
  run_sql (fixture->folder, "CREATE TABLE post_words (x)");
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_store_open (fixture->folder, cut_words, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
  g_assert_cmpint (get_newest_version (fixture), ==, 1);
  g_assert_cmpint (
      read_number (fixture->folder, "SELECT count(*) FROM sqlite_schema WHERE name = 'post_text'"),
      ==, 0);
}

static gpointer
open_in_thread (gpointer folder)
{
  return open_store (folder);
}

static void
test_at_the_same_time (Fixture *fixture, gconstpointer data)
{
  go_back (fixture, 1);
  GThread *threads[4];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("opener", open_in_thread, fixture->folder);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (BmnStore) store = g_thread_join (threads[i]);
      write_ok (store, check_content, NULL);
    }
  check_backup (fixture, 1);
}

static void
test_few_backups_are_kept (Fixture *fixture, gconstpointer data)
{
  go_back (fixture, 1);
  g_autofree char *folder = fixture_path (fixture, "backups");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *path
          = g_strdup_printf ("%s/bellman-schema-1-2020010%dT000000Z.db", folder, i);
      g_assert_true (g_file_set_contents (path, "old", -1, NULL));
      struct utimbuf past = { 1000 + i, 1000 + i };
      g_assert_cmpint (g_utime (path, &past), ==, 0);
    }
  g_autofree char *own = g_build_filename (folder, "my-own.db", NULL);
  g_assert_true (g_file_set_contents (own, "mine", -1, NULL));
  g_autofree char *half = g_build_filename (folder, "bellman-schema-1-x.db.part", NULL);
  g_assert_true (g_file_set_contents (half, "left by a crash", -1, NULL));
  fixture->store = open_store (fixture->folder);
  g_autoptr (GPtrArray) backups = list_backups (fixture);
  g_assert_cmpuint (backups->len, ==, 5 + 1);
  g_assert_true (g_file_test (own, G_FILE_TEST_EXISTS));
  g_autofree char *oldest_kept
      = g_build_filename (folder, "bellman-schema-1-20200103T000000Z.db", NULL);
  g_assert_true (g_file_test (oldest_kept, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/migrations/fixtures", test_every_version_has_a_fixture);
  fixture_add ("/store/migrations/migrate", test_migrate);
  fixture_add ("/store/migrations/all-or-nothing", test_all_or_nothing);
  fixture_add ("/store/migrations/at-the-same-time", test_at_the_same_time);
  fixture_add ("/store/migrations/few-backups-are-kept", test_few_backups_are_kept);
  return g_test_run ();
}
