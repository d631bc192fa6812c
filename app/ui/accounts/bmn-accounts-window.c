#include "bmn-accounts-window.h"
#include "bmn-account-avatar.h"
#include "bmn-account-page.h"
#include "bmn-account-view.h"
#include "bmn-connect-window.h"

#include <glib/gi18n.h>

struct _BmnAccountsWindow
{
  AdwWindow parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */
  GPtrArray *overviews;      /* (owned) (nullable) (element-type BmnAccountOverview) */
  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkStack *stack;
  GtkListBox *list;
  GtkStack *details;
  AdwWindowTitle *account_title;
  BmnAccountPage *page;
};

G_DEFINE_FINAL_TYPE (BmnAccountsWindow, bmn_accounts_window, ADW_TYPE_WINDOW)

/*
 * The list.
 */

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_row (const BmnAccountOverview *overview)
{
  const BmnAccount *account = overview->account;
  g_auto (BmnAccountState) state = { 0 };
  bmn_account_state_judge (overview, g_get_real_time (), &state);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (state.icon);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), make_label (account->name, NULL));
  gtk_box_append (GTK_BOX (words),
                  make_label (account->handle && !g_str_equal (account->handle, account->name)
                                  ? account->handle
                                  : overview->platform_name,
                              "caption"));
  gtk_widget_add_css_class (icon, "state");
  gtk_widget_add_css_class (icon, state.css_class);
  gtk_widget_set_tooltip_text (icon, state.title);
  gtk_box_append (GTK_BOX (box), bmn_account_avatar_new (account, 32));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_widget_add_css_class (box, "accountrow");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  /* Translators: an account's name, its platform and how it is, as in “Shop, Mastodon, Paused”. */
  g_autofree char *name
      = g_strdup_printf (_ ("%s, %s, %s"), account->name, overview->platform_name, state.title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static int
find (GPtrArray *overviews, gint64 id)
{
  for (guint i = 0; overviews && i < overviews->len; i++)
    if (((BmnAccountOverview *)overviews->pdata[i])->account->id == id)
      return (int)i;
  return -1;
}

/* Shows the page of account @id, or that none is chosen. */
static void
choose (BmnAccountsWindow *self, gint64 id)
{
  int i = find (self->overviews, id);
  const BmnAccountOverview *overview = i >= 0 ? self->overviews->pdata[i] : NULL;
  gtk_list_box_select_row (self->list,
                           i >= 0 ? gtk_list_box_get_row_at_index (self->list, i) : NULL);
  bmn_account_page_show (self->page, overview ? id : 0);
  gtk_stack_set_visible_child_name (self->details, overview ? "account" : "none");
  adw_window_title_set_title (self->account_title, overview ? overview->account->name : "");
  adw_window_title_set_subtitle (self->account_title, overview ? overview->platform_name : "");
}

static void
show_list (BmnAccountsWindow *self)
{
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->overviews->len; i++)
    gtk_list_box_append (self->list, make_row (self->overviews->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, self->overviews->len > 0 ? "list" : "none");
}

/* One that was added just now is shown; one that is gone is not. */
static gint64
find_wanted (BmnAccountsWindow *self, GPtrArray *before)
{
  gint64 shown = bmn_account_page_get_id (self->page);
  for (guint i = 0; before && i < self->overviews->len; i++)
    {
      gint64 id = ((BmnAccountOverview *)self->overviews->pdata[i])->account->id;
      if (find (before, id) < 0)
        return id;
    }
  return shown;
}

static gpointer
list_overviews (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_list_account_overviews (session, error);
}

static void
say (BmnAccountsWindow *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnAccountsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = self->overviews;
  GPtrArray *now = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!now)
    {
      self->overviews = g_steal_pointer (&before);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (self, error->message);
      return;
    }
  self->overviews = now;
  show_list (self);
  gint64 shown = bmn_account_page_get_id (self->page);
  gint64 wanted = find_wanted (self, before);
  choose (self, wanted);
  if (wanted != shown)
    adw_leaflet_set_visible_child_name (self->leaflet, "account");
  else if (shown != 0 && find (now, shown) < 0)
    adw_leaflet_set_visible_child_name (self->leaflet, "list");
}

static void
refresh (BmnAccountsWindow *self)
{
  if (bmn_session_thread_is_open (self->session))
    bmn_session_thread_call_async (self->session, list_overviews, NULL, NULL,
                                   (GDestroyNotify)g_ptr_array_unref, NULL, on_listed,
                                   g_object_ref (self));
}

/*
 * What the user does.
 */

static void
on_row_activated (BmnAccountsWindow *self, GtkListBoxRow *row)
{
  BmnAccountOverview *overview = self->overviews->pdata[gtk_list_box_row_get_index (row)];
  bmn_accounts_window_show_account (self, overview->account->id);
}

void
bmn_accounts_window_show_account (BmnAccountsWindow *self, gint64 id)
{
  choose (self, id);
  adw_leaflet_set_visible_child_name (self->leaflet, "account");
}

static void
on_back (BmnAccountsWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
on_add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BmnAccountsWindow *self = BMN_ACCOUNTS_WINDOW (widget);
  gtk_window_present (GTK_WINDOW (bmn_connect_window_new (GTK_WINDOW (self), self->session)));
}

static void
on_restore_slot (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gint64 id;
  int weekday, minute;
  g_variant_get (parameter, "(xii)", &id, &weekday, &minute);
  bmn_account_page_add_slots (BMN_ACCOUNTS_WINDOW (widget)->page, id, 1u << weekday, minute);
}

static void
add_toast (BmnAccountsWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (toast));
}

/*
 * The object.
 */

static void
bmn_accounts_window_dispose (GObject *object)
{
  BmnAccountsWindow *self = BMN_ACCOUNTS_WINDOW (object);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->overviews, g_ptr_array_unref);
  G_OBJECT_CLASS (bmn_accounts_window_parent_class)->dispose (object);
}

static void
bmn_accounts_window_class_init (BmnAccountsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_accounts_window_dispose;
  g_type_ensure (BMN_TYPE_ACCOUNT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/accounts/bmn-accounts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnAccountsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountsWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountsWindow, details);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountsWindow, account_title);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountsWindow, page);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, add_toast);
  gtk_widget_class_install_action (widget_class, "accounts.add", NULL, on_add);
  gtk_widget_class_install_action (widget_class, "accounts.restore-slot", "(xii)", on_restore_slot);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bmn_accounts_window_init (BmnAccountsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

BmnAccountsWindow *
bmn_accounts_window_new (GtkWindow *parent, BmnSessionThread *session)
{
  BmnAccountsWindow *self = g_object_new (BMN_TYPE_ACCOUNTS_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  bmn_account_page_set_session (self->page, session);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (refresh), self);
  refresh (self);
  return self;
}
