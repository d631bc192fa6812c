#include "bmn-sync-plan.h"

#include "bmn-error.h"
#include "bmn-platform-error.h"

#define NOW G_GINT64_CONSTANT (1780000000000000)
#define H G_TIME_SPAN_HOUR
#define D G_TIME_SPAN_DAY

static void
test_next_at (void)
{
  const struct
  {
    const char *what;
    gboolean under_way;
    gint64 ended_at;
    gint64 followers_at;
    gint64 no_counts_until;
    gint64 retry_at;
    gint64 next_count_at;
    gint64 expected; /* 0: is past */
  } cases[] = {
    { "never read", FALSE, 0, 0, 0, 0, 0, 0 },
    { "read just now", FALSE, NOW, NOW, 0, 0, 0, NOW + D },
    { "a count before that", FALSE, NOW, NOW, 0, 0, NOW + H, NOW + H },
    { "a count after that", FALSE, NOW, NOW, 0, 0, NOW + 3 * D, NOW + D },
    { "a count that is refused", FALSE, NOW, NOW, NOW + 7 * D, 0, NOW + H, NOW + D },
    { "a list under way", TRUE, NOW, NOW, 0, 0, 0, 0 },
    { "a list under way, put off", TRUE, NOW, NOW, 0, NOW + H, 0, NOW + H },
    { "never read, put off", FALSE, 0, 0, 0, NOW + H, 0, NOW + H },
    { "followers first", FALSE, NOW, NOW - H, 0, 0, 0, NOW + 23 * H },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnSyncState) state = bmn_sync_state_new (1);
      state->place = g_strdup (cases[i].under_way ? "x" : NULL);
      state->begun_at = NOW - 1;
      state->ended_at = cases[i].ended_at;
      state->followers_at = cases[i].followers_at;
      state->no_counts_until = cases[i].no_counts_until;
      state->retry_at = cases[i].retry_at;
      gint64 at = bmn_sync_plan_next_at (state, cases[i].next_count_at);
      g_test_message ("%s", cases[i].what);
      if (cases[i].expected == 0)
        g_assert_cmpint (at, <, NOW);
      else
        g_assert_cmpint (at, ==, cases[i].expected);
    }
}

static gint64
note (BmnSyncState *state, GError *error)
{
  g_autoptr (GError) owned = error;
  bmn_sync_plan_note_error (state, owned, NOW, 0.5);
  g_assert_cmpstr (state->error, ==, "No");
  return state->retry_at - NOW;
}

static void
test_errors (void)
{
  g_autoptr (BmnSyncState) state = bmn_sync_state_new (1);
  g_assert_cmpint (note (state, bmn_platform_error_new_rate_limited (NOW + H, "No")), >=, H);
  g_assert_cmpstr (state->error_kind, ==, "rate-limited");
  g_assert_cmpint (state->tries, ==, 1);
  bmn_sync_plan_note_success (state);
  g_assert_cmpint (state->retry_at, ==, 0);
  g_assert_null (state->error);
  g_assert_null (state->error_kind);
  gint64 first
      = note (state, g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE, "No"));
  gint64 then
      = note (state, g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE, "No"));
  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (then, >, first);
  g_assert_cmpint (
      note (state, g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED, "No")),
      ==, D);
  g_assert_cmpint (note (state, g_error_new_literal (BMN_ERROR, BMN_ERROR_LOCKED, "No")), ==,
                   15 * G_TIME_SPAN_MINUTE);
  g_assert_null (state->error_kind);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/sync-plan/next-at", test_next_at);
  g_test_add_func ("/history/sync-plan/errors", test_errors);
  return g_test_run ();
}
