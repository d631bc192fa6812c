#include "fake-reader.h"

#include "bmn-error.h"
#include "bmn-fake-clock.h"
#include "bmn-fake-platform.h"
#include "bmn-followers.h"
#include "bmn-history.h"
#include "bmn-sync-states.h"
#include "bmn-syncer.h"
#include "store-support.h"

#define H G_TIME_SPAN_HOUR
#define D G_TIME_SPAN_DAY

/* An account on a server of its own, read by a clock that tests move. */
typedef struct
{
  Fixture base;
  BmnFakeClock *clock;
  FakeServer *server;
  BmnAccount *account;
  gint64 start;
} Desk;

static gboolean
get_account (BmnTransaction *tx, gpointer data, GError **error)
{
  Desk *desk = data;
  desk->account = bmn_accounts_get (tx, 1, error);
  return desk->account != NULL;
}

static void
desk_set_up (Desk *desk, gconstpointer data)
{
  fixture_set_up (&desk->base, data);
  desk->clock = bmn_fake_clock_new_at ("2026-06-01T12:00:00Z");
  desk->start = bmn_clock_now (BMN_CLOCK (desk->clock));
  desk->server = fake_server_new ();
  add_account (desk->base.store, "A");
  read_ok (desk->base.store, get_account, desk);
}

static gboolean
do_nothing (BmnTransaction *tx, gpointer data, GError **error)
{
  return TRUE;
}

/* Runs the main context until nothing is left to do. */
static void
settle (Desk *desk)
{
  gboolean anything = TRUE;
  while (anything)
    {
      read_ok (desk->base.store, do_nothing, NULL);
      write_ok (desk->base.store, do_nothing, NULL);
      anything = FALSE;
      while (g_main_context_iteration (NULL, FALSE))
        anything = TRUE;
    }
}

static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  settle (desk);
  bmn_account_free (desk->account);
  fake_server_free (desk->server);
  g_object_unref (desk->clock);
  fixture_tear_down (&desk->base, data);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static BmnSyncReport *
try_sync (Desk *desk, BmnSyncMode mode, GCancellable *cancellable, GError **error)
{
  g_autoptr (BmnPlatform) platform = fake_reader_new (desk->account, desk->server);
  g_autoptr (GAsyncResult) result = NULL;
  bmn_sync_run_async (desk->base.store, BMN_CLOCK (desk->clock), platform, mode, NULL, NULL,
                      cancellable, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return bmn_sync_run_finish (result, error);
}

static BmnSyncReport *
sync_ok (Desk *desk, BmnSyncMode mode)
{
  g_autoptr (GError) error = NULL;
  BmnSyncReport *report = try_sync (desk, mode, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static gint64
number (Desk *desk, const char *sql)
{
  return read_number (desk->base.folder, sql);
}

#define N_POSTS "SELECT count(*) FROM history_post"
#define N_GONE "SELECT count(*) FROM history_post WHERE gone_at > 0"
#define N_SNAPSHOTS "SELECT count(*) FROM metric_snapshot"

static void
pass (Desk *desk, gint64 duration)
{
  bmn_fake_clock_advance (desk->clock, duration);
  settle (desk);
}

/* All pages once; after that only what is new. */
static void
test_pages (Desk *desk, gconstpointer data)
{
  fake_server_add_many (desk->server, 95, desk->start - 40 * D);
  g_autoptr (BmnSyncReport) first = sync_ok (desk, BMN_SYNC_DUE);
  g_assert_cmpuint (first->n_listed, ==, 95);
  g_assert_cmpuint (first->n_added, ==, 95);
  g_assert_cmpint (first->followers, ==, 42);
  g_assert_cmpuint (desk->server->n_lists, ==, 10);
  g_assert_cmpint (number (desk, N_POSTS), ==, 95);
  g_assert_cmpint (number (desk, "SELECT likes FROM history_post WHERE remote_id = 'p7'"), ==, 7);
  g_assert_cmpint (number (desk, "SELECT followers FROM follower_count WHERE day = '2026-06-01'"),
                   ==, 42);

  /* Nothing is due. */
  g_autoptr (BmnSyncReport) again = sync_ok (desk, BMN_SYNC_DUE);
  g_assert_cmpuint (again->n_listed, ==, 0);
  g_assert_cmpuint (desk->server->n_lists, ==, 10);

  pass (desk, D);
  fake_server_add (desk->server, "new", desk->start + D - H, 1);
  g_autoptr (BmnSyncReport) next = sync_ok (desk, BMN_SYNC_DUE);
  g_assert_cmpuint (next->n_added, ==, 1);
  g_assert_cmpuint (desk->server->n_lists, ==, 12);

  /* Once a month, all of it. */
  pass (desk, 31 * D);
  g_autoptr (BmnSyncReport) whole = sync_ok (desk, BMN_SYNC_DUE);
  g_assert_cmpuint (whole->n_listed, ==, 96);
  g_assert_cmpint (number (desk, N_POSTS), ==, 96);
  g_assert_cmpint (number (desk, "SELECT count(*) FROM follower_count"), ==, 3);
}

/* Stopped after any number of calls, it goes on where it was, and nothing is asked twice. */
static void
test_goes_on (Desk *desk, gconstpointer data)
{
  fake_server_add_many (desk->server, 35, desk->start - 40 * D);
  const gboolean cancels[] = { TRUE, FALSE };
  guint n_stops = 0;
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      desk->server->n_until_error = 1;
      desk->server->cancel_at_error = cancels[i % 2] ? cancellable : NULL;
      g_clear_error (&desk->server->error);
      desk->server->error
          = g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE, "Off");
      g_autoptr (BmnSyncReport) report = try_sync (desk, BMN_SYNC_DUE, cancellable, &error);
      desk->server->n_until_error = -1;
      if (report)
        break;
      n_stops++;
      g_assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                     || g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE));
      pass (desk, H);
    }
  g_assert_cmpuint (n_stops, >=, 3);
  g_assert_cmpint (number (desk, N_POSTS), ==, 35);
  /* Four pages, and one from the top for what came meanwhile. */
  g_assert_cmpuint (desk->server->n_lists, <=, 5);
  g_assert_cmpint (number (desk, "SELECT count(*) FROM sync_state WHERE error IS NULL AND "
                                 "place IS NULL AND tries = 0"),
                   ==, 1);
}

/* Two who ask at once, as in two processes: one after the other, and each post once. */
static void
test_two_at_once (Desk *desk, gconstpointer data)
{
  fake_server_add_many (desk->server, 25, desk->start - 40 * D);
  g_autoptr (BmnPlatform) platform = fake_reader_new (desk->account, desk->server);
  GAsyncResult *results[2] = { NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    bmn_sync_run_async (desk->base.store, BMN_CLOCK (desk->clock), platform, BMN_SYNC_DUE, NULL,
                        NULL, NULL, take_result, &results[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      while (!results[i])
        g_main_context_iteration (NULL, TRUE);
      g_autoptr (GAsyncResult) result = results[i];
      g_autoptr (BmnSyncReport) report = bmn_sync_run_finish (result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->n_listed, ==, i == 0 ? 25 : 0);
    }
  g_assert_cmpint (number (desk, N_POSTS), ==, 25);
}

static void
test_lost_place (Desk *desk, gconstpointer data)
{
  fake_server_add_many (desk->server, 25, desk->start - 40 * D);
  desk->server->forgets_places = TRUE;
  g_autoptr (BmnSyncReport) report = sync_ok (desk, BMN_SYNC_DUE);
  g_assert_cmpint (number (desk, N_POSTS), ==, 25);
}

/* A rate limit holds for all that is asked, also by another process. */
static void
test_rate_limit (Desk *desk, gconstpointer data)
{
  fake_server_add_many (desk->server, 25, desk->start - 40 * D);
  desk->server->n_until_error = 2;
  desk->server->error = bmn_platform_error_new_rate_limited (desk->start + 3 * H, "Later");
  g_autoptr (GError) error = NULL;
  g_assert_null (try_sync (desk, BMN_SYNC_ASKED, NULL, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_RATE_LIMITED);
  guint n_lists = desk->server->n_lists;
  g_autoptr (GError) again = NULL;
  g_assert_null (try_sync (desk, BMN_SYNC_ASKED, NULL, &again));
  g_assert_error (again, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_RATE_LIMITED);
  g_assert_cmpstr (again->message, ==, "Later");
  g_assert_cmpint (bmn_platform_error_get_retry_at (again), >=, desk->start + 3 * H);
  g_assert_cmpuint (desk->server->n_lists, ==, n_lists);
  pass (desk, 4 * H);
  g_autoptr (BmnSyncReport) report = sync_ok (desk, BMN_SYNC_ASKED);
  g_assert_cmpint (number (desk, N_POSTS), ==, 25);
}

/*
 * The syncer, which sleeps until something is due.
 */

static BmnPlatform *
make_platform (const BmnAccount *account, gpointer data, GError **error)
{
  return fake_reader_new (account, ((Desk *)data)->server);
}

static BmnSyncer *
start_syncer (Desk *desk)
{
  BmnSyncer *syncer
      = bmn_syncer_new (desk->base.store, BMN_CLOCK (desk->clock), make_platform, desk);
  bmn_syncer_start (syncer);
  settle (desk);
  return syncer;
}

/* Counts are read at their times after publishing, and only then. */
static void
test_snapshots (Desk *desk, gconstpointer data)
{
  desk->server->lists_counts = FALSE;
  FakePost *post = fake_server_add (desk->server, "p", desk->start, 0);
  g_autoptr (BmnSyncer) syncer = start_syncer (desk);
  const gint64 times[] = { 1 * H, 6 * H, 24 * H, 3 * D, 7 * D, 30 * D };
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      /* In steps, as alarms of the daily list come in between. */
      while (bmn_clock_now (BMN_CLOCK (desk->clock)) + D < desk->start + times[i])
        pass (desk, D);
      pass (desk, desk->start + times[i] - 1 - bmn_clock_now (BMN_CLOCK (desk->clock)));
      g_assert_cmpuint (desk->server->n_counts, ==, i);
      post->likes = 10 * (i + 1);
      pass (desk, 1);
      g_assert_cmpuint (desk->server->n_counts, ==, i + 1);
      g_assert_cmpint (number (desk, N_SNAPSHOTS), ==, i + 1);
      g_assert_cmpint (number (desk, "SELECT max (counted_at) FROM metric_snapshot"), ==,
                       desk->start + times[i]);
      g_assert_cmpint (number (desk, "SELECT likes FROM history_post"), ==, post->likes);
    }
  for (guint i = 0; i < 70; i++)
    pass (desk, D);
  g_assert_cmpuint (desk->server->n_counts, ==, 6);
}

/* Off for five days: one reading, not four. */
static void
test_was_off (Desk *desk, gconstpointer data)
{
  desk->server->lists_counts = FALSE;
  fake_server_add (desk->server, "p", desk->start, 3);
  g_autoptr (BmnSyncer) syncer = start_syncer (desk);
  bmn_fake_clock_suspend (desk->clock, 5 * D);
  settle (desk);
  g_assert_cmpuint (desk->server->n_counts, ==, 1);
  pass (desk, 2 * D);
  g_assert_cmpuint (desk->server->n_counts, ==, 2);
}

static void
test_stopped (Desk *desk, gconstpointer data)
{
  fake_server_add_many (desk->server, 5, desk->start - 40 * D);
  g_autoptr (BmnSyncer) syncer = start_syncer (desk);
  g_assert_cmpuint (desk->server->n_lists, ==, 1);
  bmn_syncer_stop (syncer);
  pass (desk, 5 * D);
  g_assert_cmpuint (desk->server->n_lists, ==, 1);
  bmn_syncer_start (syncer);
  settle (desk);
  g_assert_cmpuint (desk->server->n_lists, ==, 2);
}

/* A server that fails is asked less and less, and heard of. */
static void
on_synced (BmnSyncer *syncer,
           gint64 account_id,
           const BmnSyncReport *report,
           const GError *error,
           guint *n_errors)
{
  *n_errors += error != NULL;
}

static void
test_trouble (Desk *desk, gconstpointer data)
{
  guint n_errors = 0;
  desk->server->n_until_error = 0;
  desk->server->error
      = g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED, "Sign in");
  g_autoptr (BmnSyncer) syncer
      = bmn_syncer_new (desk->base.store, BMN_CLOCK (desk->clock), make_platform, desk);
  g_signal_connect (syncer, "synced", G_CALLBACK (on_synced), &n_errors);
  bmn_syncer_start (syncer);
  settle (desk);
  g_assert_cmpuint (n_errors, ==, 1);
  pass (desk, 12 * H);
  g_assert_cmpuint (desk->server->n_lists, ==, 0);
  pass (desk, 12 * H);
  g_assert_cmpuint (n_errors, ==, 1);
  g_assert_cmpuint (desk->server->n_lists, ==, 1);
}

/*
 * What is not there.
 */

/* Noticed by a list and by a count, marked, kept, and not learnt again. */
static void
test_deleted (Desk *desk, gconstpointer data)
{
  fake_server_add_many (desk->server, 25, desk->start - 2 * H);
  g_autoptr (BmnSyncReport) first = sync_ok (desk, BMN_SYNC_ASKED);
  pass (desk, 12 * H);
  ((FakePost *)desk->server->posts->pdata[20])->deleted = TRUE;
  ((FakePost *)desk->server->posts->pdata[3])->deleted = TRUE;
  g_autoptr (BmnSyncReport) second = sync_ok (desk, BMN_SYNC_ASKED);
  g_assert_cmpuint (second->n_gone, ==, 2);
  g_assert_cmpint (number (desk, N_GONE), ==, 2);
  g_assert_cmpint (number (desk, N_POSTS), ==, 25);
  guint n_counts = desk->server->n_counts;
  pass (desk, 12 * H);
  g_autoptr (BmnSyncReport) third = sync_ok (desk, BMN_SYNC_ASKED);
  g_assert_cmpuint (third->n_gone, ==, 0);
  g_assert_cmpuint (third->n_added, ==, 0);
  g_assert_cmpint (desk->server->n_counts, ==, n_counts);
  /* It was hidden only. */
  ((FakePost *)desk->server->posts->pdata[3])->deleted = FALSE;
  g_autoptr (BmnSyncReport) fourth = sync_ok (desk, BMN_SYNC_ASKED);
  g_assert_cmpint (number (desk, N_GONE), ==, 1);
}

/* Where single posts are not told of, the list decides, and counts stay unknown. */
static void
test_no_counts (Desk *desk, gconstpointer data)
{
  desk->server->lists_counts = FALSE;
  desk->server->refuses_counts = TRUE;
  desk->server->followers = BMN_COUNT_UNKNOWN;
  fake_server_add_many (desk->server, 5, desk->start - 2 * H);
  g_autoptr (BmnSyncReport) first = sync_ok (desk, BMN_SYNC_ASKED);
  g_assert_cmpstr (first->lack, ==, "There are no counts here.");
  g_assert_cmpint (first->followers, ==, BMN_COUNT_UNKNOWN);
  g_assert_cmpint (number (desk, "SELECT count(*) FROM history_post WHERE likes IS NOT NULL"), ==,
                   0);
  g_assert_cmpint (number (desk, N_SNAPSHOTS), ==, 0);
  g_assert_cmpint (number (desk, "SELECT count(*) FROM follower_count"), ==, 0);
  pass (desk, 2 * D);
  ((FakePost *)desk->server->posts->pdata[2])->deleted = TRUE;
  g_autoptr (BmnSyncReport) second = sync_ok (desk, BMN_SYNC_DUE);
  g_assert_null (second->lack);
  g_assert_cmpint (number (desk, N_GONE), ==, 1);
}

static void
test_no_reader (Desk *desk, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnFakeServer) server = bmn_fake_server_new (BMN_IDEMPOTENCY_NONE);
  g_autoptr (BmnPlatform) platform = bmn_fake_platform_new (desk->account, NULL, NULL, server);
  bmn_sync_run_async (desk->base.store, BMN_CLOCK (desk->clock), platform, BMN_SYNC_ASKED, NULL,
                      NULL, NULL, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (bmn_sync_run_finish (result, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

#define desk_add(path, test) g_test_add (path, Desk, NULL, desk_set_up, test, desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_add ("/history/sync/pages", test_pages);
  desk_add ("/history/sync/goes-on", test_goes_on);
  desk_add ("/history/sync/two-at-once", test_two_at_once);
  desk_add ("/history/sync/lost-place", test_lost_place);
  desk_add ("/history/sync/rate-limit", test_rate_limit);
  desk_add ("/history/sync/snapshots", test_snapshots);
  desk_add ("/history/sync/was-off", test_was_off);
  desk_add ("/history/sync/stopped", test_stopped);
  desk_add ("/history/sync/trouble", test_trouble);
  desk_add ("/history/sync/deleted", test_deleted);
  desk_add ("/history/sync/no-counts", test_no_counts);
  desk_add ("/history/sync/no-reader", test_no_reader);
  return g_test_run ();
}
