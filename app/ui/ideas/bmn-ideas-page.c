#include "bmn-ideas-page.h"

struct _BmnIdeasPage
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BmnIdeasPage, bmn_ideas_page, ADW_TYPE_BIN)

void
bmn_ideas_page_set_session (BmnIdeasPage *self, BmnSessionThread *session)
{
  self->session = g_object_ref (session);
}

static void
bmn_ideas_page_dispose (GObject *object)
{
  BmnIdeasPage *self = BMN_IDEAS_PAGE (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_ideas_page_parent_class)->dispose (object);
}

static void
bmn_ideas_page_class_init (BmnIdeasPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_ideas_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/ideas/bmn-ideas-page.ui");
}

static void
bmn_ideas_page_init (BmnIdeasPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
