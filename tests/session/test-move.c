#include "bench.h"

#include "bmn-session-agenda.h"

static GArray *
list_target_ids (Bench *bench, gint64 post_id)
{
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, post_id, NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < view->targets->len; i++)
    g_array_append_val (ids, ((BmnTargetView *)view->targets->pdata[i])->target->id);
  return ids;
}

static gboolean
move (Bench *bench,
      gint64 post_id,
      const char *wall,
      const char *zone,
      GStrv *warnings,
      GError **error)
{
  g_autoptr (GArray) ids = list_target_ids (bench, post_id);
  g_autoptr (GArray) moves = bmn_target_moves_new ();
  for (guint i = 0; i < ids->len; i++)
    {
      BmnTargetMove move = { .target_id = g_array_index (ids, gint64, i),
                             .to_draft = wall == NULL,
                             .zone = g_strdup (zone) };
      if (wall)
        g_assert_true (bmn_wall_time_parse (wall, &move.wall, NULL));
      g_array_append_val (moves, move);
    }
  return bmn_session_move_targets (bench->session, moves, warnings, error);
}

static void
assert_time (Bench *bench, gint64 post_id, const char *local_time, BmnTargetState state)
{
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, post_id, NULL);
  const BmnTarget *target = ((BmnTargetView *)view->targets->pdata[0])->target;
  g_assert_cmpstr (target->local_time, ==, local_time);
  g_assert_cmpint (target->state, ==, state);
}

static void
test_move (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "shop");
  const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 3600 };
  gint64 post = bench_add (bench, account, &later, "Bread", NULL);
  g_auto (GStrv) warnings = NULL;
  g_assert_true (move (bench, post, "2026-06-03 09:30", NULL, &warnings, &error));
  g_assert_no_error (error);
  assert_time (bench, post, "2026-06-03T09:30:00", BMN_TARGET_SCHEDULED);
  /* The account lives in UTC and stays there, wherever the time was read. */
  g_auto (GStrv) again = NULL;
  g_assert_true (move (bench, post, "2026-06-03 09:30", "Europe/Berlin", &again, &error));
  assert_time (bench, post, "2026-06-03T07:30:00", BMN_TARGET_SCHEDULED);
  g_auto (GStrv) draft = NULL;
  g_assert_true (move (bench, post, NULL, NULL, &draft, &error));
  assert_time (bench, post, NULL, BMN_TARGET_DRAFT);
  g_auto (GStrv) back = NULL;
  g_assert_true (move (bench, post, "2026-06-04 08:00", NULL, &back, &error));
  assert_time (bench, post, "2026-06-04T08:00:00", BMN_TARGET_SCHEDULED);
}

static void
test_gap (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 id = bench_add_account (bench, "shop");
  g_autoptr (BmnAccount) account = bmn_session_get_account (bench->session, id, NULL);
  g_free (account->zone);
  account->zone = g_strdup ("Europe/Berlin");
  g_assert_true (bmn_session_update_account (bench->session, account, NULL));
  const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 3600 };
  gint64 post = bench_add (bench, id, &later, "Bread", NULL);
  g_auto (GStrv) warnings = NULL;
  g_assert_true (move (bench, post, "2027-03-28 02:30", "Europe/Berlin", &warnings, &error));
  g_assert_cmpuint (g_strv_length (warnings), ==, 1);
}

static void
test_refusals (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "shop");
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 7200 };
  gint64 out = bench_add (bench, account, &now, "Bread", NULL);
  gint64 planned = bench_add (bench, account, &later, "Cake", NULL);
  g_assert_true (bmn_session_start_publishing (bench->session, -1, NULL));
  bench_settle (bench);
  g_auto (GStrv) warnings = NULL;
  g_assert_false (move (bench, out, "2026-06-03 09:30", NULL, &warnings, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (move (bench, planned, "2026-05-03 09:30", NULL, &warnings, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  assert_time (bench, planned, "2026-06-01T14:00:00", BMN_TARGET_SCHEDULED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/move/move", test_move);
  g_test_add_func ("/session/move/gap", test_gap);
  g_test_add_func ("/session/move/refusals", test_refusals);
  return g_test_run ();
}
