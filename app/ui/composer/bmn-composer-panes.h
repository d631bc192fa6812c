#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnComposerPanes: what is written, its preview and what is said of it, side by side where
 * there is room, else one or two at a time. */

#define BMN_TYPE_COMPOSER_PANES (bmn_composer_panes_get_type ())
G_DECLARE_FINAL_TYPE (BmnComposerPanes, bmn_composer_panes, BMN, COMPOSER_PANES, GtkWidget)

/**
 * BmnComposerPane:
 *
 * Which one is shown where there is not room for all.
 */
typedef enum
{
  BMN_PANE_WRITE,
  BMN_PANE_PREVIEW,
  BMN_PANE_SUGGESTIONS,
  BMN_PANE_CHECKS,
} BmnComposerPane;

/* The three are (transfer floating); suggestions and checks share the side. */
void bmn_composer_panes_set_up (BmnComposerPanes *self,
                                GtkWidget *write,
                                GtkWidget *preview,
                                GtkWidget *side);
void bmn_composer_panes_set_pane (BmnComposerPanes *self, BmnComposerPane pane);
/* Returns: how many columns there are: 1 to 3 */
int bmn_composer_panes_get_columns (BmnComposerPanes *self);

/* Signals: BmnComposerPanes::columns-changed () */

G_END_DECLS
