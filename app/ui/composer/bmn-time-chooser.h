#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnTimeChooser: a day, an hour and a minute in a zone, with a word where the clocks change
 * just then. */

#define BMN_TYPE_TIME_CHOOSER (bmn_time_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BmnTimeChooser, bmn_time_chooser, BMN, TIME_CHOOSER, GtkBox)

GtkWidget *bmn_time_chooser_new (void);
void bmn_time_chooser_set_zone (BmnTimeChooser *self, const char *zone);
/* µs */
void bmn_time_chooser_set_instant (BmnTimeChooser *self, gint64 instant);
gint64 bmn_time_chooser_get_instant (BmnTimeChooser *self);

/* Signals: BmnTimeChooser::done (): the user is content with it */

G_END_DECLS
