#include "bmn-window.h"
#include "bmn-agenda-list.h"
#include "bmn-connect-window.h"
#include "bmn-ideas-page.h"
#include "bmn-plan-page.h"
#include "bmn-trouble-strip.h"
#include "bmn-welcome-page.h"

#include "bmn-session-accounts.h"

#include <glib/gi18n.h>

struct _BmnWindow
{
  AdwApplicationWindow parent_instance;

  BmnSessionThread *session; /* (owned) */

  GtkStack *stack;
  AdwStatusPage *fatal_page;
  BmnWelcomePage *welcome_page;
  AdwViewStack *pages;
  BmnPlanPage *plan_page;
  BmnIdeasPage *ideas_page;
  AdwViewSwitcherTitle *switcher_title;
  GtkWidget *switcher_bar;
  GtkButton *new_post;
  GtkWidget *search_button;
  GtkWidget *new_post_content; /* (owned): what the button shows where there is room */
  AdwToastOverlay *toasts;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  BmnTroubleStrip *trouble_strip;
  BmnAgendaList *found;
  BmnPlanModel *search; /* (owned): what was found */
  gboolean has_accounts;
};

G_DEFINE_FINAL_TYPE (BmnWindow, bmn_window, ADW_TYPE_APPLICATION_WINDOW)

/* Before there is an account there is nothing to switch to, to write or to look for. */
static void
show_page (BmnWindow *self, const char *name)
{
  gboolean has_accounts = g_strcmp0 (name, "pages") == 0;
  self->has_accounts = has_accounts;
  /* What comes first comes at once: a fade from nothing would draw the window many times over. */
  gboolean first = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "start");
  gtk_stack_set_visible_child_full (self->stack, name,
                                    first ? GTK_STACK_TRANSITION_TYPE_NONE
                                          : GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, has_accounts);
  gtk_widget_set_visible (self->switcher_bar, has_accounts);
  gtk_widget_set_visible (GTK_WIDGET (self->new_post), has_accounts);
  gtk_widget_set_visible (self->search_button, has_accounts);
}

static gpointer
list_accounts (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_list_accounts (session, error);
}

static void
on_accounts (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!accounts)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        bmn_window_show_error (self, error);
      return;
    }
  if (!self->has_accounts || accounts->len == 0)
    show_page (self, accounts->len > 0 ? "pages" : "welcome");
  bmn_plan_page_set_accounts (self->plan_page, accounts);
  bmn_plan_model_set_accounts (self->search, accounts);
  BmnApplication *app = BMN_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  bmn_trouble_strip_refresh (self->trouble_strip,
                             app && accounts->len > 0 && bmn_application_shows_sample (app));
}

void
bmn_window_refresh (BmnWindow *self)
{
  bmn_session_thread_call_async (self->session, list_accounts, NULL, NULL,
                                 (GDestroyNotify)g_ptr_array_unref, NULL, on_accounts,
                                 g_object_ref (self));
}

void
bmn_window_show_error (BmnWindow *self, const GError *error)
{
  bmn_window_show_toast (self, error->message, NULL);
}

void
bmn_window_show_fatal (BmnWindow *self, const GError *error)
{
  adw_status_page_set_description (self->fatal_page, error->message);
  show_page (self, "fatal");
}

void
bmn_window_show_toast (BmnWindow *self, const char *message, const char *undo)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);
  if (undo)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_detailed_action_name (toast, undo);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_show_message (GtkWidget *widget, const char *action, GVariant *parameter)
{
  bmn_window_show_toast (BMN_WINDOW (widget), g_variant_get_string (parameter, NULL), NULL);
}

/*
 * Search: what is found stands in place of the pages; the post that is chosen, on the plan.
 */

static void
show_found (BmnWindow *self)
{
  const char *words = gtk_editable_get_text (self->search_entry);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->search)) > 0;
  if (!self->has_accounts)
    return;
  gtk_stack_set_visible_child_name (
      self->stack, !gtk_search_bar_get_search_mode (self->search_bar) || !*words ? "pages"
                   : any                                                         ? "found"
                                                                                 : "none");
}

static void
on_search_changed (BmnWindow *self)
{
  bmn_plan_model_set_words (self->search, gtk_editable_get_text (self->search_entry));
  show_found (self);
}

static void
on_search_mode (BmnWindow *self)
{
  show_found (self);
  if (gtk_search_bar_get_search_mode (self->search_bar))
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
on_opened (BmnWindow *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  adw_view_stack_set_visible_child_name (self->pages, "plan");
}

static void
on_connect (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BmnWindow *self = BMN_WINDOW (widget);
  gtk_window_present (GTK_WINDOW (bmn_connect_window_new (GTK_WINDOW (self), self->session)));
}

static void
add_toast (BmnWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (toast));
}

/* A narrow header bar has room for the icon alone. */
static gboolean
fit_new_post (gpointer data)
{
  g_autoptr (BmnWindow) self = data;
  gboolean narrow = adw_view_switcher_title_get_title_visible (self->switcher_title);
  gtk_button_set_child (self->new_post, NULL);
  if (narrow)
    gtk_button_set_icon_name (self->new_post, "bmn-compose-symbolic");
  else
    gtk_button_set_child (self->new_post, self->new_post_content);
  return G_SOURCE_REMOVE;
}

/* It is told in the middle of an allocation, where nothing may change. */
static void
on_title_visible (BmnWindow *self)
{
  g_idle_add (fit_new_post, g_object_ref (self));
}

/*
 * The object.
 */

static void
bmn_window_dispose (GObject *object)
{
  BmnWindow *self = BMN_WINDOW (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->search)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  g_clear_object (&self->new_post_content);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_window_parent_class)->dispose (object);
}

static void
bmn_window_class_init (BmnWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_window_dispose;
  g_type_ensure (BMN_TYPE_WELCOME_PAGE);
  g_type_ensure (BMN_TYPE_PLAN_PAGE);
  g_type_ensure (BMN_TYPE_IDEAS_PAGE);
  gtk_widget_class_install_action (widget_class, "win.show-message", "s", on_show_message);
  g_type_ensure (BMN_TYPE_AGENDA_LIST);
  g_type_ensure (BMN_TYPE_TROUBLE_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, BMN_RESOURCES "/bmn-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, fatal_page);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, plan_page);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, ideas_page);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, new_post);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, new_post_content);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, trouble_strip);
  gtk_widget_class_bind_template_child (widget_class, BmnWindow, found);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, on_connect);
}

static void
bmn_window_init (BmnWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_autoptr (GPropertyAction) search
      = g_property_action_new ("search", self->search_bar, "search-mode-enabled");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (search));
  g_object_ref (self->new_post_content);
  g_signal_connect_swapped (self->switcher_title, "notify::title-visible",
                            G_CALLBACK (on_title_visible), self);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  g_signal_connect_swapped (self->search_bar, "notify::search-mode-enabled",
                            G_CALLBACK (on_search_mode), self);
}

BmnWindow *
bmn_window_new (BmnApplication *app)
{
  BmnWindow *self = g_object_new (BMN_TYPE_WINDOW, "application", app, NULL);
  self->session = g_object_ref (bmn_application_get_session (app));
  bmn_plan_page_set_session (self->plan_page, self->session);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "plan",
                                  bmn_plan_page_get_actions (self->plan_page));
  g_signal_connect_swapped (self->plan_page, "toast", G_CALLBACK (add_toast), self);
  g_signal_connect_swapped (self->plan_page, "failed", G_CALLBACK (bmn_window_show_error), self);
  bmn_ideas_page_set_session (self->ideas_page, self->session);
  bmn_welcome_page_set_session (self->welcome_page, self->session);
  g_signal_connect_swapped (self->session, "changed", G_CALLBACK (bmn_window_refresh), self);
  self->search = bmn_plan_model_new (self->session);
  bmn_agenda_list_set_model (self->found, self->search);
  bmn_trouble_strip_set_session (self->trouble_strip, self->session);
  g_signal_connect_swapped (self->search, "items-changed", G_CALLBACK (show_found), self);
  g_signal_connect_swapped (self->plan_page, "opened", G_CALLBACK (on_opened), self);
  show_page (self, "start");
  return self;
}
