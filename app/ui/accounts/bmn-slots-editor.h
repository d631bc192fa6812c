#pragma once

#include "bmn-slot.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnSlotsEditor: the week of an account's queue, a row for each day with its times.
 *
 * It changes nothing itself. Signals: `add` (uint bits 1 << ISO weekday, int minute);
 * `change` (BmnSlot *slot, int minute); `remove` (BmnSlot *slot)
 */

#define BMN_TYPE_SLOTS_EDITOR (bmn_slots_editor_get_type ())
G_DECLARE_FINAL_TYPE (BmnSlotsEditor, bmn_slots_editor, BMN, SLOTS_EDITOR, AdwBin)

/* @slots: (element-type BmnSlot): copied; the same ones as before change nothing on screen */
void bmn_slots_editor_set_slots (BmnSlotsEditor *self, GPtrArray *slots);

/* Returns: (transfer full): the full name of a weekday, 1 for Monday */
char *bmn_weekday_get_name (int weekday) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): a minute of the day as the locale writes it */
char *bmn_minute_to_text (int minute) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
