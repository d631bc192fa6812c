#include "bmn-slot-finder.h"

#include "bmn-slots.h"
#include "bmn-targets.h"

/* What takes a place: all that is planned or out from a little before @after on. */
/* @until: 0 for no end */
static GArray *
list_taken (BmnTransaction *tx,
            const BmnAccount *account,
            gint64 after,
            gint64 until,
            gint64 except_target,
            GError **error)
{
  const gint64 gap = MAX (account->min_gap, 60) * G_USEC_PER_SEC;
  const BmnTargetFilter filter = {
    .account_id = account->id,
    .states = 1 << BMN_TARGET_SCHEDULED | 1 << BMN_TARGET_PUBLISHING | 1 << BMN_TARGET_PUBLISHED
              | 1 << BMN_TARGET_UNKNOWN,
    .due_from = after - gap,
    .due_until = until != 0 ? until + gap : 0,
    .bare = TRUE,
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
  g_autoptr (GArray) taken = list_taken (tx, account, after, 0, except_target, error);
  if (!taken)
    return FALSE;
  return bmn_slots_next_free (slots, account->zone, after, taken, account->min_gap, place, error);
}

/* Whether nothing is planned within the gap of @at, or in its minute. */
static gboolean
is_free (GArray *taken, const BmnAccount *account, gint64 at)
{
  gint64 gap = MAX (account->min_gap, 60) * G_USEC_PER_SEC;
  for (guint i = 0; i < taken->len; i++)
    if (ABS (g_array_index (taken, gint64, i) - at) < gap)
      return FALSE;
  return TRUE;
}

GArray *
bmn_slot_finder_list (
    BmnTransaction *tx, const BmnAccount *account, gint64 from, gint64 until, GError **error)
{
  g_autoptr (GPtrArray) slots = bmn_slots_list (tx, account->id, error);
  g_autoptr (GArray) taken = slots ? list_taken (tx, account, from, until, 0, error) : NULL;
  if (!taken)
    return NULL;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (slots->len == 0)
    {
      for (gint64 at = (from / G_TIME_SPAN_HOUR + 1) * G_TIME_SPAN_HOUR; at < until;
           at += G_TIME_SPAN_HOUR)
        if (is_free (taken, account, at))
          g_array_append_val (times, at);
      return g_steal_pointer (&times);
    }
  g_autoptr (GArray) places
      = bmn_slots_list_free (slots, account->zone, from, until, taken, account->min_gap, error);
  if (!places)
    return NULL;
  for (guint i = 0; i < places->len; i++)
    g_array_append_val (times, g_array_index (places, BmnSlotTime, i).instant);
  return g_steal_pointer (&times);
}
