#pragma once

#include "bmn-account.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/**
 * BmnMissedAction:
 * @BMN_MISSED_PUBLISH_NOW: it is time
 * @BMN_MISSED_WAIT_UNTIL: not yet; look again at @at
 * @BMN_MISSED_HOLD_BACK: missed; ask the user
 * @BMN_MISSED_MOVE_TO_SLOT: missed; give it the account's next free slot, or ask the user
 *   where there is none
 */
typedef enum
{
  BMN_MISSED_PUBLISH_NOW,
  BMN_MISSED_WAIT_UNTIL,
  BMN_MISSED_HOLD_BACK,
  BMN_MISSED_MOVE_TO_SLOT,
} BmnMissedAction;

/**
 * BmnMissedDecision:
 * @action: what to do
 * @at: µs since the epoch for %BMN_MISSED_WAIT_UNTIL, else 0
 */
typedef struct
{
  BmnMissedAction action;
  gint64 at;
} BmnMissedDecision;

/* A last post dated further ahead than this comes from before the clock was set back. */
#define BMN_MISSED_MAX_SKEW (5 * 60 * G_USEC_PER_SEC)

/**
 * bmn_missed_planned_at:
 *
 * When the target should have gone out had this computer been on and online: its next try
 * where a gap or the server's trouble moved it there, but its due time where only this
 * computer being offline did.
 *
 * Returns: µs since the epoch
 */
gint64 bmn_missed_planned_at (const BmnTarget *target);

/**
 * bmn_missed_decide:
 * @account: its policy, grace and least gap count, and whether it is paused does not
 * @planned_at: µs, from bmn_missed_planned_at()
 * @last_published_at: µs on this computer's clock when the account's latest post went out,
 *   0 for never; what lies more than %BMN_MISSED_MAX_SKEW ahead of @now is ignored
 * @now: µs
 *
 * To be asked before each try, of one target at a time per account, the earliest first, and
 * again for the next with the new @last_published_at: then posts that were missed together
 * never go out in a burst. In this order:
 *
 * 1. The earliest moment is the later of @planned_at and @last_published_at + least gap.
 * 2. Before it: wait until then. The caller keeps that as the target's next try.
 * 3. Up to the grace after it (inclusive): publish now.
 * 4. Later, by the account's policy: hold back, move to a slot, or publish now.
 *
 * The gap is thus kept by late posts too, and a post that only waited for the gap does not
 * count as missed. Pure; any thread.
 */
BmnMissedDecision bmn_missed_decide (const BmnAccount *account,
                                     gint64 planned_at,
                                     gint64 last_published_at,
                                     gint64 now);

G_END_DECLS
