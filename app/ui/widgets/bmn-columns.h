#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * BmnColumns: two widgets side by side where there is room, else one above the other.
 *
 * Properties: `start`, `end` (GtkWidget); `threshold`: from which width on they stand side by
 * side; `end-width`: how wide the second one is then; `spacing`. All in pixels.
 */

#define BMN_TYPE_COLUMNS (bmn_columns_get_type ())
G_DECLARE_FINAL_TYPE (BmnColumns, bmn_columns, BMN, COLUMNS, GtkWidget)

G_END_DECLS
