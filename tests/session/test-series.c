#include "bench.h"

#define DAY (24 * 3600)

static const BmnWhen tomorrow = { .kind = BMN_WHEN_IN, .delay = DAY };
static const BmnWhen now = { .kind = BMN_WHEN_NOW };

/* Changes the text of a post, and its rule where @recurrence is given. */
static void
edit (Bench *bench, gint64 id, const char *text, const char *recurrence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, id, &error);
  g_auto (GStrv) warnings = NULL;
  g_assert_no_error (error);
  g_ptr_array_set_size (view->post->parts, 0);
  g_ptr_array_add (view->post->parts, bmn_part_new (text));
  if (recurrence)
    {
      g_free (view->post->recurrence);
      view->post->recurrence = g_strdup (recurrence);
    }
  bmn_session_update_post (bench->session, view->post, NULL, &warnings, &error);
  g_assert_no_error (error);
}

/* Returns: the only planned post */
static gint64
get_planned (Bench *bench)
{
  g_autoptr (GPtrArray) views
      = bmn_session_list_posts (bench->session, 1u << BMN_TARGET_SCHEDULED, 0, NULL);
  g_assert_cmpuint (views->len, ==, 1);
  return ((BmnPostView *)views->pdata[0])->post->id;
}

static void
assert_planned_at (Bench *bench, const char *local_time)
{
  g_autoptr (BmnTarget) target = bench_get_target (bench, get_planned (bench));
  g_assert_cmpstr (target->local_time, ==, local_time);
}

static void
test_extends (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  gint64 pattern = bench_add (bench, account, &tomorrow, "Daily", "FREQ=DAILY");
  g_assert_cmpint (get_planned (bench), ==, pattern);
  bench_pass (bench, DAY);
  bench_publish (bench);
  g_assert_cmpint (get_planned (bench), !=, pattern);
  assert_planned_at (bench, "2026-06-03T12:00:00");
  /* Once more changes nothing. */
  bench_publish (bench);
  g_assert_cmpuint (bench_count (bench, BMN_TARGET_SCHEDULED), ==, 1);
}

/* Dates that passed while the computer was off are not made up for. */
static void
test_missed_dates (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  (void)bench_add (bench, account, &now, "Daily", "FREQ=DAILY");
  bench_publish (bench);
  assert_planned_at (bench, "2026-06-02T12:00:00");
  bench_pass (bench, 10 * DAY + 3600);
  bench_publish (bench);
  g_assert_cmpuint (bench_count (bench, BMN_TARGET_HELD), ==, 1);
  g_assert_cmpuint (bench->server->posts->len, ==, 1);
  assert_planned_at (bench, "2026-06-12T12:00:00");
}

static void
test_count_ends_it (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  (void)bench_add (bench, account, &now, "Twice", "FREQ=DAILY;COUNT=2");
  for (guint i = 0; i < 4; i++)
    {
      bench_publish (bench);
      bench_pass (bench, DAY);
    }
  g_assert_cmpuint (bench->server->posts->len, ==, 2);
}

static void
test_pattern_is_followed (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  gint64 pattern = bench_add (bench, account, &now, "Daly", "FREQ=DAILY");
  bench_publish (bench);
  gint64 repetition = get_planned (bench);
  edit (bench, pattern, "Daily", NULL);
  g_assert_cmpint (get_planned (bench), ==, repetition);
  g_autofree char *text = bench_get_text (bench, repetition);
  g_assert_cmpstr (text, ==, "Daily");
  /* A new rule plans it anew; what is out stays. */
  edit (bench, pattern, "Weekly", "FREQ=WEEKLY");
  assert_planned_at (bench, "2026-06-08T12:00:00");
  g_autofree char *weekly = bench_get_text (bench, get_planned (bench));
  g_assert_cmpstr (weekly, ==, "Weekly");
  bench_assert_state (bench, pattern, BMN_TARGET_PUBLISHED);
}

static void
test_deleted_date_is_skipped (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  (void)bench_add (bench, account, &now, "Daily", "FREQ=DAILY");
  bench_publish (bench);
  g_autoptr (GError) error = NULL;
  bench_try_delete (bench, get_planned (bench), FALSE, &error);
  g_assert_no_error (error);
  assert_planned_at (bench, "2026-06-03T12:00:00");
  bench_publish (bench);
  assert_planned_at (bench, "2026-06-03T12:00:00");
}

static void
test_cancelled_date_ends_it (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  (void)bench_add (bench, account, &now, "Daily", "FREQ=DAILY");
  bench_publish (bench);
  g_assert_true (bmn_session_cancel_post (bench->session, get_planned (bench), NULL));
  bench_publish (bench);
  g_assert_cmpuint (bench_count (bench, BMN_TARGET_SCHEDULED), ==, 0);
}

/* A pattern that had to be retried goes on from the time it was planned for. */
static void
test_retried_pattern_goes_on (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  gint64 pattern = bench_add (bench, account, &now, "Daily", "FREQ=DAILY");
  bmn_fake_server_refuse (bench->server, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  bench_publish (bench);
  bench_assert_state (bench, pattern, BMN_TARGET_FAILED);
  bench_pass (bench, 7200);
  g_assert_true (bmn_session_retry_post (bench->session, pattern, BMN_RETRY_LOOK, NULL));
  bench_publish (bench);
  bench_assert_state (bench, pattern, BMN_TARGET_PUBLISHED);
  assert_planned_at (bench, "2026-06-02T12:00:00");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/series/extends", test_extends);
  g_test_add_func ("/session/series/missed-dates", test_missed_dates);
  g_test_add_func ("/session/series/count", test_count_ends_it);
  g_test_add_func ("/session/series/pattern-is-followed", test_pattern_is_followed);
  g_test_add_func ("/session/series/deleted-date", test_deleted_date_is_skipped);
  g_test_add_func ("/session/series/cancelled-date", test_cancelled_date_ends_it);
  g_test_add_func ("/session/series/retried-pattern", test_retried_pattern_goes_on);
  return g_test_run ();
}
