#include "bmn-welcome-page.h"

struct _BmnWelcomePage
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BmnWelcomePage, bmn_welcome_page, ADW_TYPE_BIN)

void
bmn_welcome_page_set_session (BmnWelcomePage *self, BmnSessionThread *session)
{
  self->session = g_object_ref (session);
}

static void
bmn_welcome_page_dispose (GObject *object)
{
  BmnWelcomePage *self = BMN_WELCOME_PAGE (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_welcome_page_parent_class)->dispose (object);
}

static void
bmn_welcome_page_class_init (BmnWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_welcome_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, BMN_RESOURCES "/bmn-welcome-page.ui");
}

static void
bmn_welcome_page_init (BmnWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
