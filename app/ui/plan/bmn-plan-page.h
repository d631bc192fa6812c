#pragma once

#include "bmn-plan-model.h"
#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnPlanPage: the planned and published posts by month, week or list, and beside them the one
 * that is looked at. Below 600 px the list alone, with two weeks of days above.
 *
 * Its actions are the group `plan`, which the window takes in: `earlier`, `later`, `today`,
 * `view` (s: `month`, `week`, `list`), `show-day` (x: µs), `open` (x: a post), `close-details`,
 * `move` (xxx: a post, from and to in µs), `delete` (x), `undo`, `redo`, `retry`, `is-out`,
 * `is-not-out` (x), `open-url` (s).
 *
 * Signals: `toast (AdwToast *)`, `failed (GError *)`, `opened ()`: a post is shown.
 */

#define BMN_TYPE_PLAN_PAGE (bmn_plan_page_get_type ())
G_DECLARE_FINAL_TYPE (BmnPlanPage, bmn_plan_page, BMN, PLAN_PAGE, AdwBin)

/* To be called once, before it is shown; the session may not be open yet. */
void bmn_plan_page_set_session (BmnPlanPage *self, BmnSessionThread *session);

/* Shows the posts of @accounts: (element-type BmnAccount). */
void bmn_plan_page_set_accounts (BmnPlanPage *self, GPtrArray *accounts);

/* Returns: (transfer none): the group `plan` */
GActionGroup *bmn_plan_page_get_actions (BmnPlanPage *self);
/* Returns: (transfer none) */
BmnPlanModel *bmn_plan_page_get_model (BmnPlanPage *self);

G_END_DECLS
