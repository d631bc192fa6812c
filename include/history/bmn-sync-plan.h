#pragma once

#include "bmn-sync-states.h"

G_BEGIN_DECLS

/* When an account is to be read. Pure; any thread. */

/* A list from the newest post to what is known, and the followers. */
#define BMN_SYNC_LIST_EVERY G_TIME_SPAN_DAY
/* A list of everything that the platform has. */
#define BMN_SYNC_COMPLETE_EVERY (30 * G_TIME_SPAN_DAY)
/* Whether a platform that refused to tell counts tells them by now. */
#define BMN_SYNC_COUNTS_AGAIN_AFTER (7 * G_TIME_SPAN_DAY)

/**
 * bmn_sync_plan_next_at:
 * @next_count_at: from bmn_history_next_count_at()
 *
 * Returns: when the account is to be read next, µs, maybe past
 */
gint64 bmn_sync_plan_next_at (const BmnSyncState *state, gint64 next_count_at);

/**
 * bmn_sync_plan_note_error:
 * @random: 0 to 1, see bmn_retry_decide()
 *
 * Notes in @state that reading failed and when it may be tried again: as bmn_retry_decide() says
 * for what passes by itself, a day later for what does not (a sign-in that ended, a refusal).
 */
void bmn_sync_plan_note_error (BmnSyncState *state, const GError *error, gint64 now, double random);
/* Notes that reading worked. */
void bmn_sync_plan_note_success (BmnSyncState *state);

G_END_DECLS
