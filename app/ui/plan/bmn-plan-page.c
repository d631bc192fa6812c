#include "bmn-plan-page.h"

struct _BmnPlanPage
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BmnPlanPage, bmn_plan_page, ADW_TYPE_BIN)

void
bmn_plan_page_set_session (BmnPlanPage *self, BmnSessionThread *session)
{
  self->session = g_object_ref (session);
}

void
bmn_plan_page_set_accounts (BmnPlanPage *self, GPtrArray *accounts)
{
}

static void
bmn_plan_page_dispose (GObject *object)
{
  BmnPlanPage *self = BMN_PLAN_PAGE (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_plan_page_parent_class)->dispose (object);
}

static void
bmn_plan_page_class_init (BmnPlanPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_plan_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/plan/bmn-plan-page.ui");
}

static void
bmn_plan_page_init (BmnPlanPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
