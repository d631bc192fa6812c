#include "bmn-missed.h"
#include "bmn-platform-error.h"

gint64
bmn_missed_planned_at (const BmnTarget *target)
{
  gboolean offline
      = g_strcmp0 (target->error_kind, bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_OFFLINE))
        == 0;
  return offline ? target->due_at : MAX (target->due_at, target->next_try_at);
}

/* The latest post counts only if the clock that dated it is the one of @now. */
static gint64
get_gap_end (const BmnAccount *account, gint64 last_published_at, gint64 now)
{
  if (last_published_at == 0 || last_published_at > now + BMN_MISSED_MAX_SKEW)
    return G_MININT64;
  return last_published_at + account->min_gap * G_USEC_PER_SEC;
}

static BmnMissedAction
decide_missed (BmnMissedPolicy policy)
{
  switch (policy)
    {
    case BMN_MISSED_PUBLISH:
      return BMN_MISSED_PUBLISH_NOW;
    case BMN_MISSED_NEXT_SLOT:
      return BMN_MISSED_MOVE_TO_SLOT;
    case BMN_MISSED_HOLD:
    default:
      return BMN_MISSED_HOLD_BACK;
    }
}

BmnMissedDecision
bmn_missed_decide (const BmnAccount *account,
                   gint64 planned_at,
                   gint64 last_published_at,
                   gint64 now)
{
  gint64 earliest = MAX (planned_at, get_gap_end (account, last_published_at, now));
  if (now < earliest)
    return (BmnMissedDecision){ BMN_MISSED_WAIT_UNTIL, earliest };
  if (now - earliest <= account->grace * G_USEC_PER_SEC)
    return (BmnMissedDecision){ BMN_MISSED_PUBLISH_NOW, 0 };
  return (BmnMissedDecision){ decide_missed (account->missed_policy), 0 };
}
