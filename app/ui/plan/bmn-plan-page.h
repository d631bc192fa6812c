#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnPlanPage: the planned and published posts by month, week or list. */

#define BMN_TYPE_PLAN_PAGE (bmn_plan_page_get_type ())
G_DECLARE_FINAL_TYPE (BmnPlanPage, bmn_plan_page, BMN, PLAN_PAGE, AdwBin)

/* To be called once, before it is shown; the session may not be open yet. */
void bmn_plan_page_set_session (BmnPlanPage *self, BmnSessionThread *session);

/* Shows the posts of @accounts: (element-type BmnAccount). */
void bmn_plan_page_set_accounts (BmnPlanPage *self, GPtrArray *accounts);

G_END_DECLS
