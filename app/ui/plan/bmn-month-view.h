#pragma once

#include "bmn-plan-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnMonthView: the weeks of a month as a grid of days. */

#define BMN_TYPE_MONTH_VIEW (bmn_month_view_get_type ())
G_DECLARE_FINAL_TYPE (BmnMonthView, bmn_month_view, BMN, MONTH_VIEW, GtkWidget)

/* To be called once, before it is shown. */
void bmn_month_view_set_model (BmnMonthView *self, BmnPlanModel *model);
/* Shows the month that @day is in and asks the model for its weeks. */
void bmn_month_view_show (BmnMonthView *self, GDateTime *day);
/* Puts the focus on a day. */
void bmn_month_view_focus (BmnMonthView *self, GDateTime *day);

G_END_DECLS
