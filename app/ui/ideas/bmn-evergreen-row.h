#pragma once

#include "bmn-evergreen.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnEvergreenRow: one post of the library; opens to its rules.
 *
 * Signals: `repeat (gint64 id)`, `remove (gint64 id)`; `changed (BmnEvergreen *)`: with other
 * rules, to be stored.
 */

#define BMN_TYPE_EVERGREEN_ROW (bmn_evergreen_row_get_type ())
G_DECLARE_FINAL_TYPE (BmnEvergreenRow, bmn_evergreen_row, BMN, EVERGREEN_ROW, AdwExpanderRow)

/* @evergreen: (transfer full): @now: µs */
GtkWidget *bmn_evergreen_row_new (BmnEvergreen *evergreen, gint64 now);

G_END_DECLS
