#pragma once

#include "bmn-plan-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * BmnDayCell: a day of a month: its number, as many chips as fit, and a button for the rest.
 * Takes what is dropped on it.
 */

#define BMN_TYPE_DAY_CELL (bmn_day_cell_get_type ())
G_DECLARE_FINAL_TYPE (BmnDayCell, bmn_day_cell, BMN, DAY_CELL, GtkWidget)

GtkWidget *bmn_day_cell_new (BmnPlanModel *model);

/* @outside: whether it belongs to another month; @best: 0 to 3 */
void bmn_day_cell_set_day (BmnDayCell *self, GDateTime *day, gboolean outside, gboolean today);
void bmn_day_cell_set_best (BmnDayCell *self, int best);
/* @entries: (transfer none) (element-type BmnPlanEntry): all of the day, by time */
void bmn_day_cell_set_entries (BmnDayCell *self, GPtrArray *entries);
/* Returns: (transfer none): midnight */
GDateTime *bmn_day_cell_get_day (BmnDayCell *self);
/* Returns: chips to be seen */
guint bmn_day_cell_get_n_chips (BmnDayCell *self);
/* Focuses a chip; −1 for the day itself */
void bmn_day_cell_focus (BmnDayCell *self, int chip);
/* Returns: index of the chip that has the focus; −1 for none */
int bmn_day_cell_get_focus (BmnDayCell *self);
/* Returns: (nullable) (transfer none) */
BmnPlanEntry *bmn_day_cell_get_entry (BmnDayCell *self, int chip);
/* Returns: index of the post's chip; −1 where it cannot be seen */
int bmn_day_cell_find_post (BmnDayCell *self, gint64 post_id);

G_END_DECLS
