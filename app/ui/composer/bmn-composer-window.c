#include "bmn-composer-window.h"

struct _BmnComposerWindow
{
  AdwApplicationWindow parent_instance;

  BmnSessionThread *session; /* (owned) */
  gint64 post_id;
};

G_DEFINE_FINAL_TYPE (BmnComposerWindow, bmn_composer_window, ADW_TYPE_APPLICATION_WINDOW)

static void
bmn_composer_window_dispose (GObject *object)
{
  BmnComposerWindow *self = BMN_COMPOSER_WINDOW (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_composer_window_parent_class)->dispose (object);
}

static void
bmn_composer_window_class_init (BmnComposerWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_composer_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/composer/bmn-composer-window.ui");
}

static void
bmn_composer_window_init (BmnComposerWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

BmnComposerWindow *
bmn_composer_window_new (BmnApplication *app, gint64 post_id)
{
  BmnComposerWindow *self = g_object_new (BMN_TYPE_COMPOSER_WINDOW, "application", app, NULL);
  self->session = g_object_ref (bmn_application_get_session (app));
  self->post_id = post_id;
  return self;
}
