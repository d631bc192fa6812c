#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * BmnSlotPopover: asks for a time of day.
 *
 * Signals: `done` (int minute of the day, boolean on every day); `remove` ()
 */

#define BMN_TYPE_SLOT_POPOVER (bmn_slot_popover_get_type ())
G_DECLARE_FINAL_TYPE (BmnSlotPopover, bmn_slot_popover, BMN, SLOT_POPOVER, GtkPopover)

/* @is_new: whether a time is added, rather than one that is there changed */
GtkWidget *bmn_slot_popover_new (int minute, gboolean is_new);

G_END_DECLS
