#pragma once

#include "bmn-plan-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What month, week and list understand alike; all by actions of the plan page. */

/* Moves @entry by calendar days and hours, as the user would on the wall clock. */
void bmn_plan_keys_move (GtkWidget *widget, BmnPlanEntry *entry, int days, int hours);
/* Gives @entry the moment @at, µs. */
void bmn_plan_keys_move_to (GtkWidget *widget, BmnPlanEntry *entry, gint64 at);
/* Plans a new post on @day, at a time that is still to come. */
void bmn_plan_keys_plan_on (GtkWidget *widget, GDateTime *day);

/**
 * bmn_plan_keys_handle:
 * @entry: (nullable): what is selected
 * @day: (nullable): the day that is selected
 *
 * Returns: whether the key was one of N, Delete, T, Page Up and Page Down
 */
gboolean bmn_plan_keys_handle (GtkWidget *widget, guint key, BmnPlanEntry *entry, GDateTime *day);

G_END_DECLS
