#include "bmn-undo-toast.h"

#include <glib/gi18n.h>

/* Seconds. */
#define SHOWN_FOR 8

void
bmn_undo_toast_show (GtkWidget *widget,
                     const char *message,
                     void (*undo) (gpointer data),
                     gpointer data,
                     GDestroyNotify destroy)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = adw_toast_new (escaped);
  g_object_set_data_full (G_OBJECT (toast), "undo", data, destroy);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, SHOWN_FOR);
  /* What was done last is what one wants to take back first. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (undo), data);
  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}
