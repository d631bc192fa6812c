#include "bmn-publish-claim-private.h"

#include "bmn-error.h"
#include "bmn-missed.h"
#include "bmn-slot-finder.h"

#include <glib/gi18n-lib.h>

/* What the policy says of a target that nothing of is out. */
static BmnMissedDecision
decide (const BmnPublishCase *self, const BmnPublishClaim *claim)
{
  const BmnAccount *account = self->account;
  gint64 planned_at = bmn_missed_planned_at (self->target);
  /* The platform's time of a late post may be the planned one, so our own word counts too. */
  gint64 last_out_at = MAX (self->last_published_at, claim->last_out_at);
  BmnMissedDecision decision = bmn_missed_decide (account, planned_at, last_out_at, claim->now);
  gboolean is_late = claim->now - self->target->due_at > account->grace * G_USEC_PER_SEC;
  if (decision.action != BMN_MISSED_PUBLISH_NOW || !is_late)
    return decision;
  g_autoptr (BmnAccount) spaced = bmn_account_copy (account);
  spaced->min_gap = MAX (account->min_gap, BMN_PUBLISH_LATE_GAP);
  return bmn_missed_decide (spaced, planned_at, last_out_at, claim->now);
}

static gboolean
move_to_slot (BmnPublishCase *self, BmnTransaction *tx, gint64 now, GError **error)
{
  BmnSlotTime place;
  g_autoptr (GError) none = NULL;
  if (bmn_slot_finder_next (tx, self->account, now, self->target->id, &place, &none))
    return bmn_publish_case_move (self, tx, &place, error);
  if (!g_error_matches (none, BMN_ERROR, BMN_ERROR_NOT_FOUND)
      && !g_error_matches (none, BMN_ERROR, BMN_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }
  return bmn_publish_case_settle (self, tx, BMN_TARGET_HELD, 0, "missed", none->message, error);
}

static gboolean
follow (BmnPublishCase *self,
        BmnTransaction *tx,
        const BmnPublishClaim *claim,
        BmnMissedDecision decision,
        GError **error)
{
  switch (decision.action)
    {
    case BMN_MISSED_WAIT_UNTIL:
      return bmn_publish_case_settle (self, tx, BMN_TARGET_SCHEDULED, decision.at, NULL, NULL,
                                      error);
    case BMN_MISSED_MOVE_TO_SLOT:
      return move_to_slot (self, tx, claim->now, error);
    case BMN_MISSED_HOLD_BACK:
      return bmn_publish_case_settle (self, tx, BMN_TARGET_HELD, 0, "missed",
                                      _ ("Its time passed while this computer could not publish. "
                                         "Publish it now, give it a new time, or cancel it."),
                                      error);
    case BMN_MISSED_PUBLISH_NOW:
      break;
    }
  return bmn_publish_case_claim (self, tx, claim->fresh_key, claim->caps, error);
}

BmnPublishCase *
bmn_publish_claim (BmnTransaction *tx, BmnPublishClaim *claim, GError **error)
{
  claim->rest_until = 0;
  g_autoptr (BmnPublishCase) self = bmn_publish_case_load (tx, claim->target_id, error);
  if (!self)
    return NULL;
  BmnTargetState state = self->target->state;
  if ((state != BMN_TARGET_SCHEDULED && state != BMN_TARGET_UNKNOWN)
      || self->target->next_try_at == 0 || self->target->next_try_at > claim->now
      || self->account->paused || self->target->remote_schedule_id)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                           _ ("The post was changed meanwhile."));
      return NULL;
    }
  BmnMissedDecision decision = { BMN_MISSED_PUBLISH_NOW, 0 };
  if (state == BMN_TARGET_SCHEDULED && bmn_publish_case_is_untouched (self, claim->caps))
    decision = decide (self, claim);
  if (decision.action == BMN_MISSED_WAIT_UNTIL
      && decision.at > bmn_missed_planned_at (self->target))
    claim->rest_until = decision.at;
  return follow (self, tx, claim, decision, error) ? g_steal_pointer (&self) : NULL;
}
