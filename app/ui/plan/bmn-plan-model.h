#pragma once

#include "bmn-account.h"
#include "bmn-plan-entry.h"
#include "bmn-session-thread.h"
#include "bmn-thumbnails.h"

G_BEGIN_DECLS

/*
 * BmnPlanModel: the posts of a span of time and the free slots between them, by time, as a
 * list of #BmnPlanEntry. Month, week, list and search show such a list. What is asked for comes
 * later; the list changes only where something is another.
 *
 * Properties: `n-scheduled` and `n-needing` (uint): posts of the list that wait for their
 * time, and for the user. `loaded` (boolean): whether the first answer came.
 * Signals: `accounts-changed ()`, `hours-changed ()`: good hours are known; `failed (GError *)`.
 */

#define BMN_TYPE_PLAN_MODEL (bmn_plan_model_get_type ())
G_DECLARE_FINAL_TYPE (BmnPlanModel, bmn_plan_model, BMN, PLAN_MODEL, GObject)

BmnPlanModel *bmn_plan_model_new (BmnSessionThread *session) G_GNUC_WARN_UNUSED_RESULT;

/* @accounts: (element-type BmnAccount): shown are those that were not switched off */
void bmn_plan_model_set_accounts (BmnPlanModel *self, GPtrArray *accounts);
/* Returns: (transfer none) (element-type BmnAccount) */
GPtrArray *bmn_plan_model_get_accounts (BmnPlanModel *self);
/* Returns: (nullable) (transfer none) */
const BmnAccount *bmn_plan_model_find_account (BmnPlanModel *self, gint64 id);
void bmn_plan_model_show_account (BmnPlanModel *self, gint64 id, gboolean shown);
gboolean bmn_plan_model_shows_account (BmnPlanModel *self, gint64 id);

/* µs; the span that is listed */
void bmn_plan_model_set_span (BmnPlanModel *self, gint64 from, gint64 until);
/* Bits (1 << BmnTargetState); 0 for all */
void bmn_plan_model_set_states (BmnPlanModel *self, guint states);
guint bmn_plan_model_get_states (BmnPlanModel *self);
/* @tag: (nullable): */
void bmn_plan_model_set_tag (BmnPlanModel *self, const char *tag);
/* Lists posts of any time that say @words, newest first is not promised; none where empty. */
void bmn_plan_model_set_words (BmnPlanModel *self, const char *words);
void bmn_plan_model_refresh (BmnPlanModel *self);
/* Leaves a post out that the user deleted but may still want back; 0 for none. */
void bmn_plan_model_hide_post (BmnPlanModel *self, gint64 post_id);

/* Returns: (nullable) (transfer none): the entry of a post */
BmnPlanEntry *bmn_plan_model_find_post (BmnPlanModel *self, gint64 post_id);
/* Returns: how good an hour of the week is: 0 (nothing known) to 3 */
int bmn_plan_model_rate_hour (BmnPlanModel *self, int hour_of_week);
/* Returns: how good a weekday is, 0 (Monday) to 6: 0 to 3 */
int bmn_plan_model_rate_day (BmnPlanModel *self, int weekday);
BmnThumbnails *bmn_plan_model_get_thumbnails (BmnPlanModel *self);

G_END_DECLS
