#pragma once

#include "bmn-agenda-item.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* BmnPlanEntry: what stands at one moment of the plan: a post, or a free slot. */

#define BMN_TYPE_PLAN_ENTRY (bmn_plan_entry_get_type ())
G_DECLARE_FINAL_TYPE (BmnPlanEntry, bmn_plan_entry, BMN, PLAN_ENTRY, GObject)

/* @item: (transfer full): */
BmnPlanEntry *bmn_plan_entry_new (BmnAgendaItem *item) G_GNUC_WARN_UNUSED_RESULT;
BmnPlanEntry *bmn_plan_entry_new_free (gint64 account_id, gint64 at) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (nullable) (transfer none): the post; %NULL for a free slot */
const BmnAgendaItem *bmn_plan_entry_get_item (BmnPlanEntry *self);
/* Returns: µs since the epoch; 0 for a draft */
gint64 bmn_plan_entry_get_at (BmnPlanEntry *self);
/* Returns: whose free slot it is, or the first account of the post; 0 for none */
gint64 bmn_plan_entry_get_account_id (BmnPlanEntry *self);
/* Returns: (transfer full) (nullable): the moment on this computer's clock */
GDateTime *bmn_plan_entry_get_time (BmnPlanEntry *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean bmn_plan_entry_equal (BmnPlanEntry *a, BmnPlanEntry *b);
/* Returns: whether both are the same free slot, or the same post at the same moment; of any
 * moments where @any_time */
gboolean bmn_plan_entry_is_same (BmnPlanEntry *a, BmnPlanEntry *b, gboolean any_time);
/* Returns: below, equal to or above 0; by time, what has none last */
int bmn_plan_entry_compare (BmnPlanEntry *a, BmnPlanEntry *b);
/* Returns: (transfer full): all of it in words, for those who do not see it */
char *bmn_plan_entry_to_sentence (BmnPlanEntry *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
