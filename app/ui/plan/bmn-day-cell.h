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
/* Returns: (nullable) (transfer full): what the chip that has the focus shows */
BmnPlanEntry *bmn_day_cell_dup_focused (BmnDayCell *self) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: index of the chip of the same entry, or with @any_time of the same post; −1 where
 * it cannot be seen */
int bmn_day_cell_find (BmnDayCell *self, BmnPlanEntry *entry, gboolean any_time);

G_END_DECLS
