#pragma once

#include "bmn-plan-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnWeekGrid: the hours of seven days; what stands at the same time stands side by side. */

/* Pixels: the height of an hour, and the width of the column with the hours' names. */
#define BMN_WEEK_GRID_HOUR 46
#define BMN_WEEK_GRID_GUTTER 52

#define BMN_TYPE_WEEK_GRID (bmn_week_grid_get_type ())
G_DECLARE_FINAL_TYPE (BmnWeekGrid, bmn_week_grid, BMN, WEEK_GRID, GtkWidget)

void bmn_week_grid_set_model (BmnWeekGrid *self, BmnPlanModel *model);
/* @first: midnight of the first day */
void bmn_week_grid_show (BmnWeekGrid *self, GDateTime *first);

G_END_DECLS
