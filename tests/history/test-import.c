#include "store-support.h"

#include "bmn-history.h"
#include "bmn-import.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW (G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC)

static char *
export_path (const char *kind)
{
  g_autofree char *name = g_strconcat ("export-", kind, NULL);
  return g_build_filename (g_getenv ("BELLMAN_EXPORTS"), name, NULL);
}

/*
 * Running an import.
 */

typedef struct
{
  GMainContext *context; /* where it was started */
  GCancellable *cancellable;
  guint n_told;
  guint cancel_at;
  GAsyncResult *result;
} Watch;

static void
on_progress (const BmnImportReport *report, gpointer data)
{
  Watch *watch = data;
  g_assert_true (g_main_context_is_owner (watch->context));
  g_assert_cmpint (report->bytes_done, <=, report->bytes_total);
  if (++watch->n_told == watch->cancel_at)
    g_cancellable_cancel (watch->cancellable);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Watch *)data)->result = g_object_ref (result);
}

static BmnImportReport *
run (BmnStore *store,
     const char *path,
     const BmnAccount *account,
     const BmnImportPlan *plan,
     gboolean dry_run,
     Watch *watch,
     GError **error)
{
  watch->context = g_main_context_default ();
  bmn_import_run_async (store, path, account, plan, dry_run, NOW, on_progress, watch,
                        watch->cancellable, on_done, watch);
  while (!watch->result)
    g_main_context_iteration (NULL, TRUE);
  BmnImportReport *report = bmn_import_run_finish (watch->result, error);
  g_clear_object (&watch->result);
  return report;
}

/* Imports @path into @account; %NULL with @error. */
static BmnImportReport *
import (BmnStore *store, const char *path, const BmnAccount *account, GError **error)
{
  g_autoptr (BmnImportPlan) plan = bmn_import_plan_new ();
  Watch watch = { 0 };
  if (!bmn_import_find_out (path, account, plan, error))
    return NULL;
  return run (store, path, account, plan, FALSE, &watch, error);
}

static gboolean
insert_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_insert (tx, data, error);
}

static BmnAccount *
make_account (BmnStore *store, const char *platform, const char *setting, const char *value)
{
  BmnAccount *account = bmn_account_new (platform, "shop");
  bmn_account_set_setting (account, setting, value);
  write_ok (store, insert_account, account);
  return account;
}

typedef struct
{
  gint64 account_id;
  GPtrArray *found;
} List;

static gboolean
list (BmnTransaction *tx, gpointer data, GError **error)
{
  List *list = data;
  list->found = bmn_history_list (tx, list->account_id, 0, 0, error);
  return list->found != NULL;
}

static GPtrArray *
list_posts (BmnStore *store, const BmnAccount *account)
{
  List all = { account->id, NULL };
  read_ok (store, list, &all);
  return all.found;
}

/*
 * Tests.
 */

/* What comes in has the identifiers that the platforms' own readers would give. */
static void
test_platform_ids (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *kind, *platform, *setting, *value, *first_id, *first_url;
  } cases[] = {
    { "mastodon", "mastodon", "server", "https://social.example", "0",
      "https://social.example/@shop/0" },
    { "mastodon-tar", "mastodon", "server", "https://new.example",
      "https://social.example/users/shop/statuses/0", "https://social.example/@shop/0" },
    { "bluesky", "bluesky", "did", "did:plc:ewvi7nxzyoun6zhxrhs64oiz",
      "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3gv352zok222b",
      "https://bsky.app/profile/did:plc:ewvi7nxzyoun6zhxrhs64oiz/post/3gv352zok222b" },
    { "x", "website", "dir", "/tmp", "0", "https://x.com/i/web/status/0" },
    { "csv", "website", "dir", "/tmp", "0", NULL },
    { "bellman", "website", "dir", "/tmp", "0", "https://social.example/@shop/0" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = export_path (cases[i].kind);
      g_autoptr (BmnAccount) account
          = make_account (fixture->store, cases[i].platform, cases[i].setting, cases[i].value);
      g_autoptr (BmnImportReport) report = import (fixture->store, path, account, &error);
      g_test_message ("%s", cases[i].kind);
      g_assert_no_error (error);
      g_assert_cmpint (report->n_new, ==, 40);
      g_assert_true (report->is_whole);
      g_autoptr (GPtrArray) posts = list_posts (fixture->store, account);
      const BmnHistoryPost *first = posts->pdata[0];
      g_assert_cmpuint (posts->len, ==, 40);
      g_assert_cmpstr (first->url, ==, cases[i].first_url);
      if (g_str_equal (cases[i].kind, "bluesky"))
        g_assert_true (g_str_has_prefix (first->remote_id, "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/"
                                                           "app.bsky.feed.post/"));
      else
        g_assert_cmpstr (first->remote_id, ==, cases[i].first_id);
      /* A repository tells no counts, and none is not zero. */
      g_assert_cmpint (first->likes, ==,
                       g_str_equal (cases[i].kind, "bluesky") ? BMN_COUNT_UNKNOWN : 0);
    }
}

static void
test_strangers_repository (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = export_path ("bluesky");
  g_autoptr (BmnAccount) account
      = make_account (fixture->store, "bluesky", "did", "did:plc:somebodyelse");
  g_autoptr (BmnImportReport) report = import (fixture->store, path, account, &error);
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_assert_null (report);
  g_assert_nonnull (strstr (error->message, "did:plc:ewvi7nxzyoun6zhxrhs64oiz"));
}

static void
test_missing_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = export_path ("x");
  g_autoptr (BmnAccount) account = bmn_account_new ("website", "gone");
  account->id = 99;
  g_autoptr (BmnImportReport) report = import (fixture->store, path, account, &error);
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  g_assert_null (report);
}

/* A file long enough for several batches: the header and many posts. */
static char *
write_long_file (Fixture *fixture, guint n)
{
  g_autofree char *path = fixture_path (fixture, "long.jsonl");
  g_autoptr (GString) text = g_string_new ("{\"format\":\"bellman-history\",\"version\":1}\n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "{\"remote_id\":\"%u\",\"text\":\"Post %u\","
                            "\"published_at\":\"2024-01-01T00:00:00Z\"}\n",
                            i, i);
  g_assert_true (g_file_set_contents (path, text->str, (gssize)text->len, NULL));
  return g_steal_pointer (&path);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_long_file (fixture, 200000);
  g_autoptr (BmnAccount) account = make_account (fixture->store, "website", "dir", "/tmp");
  g_autoptr (BmnImportPlan) plan = bmn_import_plan_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watch watch = { .cancellable = cancellable, .cancel_at = 1 };
  g_assert_true (bmn_import_find_out (path, account, plan, NULL));
  g_autoptr (BmnImportReport) report
      = run (fixture->store, path, account, plan, FALSE, &watch, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (report);
  gint64 n = read_number (fixture->folder, "SELECT count(*) FROM history_post");
  g_assert_cmpint (n, >, 0);
  g_assert_cmpint (n, <, 200000);
  g_assert_cmpint (n % 500, ==, 0);
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = export_path ("mastodon");
  g_autoptr (BmnAccount) account = make_account (fixture->store, "website", "dir", "/tmp");
  g_autoptr (BmnImportPlan) plan = bmn_import_plan_new ();
  Watch watch = { 0 };
  g_assert_true (bmn_import_find_out (path, account, plan, NULL));
  g_autoptr (BmnImportReport) report
      = run (fixture->store, path, account, plan, TRUE, &watch, NULL);
  g_assert_cmpint (report->n_new, ==, 40);
  g_assert_cmpuint (report->samples->len, ==, BMN_IMPORT_MAX_SAMPLES);
  g_assert_cmpint (report->bytes_done, ==, report->bytes_total);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM history_post"), ==, 0);
}

static void
change (guint8 *bytes, gsize *length)
{
  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      *length = (gsize)g_test_rand_int_range (0, (gint32)*length);
      break;
    case 1:
      bytes[g_test_rand_int_range (0, (gint32)*length)] ^= 1 << g_test_rand_int_range (0, 8);
      break;
    case 2:
      bytes[g_test_rand_int_range (0, (gint32)*length)] = 0xff;
      break;
    default:
      {
        gsize at = (gsize)g_test_rand_int_range (0, (gint32)*length);
        gsize wanted = (gsize)g_test_rand_int_range (1, 64);
        memmove (bytes, bytes + at, MIN (*length - at, wanted));
      }
    }
}

/* Whatever is wrong with a file, it ends with a report or a message. Prints its seed. */
static void
test_damaged_files (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[]
      = { "bellman", "mastodon", "mastodon-tar", "x", "bluesky", "csv" };
  g_autoptr (BmnAccount) account = make_account (fixture->store, "website", "dir", "/tmp");
  g_autofree char *damaged = fixture_path (fixture, "damaged");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = export_path (kinds[i]);
      g_autofree char *whole = NULL;
      gsize whole_length;
      g_assert_true (g_file_get_contents (path, &whole, &whole_length, NULL));
      for (int round = 0; round < 60; round++)
        {
          g_autofree guint8 *bytes = g_memdup2 (whole, whole_length);
          g_autoptr (GError) error = NULL;
          gsize length = whole_length;
          for (int n = g_test_rand_int_range (1, 4); n > 0 && length > 0; n--)
            change (bytes, &length);
          g_assert_true (g_file_set_contents (damaged, (const char *)bytes, (gssize)length, NULL));
          g_autoptr (BmnImportReport) report = import (fixture->store, damaged, account, &error);
          g_assert_true ((report == NULL) == (error != NULL));
          g_assert_true (!error || error->domain == BMN_ERROR);
          g_assert_true (!error || g_str_has_suffix (error->message, "."));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/history/import/platform-ids", test_platform_ids);
  fixture_add ("/history/import/strangers-repository", test_strangers_repository);
  fixture_add ("/history/import/missing-account", test_missing_account);
  fixture_add ("/history/import/cancel", test_cancel);
  fixture_add ("/history/import/dry-run", test_dry_run);
  fixture_add ("/history/import/damaged-files", test_damaged_files);
  return g_test_run ();
}
