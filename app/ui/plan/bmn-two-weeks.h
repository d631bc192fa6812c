#pragma once

#include "bmn-plan-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnTwoWeeks: two weeks of days with dots for their posts, above the list of a narrow window.
 * A day shows itself by `plan.show-day`. */

#define BMN_TYPE_TWO_WEEKS (bmn_two_weeks_get_type ())
G_DECLARE_FINAL_TYPE (BmnTwoWeeks, bmn_two_weeks, BMN, TWO_WEEKS, GtkGrid)

/* To be called once, before it is shown. */
void bmn_two_weeks_set_model (BmnTwoWeeks *self, BmnPlanModel *model);
/* Shows the week that @day is in, and the next. */
void bmn_two_weeks_show (BmnTwoWeeks *self, GDateTime *day);

G_END_DECLS
