#include "bmn-transfer-window.h"

#include <glib/gi18n.h>

struct _BmnTransferWindow
{
  AdwWindow parent_instance;

  BmnApplication *app;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  BmnProgressRelay *relay;   /* (owned) */
  gboolean has_ended;

  AdwStatusPage *page;
  GtkWidget *meter;
  GtkProgressBar *progress;
  GtkLabel *doing;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (BmnTransferWindow, bmn_transfer_window, ADW_TYPE_WINDOW)

BmnSessionThread *
bmn_transfer_window_get_session (BmnTransferWindow *self)
{
  return bmn_application_get_session (self->app);
}

BmnApplication *
bmn_transfer_window_get_application (BmnTransferWindow *self)
{
  return self->app;
}

GCancellable *
bmn_transfer_window_get_cancellable (BmnTransferWindow *self)
{
  return self->cancellable;
}

BmnProgressRelay *
bmn_transfer_window_get_relay (BmnTransferWindow *self)
{
  return self->relay;
}

void
bmn_transfer_window_set_doing (BmnTransferWindow *self, const char *doing)
{
  gtk_label_set_label (self->doing, doing);
}

static void
on_progress (gint64 done, gint64 total, gint64 count, gpointer data)
{
  BmnTransferWindow *self = data;
  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)done / (double)total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
end (BmnTransferWindow *self, const char *icon, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);
  g_return_if_fail (!self->has_ended);
  self->has_ended = TRUE;
  bmn_progress_relay_cut (self->relay);
  adw_status_page_set_icon_name (self->page, icon);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, escaped);
  gtk_widget_set_visible (self->meter, FALSE);
  gtk_button_set_label (self->button, _ ("_Close"));
  g_application_release (G_APPLICATION (self->app));
}

void
bmn_transfer_window_end (BmnTransferWindow *self, const char *result)
{
  end (self, "bmn-published-symbolic", _ ("Done"), result);
}

void
bmn_transfer_window_fail (BmnTransferWindow *self, const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  end (self, "bmn-failed-symbolic", _ ("It Did Not Work"), error->message);
  if (cancelled)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* While something is under way the button only cancels it: the answer closes the window. */
static void
on_button (BmnTransferWindow *self)
{
  if (self->has_ended)
    gtk_window_close (GTK_WINDOW (self));
  else
    g_cancellable_cancel (self->cancellable);
}

static gboolean
bmn_transfer_window_close_request (GtkWindow *window)
{
  g_cancellable_cancel (BMN_TRANSFER_WINDOW (window)->cancellable);
  return GTK_WINDOW_CLASS (bmn_transfer_window_parent_class)->close_request (window);
}

static void
bmn_transfer_window_finalize (GObject *object)
{
  BmnTransferWindow *self = BMN_TRANSFER_WINDOW (object);
  g_clear_object (&self->app);
  g_object_unref (self->cancellable);
  bmn_progress_relay_cut (self->relay);
  bmn_progress_relay_unref (self->relay);
  G_OBJECT_CLASS (bmn_transfer_window_parent_class)->finalize (object);
}

static void
bmn_transfer_window_class_init (BmnTransferWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bmn_transfer_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bmn_transfer_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/import/bmn-transfer-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnTransferWindow, page);
  gtk_widget_class_bind_template_child (widget_class, BmnTransferWindow, meter);
  gtk_widget_class_bind_template_child (widget_class, BmnTransferWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, BmnTransferWindow, doing);
  gtk_widget_class_bind_template_child (widget_class, BmnTransferWindow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_button);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bmn_transfer_window_init (BmnTransferWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->relay = bmn_progress_relay_new (on_progress, self);
}

BmnTransferWindow *
bmn_transfer_window_new (BmnApplication *app, GtkWindow *parent, const char *title)
{
  BmnTransferWindow *self = g_object_new (BMN_TYPE_TRANSFER_WINDOW, "application", app,
                                          "transient-for", parent, "title", title, NULL);
  self->app = g_object_ref (app);
  adw_status_page_set_title (self->page, title);
  g_application_hold (G_APPLICATION (app));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
