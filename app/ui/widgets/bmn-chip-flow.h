#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnChipFlow: children of different widths in lines, as many on each as fit. */

#define BMN_TYPE_CHIP_FLOW (bmn_chip_flow_get_type ())
G_DECLARE_FINAL_TYPE (BmnChipFlow, bmn_chip_flow, BMN, CHIP_FLOW, GtkWidget)

GtkWidget *bmn_chip_flow_new (int spacing);
/* @child: (transfer floating): goes last */
void bmn_chip_flow_append (BmnChipFlow *self, GtkWidget *child);
void bmn_chip_flow_clear (BmnChipFlow *self);

G_END_DECLS
