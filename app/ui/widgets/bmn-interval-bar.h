#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnIntervalBar: a track with the interval that is likely as a band, the best guess as a dot
 * and what is usual as a thin mark. */

#define BMN_TYPE_INTERVAL_BAR (bmn_interval_bar_get_type ())
G_DECLARE_FINAL_TYPE (BmnIntervalBar, bmn_interval_bar, BMN, INTERVAL_BAR, GtkWidget)

GtkWidget *bmn_interval_bar_new (void);

/* All on one scale; @low equal to @high draws no band. @words: what a screen reader says. */
void bmn_interval_bar_set (
    BmnIntervalBar *self, double low, double guess, double high, double usual, const char *words);

G_END_DECLS
