#include "bmn-sync-plan.h"

#include "bmn-retry.h"

#define RETRY_AFTER_GIVING_UP G_TIME_SPAN_DAY
/* The keyring is locked, or the disk is full: nothing that a platform said. */
#define RETRY_AFTER_OWN_TROUBLE (15 * G_TIME_SPAN_MINUTE)

gint64
bmn_sync_plan_next_at (const BmnSyncState *state, gint64 next_count_at)
{
  gint64 at = MIN (state->ended_at, state->followers_at) + BMN_SYNC_LIST_EVERY;
  if (state->place)
    at = state->begun_at;
  if (next_count_at > 0)
    at = MIN (at, MAX (next_count_at, state->no_counts_until));
  return MAX (at, state->retry_at);
}

void
bmn_sync_plan_note_error (BmnSyncState *state, const GError *error, gint64 now, double random)
{
  gboolean theirs = error->domain == BMN_PLATFORM_ERROR;
  state->tries++;
  g_free (state->error);
  state->error = g_strdup (error->message);
  g_free (state->error_kind);
  state->error_kind = theirs ? g_strdup (bmn_platform_error_to_nick (error->code)) : NULL;
  if (!theirs)
    {
      state->retry_at = now + RETRY_AFTER_OWN_TROUBLE;
      return;
    }
  BmnRetryDecision decision = bmn_retry_decide (
      error->code, bmn_platform_error_get_retry_at (error), state->tries, now, random);
  state->retry_at = decision.action == BMN_RETRY_AGAIN ? decision.at : now + RETRY_AFTER_GIVING_UP;
}

void
bmn_sync_plan_note_success (BmnSyncState *state)
{
  state->tries = 0;
  state->retry_at = 0;
  g_clear_pointer (&state->error, g_free);
  g_clear_pointer (&state->error_kind, g_free);
}
