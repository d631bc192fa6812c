#pragma once

#include "bmn-plan-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnWeekView: seven days side by side with their hours. */

#define BMN_TYPE_WEEK_VIEW (bmn_week_view_get_type ())
G_DECLARE_FINAL_TYPE (BmnWeekView, bmn_week_view, BMN, WEEK_VIEW, AdwBin)

/* To be called once, before it is shown. */
void bmn_week_view_set_model (BmnWeekView *self, BmnPlanModel *model);
/* Shows the week that @day is in and asks the model for it. */
void bmn_week_view_show (BmnWeekView *self, GDateTime *day);

G_END_DECLS
