#include "bmn-privacy-window.h"
#include "bmn-learnt-page.h"
#include "bmn-ledger-page.h"
#include "bmn-stored-page.h"

struct _BmnPrivacyWindow
{
  AdwWindow parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */
  AdwViewStack *stack;
  BmnLedgerPage *ledger_page;
  BmnStoredPage *stored_page;
  BmnLearntPage *learnt_page;
};

G_DEFINE_FINAL_TYPE (BmnPrivacyWindow, bmn_privacy_window, ADW_TYPE_WINDOW)

static void
refresh (BmnPrivacyWindow *self)
{
  bmn_ledger_page_refresh (self->ledger_page);
  bmn_stored_page_refresh (self->stored_page);
  bmn_learnt_page_refresh (self->learnt_page);
}

static void
bmn_privacy_window_dispose (GObject *object)
{
  BmnPrivacyWindow *self = BMN_PRIVACY_WINDOW (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_privacy_window_parent_class)->dispose (object);
}

static void
bmn_privacy_window_class_init (BmnPrivacyWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_privacy_window_dispose;
  g_type_ensure (BMN_TYPE_LEDGER_PAGE);
  g_type_ensure (BMN_TYPE_STORED_PAGE);
  g_type_ensure (BMN_TYPE_LEARNT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/privacy/bmn-privacy-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnPrivacyWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BmnPrivacyWindow, ledger_page);
  gtk_widget_class_bind_template_child (widget_class, BmnPrivacyWindow, stored_page);
  gtk_widget_class_bind_template_child (widget_class, BmnPrivacyWindow, learnt_page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bmn_privacy_window_init (BmnPrivacyWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

BmnPrivacyWindow *
bmn_privacy_window_new (BmnApplication *app)
{
  BmnPrivacyWindow *self = g_object_new (BMN_TYPE_PRIVACY_WINDOW, NULL);
  self->session = g_object_ref (bmn_application_get_session (app));
  bmn_ledger_page_set_session (self->ledger_page, self->session);
  bmn_stored_page_set_application (self->stored_page, app);
  bmn_learnt_page_set_session (self->learnt_page, self->session);
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (refresh), self);
  return self;
}
