#include "bench.h"

static const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 7200, .hand_over = TRUE };
static const BmnWhen much_later = { .kind = BMN_WHEN_IN, .delay = 14400 };

static Bench *
bench_new_with_schedules (void)
{
  Bench *bench = bench_new ();
  bench->server->caps.can_schedule = TRUE;
  bench->server->caps.schedule_ahead = 300;
  return bench;
}

static BmnGoesOut
get_goes_out (Bench *bench, gint64 post)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, post, &error);
  g_assert_no_error (error);
  BmnGoesOut goes_out = bmn_target_view_get_goes_out (view->targets->pdata[0], view->post);
  g_assert_cmpint (bmn_goes_out_get_label (goes_out) == NULL, ==, goes_out == BMN_GOES_OUT_NOT);
  return goes_out;
}

static gboolean
choose (Bench *bench, gint64 post, gboolean hand_over, GError **error)
{
  g_auto (GStrv) warnings = NULL;
  return bmn_session_set_hand_over (bench->session, post, 0, hand_over, &warnings, error);
}

static void
test_what_the_user_is_told (void)
{
  g_autoptr (Bench) bench = bench_new_with_schedules ();
  g_autoptr (GError) error = NULL;
  gint64 post = bench_add (bench, bench_add_account (bench, "@one"), &later, "Hello", NULL);
  g_assert_cmpint (get_goes_out (bench, post), ==, BMN_GOES_OUT_HANDING_OVER);
  bench_publish (bench);
  g_assert_cmpint (get_goes_out (bench, post), ==, BMN_GOES_OUT_FROM_SERVER);
  g_assert_true (choose (bench, post, FALSE, &error));
  g_assert_cmpint (get_goes_out (bench, post), ==, BMN_GOES_OUT_TAKING_BACK);
  g_assert_false (choose (bench, post, FALSE, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  bench_publish (bench);
  g_assert_cmpint (get_goes_out (bench, post), ==, BMN_GOES_OUT_FROM_HERE);
  g_assert_cmpuint (bench->server->held->len, ==, 0);
  g_assert_true (choose (bench, post, TRUE, &error));
  bench_publish (bench);
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, post, &error);
  g_auto (GStrv) warnings = NULL;
  g_assert_true (
      bmn_session_update_post (bench->session, view->post, &much_later, &warnings, &error));
  g_assert_cmpint (get_goes_out (bench, post), ==, BMN_GOES_OUT_CHANGING);
  /* Nothing that a server would still publish vanishes here. */
  g_assert_false (bench_try_delete (bench, post, FALSE, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  bench_publish (bench);
  g_assert_cmpint (get_goes_out (bench, post), ==, BMN_GOES_OUT_FROM_SERVER);
  g_assert_cmpuint (bench->server->held->len, ==, 1);
  g_assert_true (bmn_session_cancel_post (bench->session, post, &error));
  g_assert_cmpint (get_goes_out (bench, post), ==, BMN_GOES_OUT_TAKING_BACK);
  bench_publish (bench);
  g_assert_cmpint (get_goes_out (bench, post), ==, BMN_GOES_OUT_NOT);
  g_assert_true (bench_try_delete (bench, post, FALSE, &error));
  g_assert_cmpuint (bench->server->held->len, ==, 0);
}

static void
test_refused_at_save (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "@one");
  gint64 post = bench_add (bench, account, &much_later, "Hello", NULL);
  g_assert_false (choose (bench, post, TRUE, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_clear_error (&error);
  bench->server->caps.can_schedule = TRUE;
  g_assert_true (choose (bench, post, TRUE, &error));
  gint64 thread = bench_add_thread (bench, account);
  g_assert_false (choose (bench, thread, TRUE, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

/* Each date of a series is handed over in its turn; what is no date any more is taken back. */
static void
test_series (void)
{
  g_autoptr (Bench) bench = bench_new_with_schedules ();
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "@one");
  gint64 pattern = bench_add (bench, account, &later, "Again", "FREQ=DAILY");
  bench_publish (bench);
  g_assert_cmpuint (bench->server->held->len, ==, 1);
  bench_pass (bench, 7200);
  bench_pass (bench, 10);
  bench_publish (bench);
  bench_publish (bench);
  g_assert_cmpuint (bench->server->posts->len, ==, 1);
  g_assert_cmpuint (bench->server->held->len, ==, 1);
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, pattern, &error);
  g_free (view->post->recurrence);
  view->post->recurrence = g_strdup ("FREQ=WEEKLY");
  g_auto (GStrv) warnings = NULL;
  g_assert_true (bmn_session_update_post (bench->session, view->post, NULL, &warnings, &error));
  g_assert_no_error (error);
  bench_publish (bench);
  bench_publish (bench);
  g_assert_cmpuint (bench->server->held->len, ==, 1);
  g_assert_cmpuint (bench_count (bench, BMN_TARGET_CANCELLED), ==, 1);
  const BmnFakePost *held = bench->server->held->pdata[0];
  g_assert_cmpint (held->at - bmn_session_now (bench->session), >, 6 * G_TIME_SPAN_DAY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/hand-over/what-the-user-is-told", test_what_the_user_is_told);
  g_test_add_func ("/session/hand-over/refused-at-save", test_refused_at_save);
  g_test_add_func ("/session/hand-over/series", test_series);
  return g_test_run ();
}
