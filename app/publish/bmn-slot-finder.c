#include "bmn-slot-finder.h"

#include "bmn-slots.h"
#include "bmn-targets.h"

/* What takes a place: all that is planned or out from a little before @after on. */
static GArray *
list_taken (BmnTransaction *tx,
            const BmnAccount *account,
            gint64 after,
            gint64 except_target,
            GError **error)
{
  const BmnTargetFilter filter = {
    .account_id = account->id,
    .states = 1 << BMN_TARGET_SCHEDULED | 1 << BMN_TARGET_PUBLISHING | 1 << BMN_TARGET_PUBLISHED
              | 1 << BMN_TARGET_UNKNOWN,
    .due_from = after - MAX (account->min_gap, 60) * G_USEC_PER_SEC,
  };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return NULL;
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      if (target->id != except_target)
        g_array_append_val (taken, target->due_at);
    }
  return taken;
}

gboolean
bmn_slot_finder_next (BmnTransaction *tx,
                      const BmnAccount *account,
                      gint64 after,
                      gint64 except_target,
                      BmnSlotTime *place,
                      GError **error)
{
  g_autoptr (GPtrArray) slots = bmn_slots_list (tx, account->id, error);
  if (!slots)
    return FALSE;
  g_autoptr (GArray) taken = list_taken (tx, account, after, except_target, error);
  if (!taken)
    return FALSE;
  return bmn_slots_next_free (slots, account->zone, after, taken, account->min_gap, place, error);
}
