#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * bmn_undo_toast_show:
 * @widget: somewhere in a toast overlay, or in a popover of something in one
 * @message: what was done, in words
 * @undo: takes it back
 * @data: (transfer full): freed with @destroy
 *
 * Says what was done, with a button that takes it back.
 */
void bmn_undo_toast_show (GtkWidget *widget,
                          const char *message,
                          void (*undo) (gpointer data),
                          gpointer data,
                          GDestroyNotify destroy);

G_END_DECLS
