#pragma once

#include "bmn-plan-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * BmnChip: a post or a free slot in a calendar. Pressed it opens the post (`plan.open`) or
 * plans a new one (`app.new-post-at`). What can be moved can be dragged.
 */

#define BMN_TYPE_CHIP (bmn_chip_get_type ())
G_DECLARE_FINAL_TYPE (BmnChip, bmn_chip, BMN, CHIP, GtkButton)

GtkWidget *bmn_chip_new (void);
/* @compact: one line without a picture */
void bmn_chip_set_entry (BmnChip *self, BmnPlanModel *model, BmnPlanEntry *entry, gboolean compact);
/* Returns: (nullable) (transfer none) */
BmnPlanEntry *bmn_chip_get_entry (BmnChip *self);

G_END_DECLS
