#include "bmn-missed.h"
#include "bmn-platform-error.h"

#define MINUTE (60 * (gint64)G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* All times are relative to a due time. */
#define DUE (G_GINT64_CONSTANT (20000) * DAY)
#define NEVER G_MININT64

typedef struct
{
  const char *what;
  BmnMissedPolicy policy;
  gint64 grace;          /* minutes */
  gint64 min_gap;        /* minutes */
  gint64 last_published; /* after DUE, or NEVER */
  gint64 now;            /* after DUE */
  BmnMissedAction action;
  gint64 at; /* after DUE, for %BMN_MISSED_WAIT_UNTIL */
} MissedCase;

static const MissedCase cases[] = {
  { "early", BMN_MISSED_HOLD, 15, 0, NEVER, -1, BMN_MISSED_WAIT_UNTIL, 0 },
  { "on time", BMN_MISSED_HOLD, 15, 0, NEVER, 0, BMN_MISSED_PUBLISH_NOW },
  { "last moment of grace", BMN_MISSED_HOLD, 15, 0, NEVER, 15 * MINUTE, BMN_MISSED_PUBLISH_NOW },
  { "missed, hold", BMN_MISSED_HOLD, 15, 0, NEVER, 15 * MINUTE + 1, BMN_MISSED_HOLD_BACK },
  { "missed, next slot", BMN_MISSED_NEXT_SLOT, 15, 0, NEVER, DAY, BMN_MISSED_MOVE_TO_SLOT },
  { "missed, publish", BMN_MISSED_PUBLISH, 15, 0, NEVER, DAY, BMN_MISSED_PUBLISH_NOW },
  { "no grace, on time", BMN_MISSED_HOLD, 0, 0, NEVER, 0, BMN_MISSED_PUBLISH_NOW },
  { "no grace, late", BMN_MISSED_HOLD, 0, 0, NEVER, 1, BMN_MISSED_HOLD_BACK },

  { "gap is over", BMN_MISSED_HOLD, 15, 30, -30 * MINUTE, 0, BMN_MISSED_PUBLISH_NOW },
  { "gap is not over", BMN_MISSED_HOLD, 15, 30, -29 * MINUTE, 0, BMN_MISSED_WAIT_UNTIL, MINUTE },
  { "early, gap ends before", BMN_MISSED_HOLD, 15, 30, -2 * HOUR, -HOUR, BMN_MISSED_WAIT_UNTIL, 0 },
  { "early, gap ends after", BMN_MISSED_HOLD, 15, 90, -65 * MINUTE, -HOUR, BMN_MISSED_WAIT_UNTIL,
    25 * MINUTE },
  { "only waited for the gap", BMN_MISSED_HOLD, 15, 60, 0, HOUR, BMN_MISSED_PUBLISH_NOW },
  { "missed after the gap", BMN_MISSED_HOLD, 15, 60, 0, HOUR + 16 * MINUTE, BMN_MISSED_HOLD_BACK },
  { "late ones keep the gap", BMN_MISSED_PUBLISH, 15, 10, DAY, DAY + MINUTE, BMN_MISSED_WAIT_UNTIL,
    DAY + 10 * MINUTE },

  { "server's clock a little ahead", BMN_MISSED_HOLD, 15, 10, MINUTE, 0, BMN_MISSED_WAIT_UNTIL,
    11 * MINUTE },
  { "clock was set back by a year", BMN_MISSED_HOLD, 15, 10, 365 * DAY, 0, BMN_MISSED_PUBLISH_NOW },
  { "clock was set ahead by a year", BMN_MISSED_HOLD, 15, 10, -HOUR, 365 * DAY,
    BMN_MISSED_HOLD_BACK },
};

static void
test_decide (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MissedCase *c = &cases[i];
      g_test_message ("%s", c->what);
      g_autoptr (BmnAccount) account = bmn_account_new ("website", "Shop");
      account->missed_policy = c->policy;
      account->grace = c->grace * 60;
      account->min_gap = c->min_gap * 60;
      gint64 last = c->last_published == NEVER ? 0 : DUE + c->last_published;
      BmnMissedDecision decision = bmn_missed_decide (account, DUE, last, DUE + c->now);
      g_assert_cmpint (decision.action, ==, c->action);
      g_assert_cmpint (decision.at, ==, c->action == BMN_MISSED_WAIT_UNTIL ? DUE + c->at : 0);
    }
}

/* Five posts were missed together; however often we look, none follows another too soon. */
static void
test_no_burst (void)
{
  g_autoptr (BmnAccount) account = bmn_account_new ("website", "Shop");
  account->missed_policy = BMN_MISSED_PUBLISH;
  account->min_gap = 20 * 60;
  gint64 now = DUE + DAY;
  gint64 last = 0;
  for (int post = 0; post < 5; post++)
    {
      gint64 due = DUE + post * MINUTE;
      BmnMissedDecision decision = bmn_missed_decide (account, due, last, now);
      if (post > 0)
        {
          g_assert_cmpint (decision.action, ==, BMN_MISSED_WAIT_UNTIL);
          g_assert_cmpint (decision.at, ==, last + 20 * MINUTE);
          now = decision.at;
          decision = bmn_missed_decide (account, decision.at, last, now);
        }
      g_assert_cmpint (decision.action, ==, BMN_MISSED_PUBLISH_NOW);
      last = now;
    }
}

static void
test_planned_at (void)
{
  g_autoptr (BmnTarget) target = bmn_target_new (1);
  target->due_at = DUE;
  target->next_try_at = DUE;
  g_assert_cmpint (bmn_missed_planned_at (target), ==, DUE);

  /* A gap or a failing server moved it: this computer is not to blame. */
  target->next_try_at = DUE + HOUR;
  g_assert_cmpint (bmn_missed_planned_at (target), ==, DUE + HOUR);
  target->error_kind = g_strdup (bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_SERVER));
  g_assert_cmpint (bmn_missed_planned_at (target), ==, DUE + HOUR);

  g_free (target->error_kind);
  target->error_kind = g_strdup (bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_OFFLINE));
  g_assert_cmpint (bmn_missed_planned_at (target), ==, DUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/missed/decide", test_decide);
  g_test_add_func ("/schedule/missed/no-burst", test_no_burst);
  g_test_add_func ("/schedule/missed/planned-at", test_planned_at);
  return g_test_run ();
}
