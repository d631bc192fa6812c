#include "bmn-plan-page.h"
#include "bmn-account-avatar.h"
#include "bmn-agenda-list.h"
#include "bmn-month-view.h"
#include "bmn-plan-changes.h"
#include "bmn-plan-time.h"
#include "bmn-post-details.h"
#include "bmn-two-weeks.h"
#include "bmn-week-view.h"

#include "bmn-session-posts.h"

#include <glib/gi18n.h>

#define NARROW 600
/* The least width that a phone has. */
#define LEAST 360
#define DETAILS_WIDTH 324

struct _BmnPlanPage
{
  AdwBin parent_instance;

  BmnPlanModel *model;         /* (owned) (nullable) */
  BmnPlanChanges *changes;     /* (owned) (nullable) */
  GSimpleActionGroup *actions; /* (owned) */
  GDateTime *day;              /* (owned): what is shown has this day in it */
  gboolean narrow;
  gboolean was_shown; /* before there is an account there is nothing to show */
  GtkWidget *main;
  GtkLabel *period;
  GtkWidget *steps;
  GtkLabel *summary;
  GtkBox *account_bar;
  GtkBox *filter_box;
  GtkWidget *views_switch;
  BmnTwoWeeks *two_weeks;
  GtkStack *views;
  BmnMonthView *month;
  BmnWeekView *week;
  BmnAgendaList *list;
  BmnPostDetails *details;
};

enum
{
  TOAST,
  FAILED,
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BmnPlanPage, bmn_plan_page, ADW_TYPE_BIN)

/*
 * What is shown.
 */

static const char *
get_view (BmnPlanPage *self)
{
  g_autoptr (GVariant) view
      = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "view");
  const char *name = g_variant_get_string (view, NULL);
  return self->narrow                    ? "list"
         : g_strcmp0 (name, "week") == 0 ? "week"
         : g_strcmp0 (name, "list") == 0 ? "list"
                                         : "month";
}

static char *
format_week (GDateTime *day)
{
  g_autoptr (GDateTime) first = bmn_plan_time_week (day);
  g_autoptr (GDateTime) last = g_date_time_add_days (first, 6);
  gboolean same_month = g_date_time_get_month (first) == g_date_time_get_month (last);
  /* Translators: the first day of a week as strftime() writes it, within one month. */
  g_autofree char *from = g_date_time_format (first, same_month ? _ ("%-d") : _ ("%-d %B"));
  /* Translators: the last day of a week as strftime() writes it. */
  g_autofree char *to = g_date_time_format (last, _ ("%-d %B"));
  /* Translators: the first and the last day of a week. */
  return g_strdup_printf (_ ("%s – %s"), from, to);
}

static void
show_period (BmnPlanPage *self)
{
  /* Translators: a month with its year as strftime() writes it. */
  g_autofree char *month = g_date_time_format (self->day, _ ("%OB %Y"));
  g_autofree char *week = format_week (self->day);
  gtk_label_set_label (self->period, g_str_equal (get_view (self), "week") ? week : month);
}

static void
show_summary (BmnPlanPage *self)
{
  guint n_scheduled, n_needing;
  gboolean loaded;
  g_object_get (self->model, "n-scheduled", &n_scheduled, "n-needing", &n_needing, "loaded",
                &loaded, NULL);
  g_autofree char *planned = g_strdup_printf (
      ngettext ("%u post planned", "%u posts planned", n_scheduled), n_scheduled);
  g_autofree char *needing
      = g_strdup_printf (ngettext ("%u needs you", "%u need you", n_needing), n_needing);
  /* Translators: how many posts are planned, then how many need the user. */
  g_autofree char *both = g_strdup_printf (_ ("%s · %s"), planned, needing);
  gtk_label_set_label (self->summary, n_needing > 0 ? both : planned);
  if (g_str_equal (get_view (self), "list"))
    gtk_stack_set_visible_child_name (
        self->views,
        loaded && g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0 ? "empty" : "list");
}

/* A list goes on for half a year before and after the day that it begins with. */
static void
show_list (BmnPlanPage *self)
{
  g_autoptr (GDateTime) month = bmn_plan_time_month (self->day);
  g_autoptr (GDateTime) from = g_date_time_add_months (month, -3);
  g_autoptr (GDateTime) until = g_date_time_add_months (month, 9);
  bmn_plan_model_set_span (self->model, bmn_plan_time_to_instant (from),
                           bmn_plan_time_to_instant (until));
  bmn_agenda_list_scroll_to (self->list, self->day);
  bmn_two_weeks_show (self->two_weeks, self->day);
}

static void
show (BmnPlanPage *self)
{
  const char *view = get_view (self);
  if (!self->was_shown)
    return;
  gtk_stack_set_visible_child_name (self->views, view);
  show_period (self);
  if (g_str_equal (view, "month"))
    bmn_month_view_show (self->month, self->day);
  else if (g_str_equal (view, "week"))
    bmn_week_view_show (self->week, self->day);
  else
    show_list (self);
}

static void
show_day (BmnPlanPage *self, GDateTime *day)
{
  g_autoptr (GDateTime) shown = g_date_time_ref (day);
  g_date_time_unref (self->day);
  self->day = bmn_plan_time_day (shown);
  show (self);
}

static void
step (BmnPlanPage *self, int direction)
{
  g_autoptr (GDateTime) month = bmn_plan_time_month (self->day);
  g_autoptr (GDateTime) day = g_str_equal (get_view (self), "week")
                                  ? g_date_time_add_days (self->day, 7 * direction)
                                  : g_date_time_add_months (month, direction);
  show_day (self, day);
}

/* What a narrow window has no room for. */
static void
arrange (BmnPlanPage *self)
{
  gboolean has_details = bmn_post_details_get_post (self->details) != 0;
  gtk_widget_set_visible (GTK_WIDGET (self->summary), !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->account_bar), !self->narrow);
  gtk_widget_set_visible (self->views_switch, !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->two_weeks), self->narrow);
  gtk_widget_set_hexpand (GTK_WIDGET (self->period), self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->details), has_details);
  gtk_widget_set_visible (self->main, !self->narrow || !has_details);
  gtk_widget_set_hexpand (GTK_WIDGET (self->details), self->narrow);
  gtk_widget_set_size_request (GTK_WIDGET (self->details), self->narrow ? -1 : DETAILS_WIDTH, -1);
}

/*
 * Accounts and filters.
 */

static void
on_account_toggled (GtkToggleButton *button, gpointer data)
{
  BmnPlanPage *self = data;
  gint64 *id = g_object_get_data (G_OBJECT (button), "account");
  bmn_plan_model_show_account (self->model, *id, gtk_toggle_button_get_active (button));
}

static void
fill_accounts (BmnPlanPage *self)
{
  GtkWidget *child;
  GPtrArray *accounts = bmn_plan_model_get_accounts (self->model);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->account_bar))))
    gtk_box_remove (self->account_bar, child);
  for (guint i = 0; i < accounts->len; i++)
    {
      const BmnAccount *account = accounts->pdata[i];
      GtkWidget *button = gtk_toggle_button_new ();
      gtk_button_set_child (GTK_BUTTON (button), bmn_account_avatar_new (account, 28));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                    bmn_plan_model_shows_account (self->model, account->id));
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, account->name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      account->name, -1);
      g_object_set_data_full (G_OBJECT (button), "account",
                              g_memdup2 (&account->id, sizeof account->id), g_free);
      g_signal_connect (button, "toggled", G_CALLBACK (on_account_toggled), self);
      gtk_box_append (self->account_bar, button);
    }
}

static void
on_state_toggled (GtkCheckButton *button, gpointer data)
{
  BmnPlanPage *self = data;
  guint bit = 1u << GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "state"));
  guint states = bmn_plan_model_get_states (self->model);
  bmn_plan_model_set_states (self->model,
                             gtk_check_button_get_active (button) ? states | bit : states & ~bit);
}

static void
on_tag_changed (GtkEditable *entry, gpointer data)
{
  BmnPlanPage *self = data;
  const char *tag = gtk_editable_get_text (entry);
  bmn_plan_model_set_tag (self->model, *tag ? tag : NULL);
}

static void
fill_filters (BmnPlanPage *self)
{
  GtkWidget *heading = gtk_label_new (_ ("Show Only"));
  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_box_append (self->filter_box, heading);
  for (guint state = 0; state < BMN_TARGET_N_STATES; state++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (bmn_target_state_get_label (state));
      g_object_set_data (G_OBJECT (check), "state", GUINT_TO_POINTER (state));
      g_signal_connect (check, "toggled", G_CALLBACK (on_state_toggled), self);
      gtk_box_append (self->filter_box, check);
    }
  GtkWidget *tag = gtk_search_entry_new ();
  g_object_set (tag, "placeholder-text", _ ("Tag"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tag), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Tag"),
                                  -1);
  g_signal_connect (tag, "search-changed", G_CALLBACK (on_tag_changed), self);
  gtk_box_append (self->filter_box, tag);
}

void
bmn_plan_page_set_accounts (BmnPlanPage *self, GPtrArray *accounts)
{
  bmn_plan_model_set_accounts (self->model, accounts);
  if (!self->was_shown && accounts->len > 0)
    {
      self->was_shown = TRUE;
      show (self);
    }
  bmn_post_details_refresh (self->details);
}

/*
 * Actions.
 */

static void
on_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (data, g_str_equal (g_action_get_name (G_ACTION (action)), "later") ? 1 : -1);
}

static void
on_today (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnPlanPage *self = data;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  show_day (self, now);
  if (g_str_equal (get_view (self), "month"))
    bmn_month_view_focus (self->month, now);
}

static void
on_show_day (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnPlanPage *self = data;
  g_autoptr (GDateTime) day = bmn_plan_time_from_instant (g_variant_get_int64 (parameter));
  show_day (self, day);
  if (g_str_equal (get_view (self), "month"))
    bmn_month_view_focus (self->month, day);
}

static void
on_view (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_simple_action_set_state (action, value);
  show (data);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnPlanPage *self = data;
  bmn_post_details_show (self->details, g_variant_get_int64 (parameter));
  arrange (self);
  g_signal_emit (self, signals[OPENED], 0);
}

static void
on_close_details (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnPlanPage *self = data;
  bmn_post_details_show (self->details, 0);
  arrange (self);
}

/* The entry of a post at a moment: a post may stand at several. */
static BmnPlanEntry *
find_entry (BmnPlanPage *self, gint64 post_id, gint64 at)
{
  GListModel *list = G_LIST_MODEL (self->model);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BmnPlanEntry) entry = g_list_model_get_item (list, i);
      const BmnAgendaItem *item = bmn_plan_entry_get_item (entry);
      if (item && item->post_id == post_id && item->at == at)
        return g_steal_pointer (&entry);
    }
  return NULL;
}

static void
on_move (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnPlanPage *self = data;
  gint64 post_id, from, to;
  g_variant_get (parameter, "(xxx)", &post_id, &from, &to);
  g_autoptr (BmnPlanEntry) entry = find_entry (self, post_id, from);
  if (entry)
    bmn_plan_changes_move (self->changes, entry, to);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnPlanPage *self = data;
  gint64 id = g_variant_get_int64 (parameter);
  if (bmn_post_details_get_post (self->details) == id)
    on_close_details (NULL, NULL, self);
  bmn_plan_changes_delete (self->changes, id);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bmn_plan_changes_undo (((BmnPlanPage *)data)->changes);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bmn_plan_changes_redo (((BmnPlanPage *)data)->changes);
}

static void
on_retry (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = g_action_get_name (G_ACTION (action));
  BmnRetry how = g_str_equal (name, "is-out")       ? BMN_RETRY_IS_OUT
                 : g_str_equal (name, "is-not-out") ? BMN_RETRY_NOT_OUT
                                                    : BMN_RETRY_LOOK;
  bmn_plan_changes_retry (((BmnPlanPage *)data)->changes, g_variant_get_int64 (parameter), how);
}

static void
on_open_url (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkRoot *root = gtk_widget_get_root (data);
  const char *url = g_variant_get_string (parameter, NULL);
  g_autofree char *uri = g_path_is_absolute (url) ? g_filename_to_uri (url, NULL, NULL) : NULL;
  gtk_show_uri (GTK_WINDOW (root), uri ? uri : url, GDK_CURRENT_TIME);
}

static const GActionEntry entries[] = {
  { .name = "earlier", .activate = on_step },
  { .name = "later", .activate = on_step },
  { .name = "today", .activate = on_today },
  { .name = "show-day", .activate = on_show_day, .parameter_type = "x" },
  { .name = "view", .parameter_type = "s", .state = "'month'", .change_state = on_view },
  { .name = "open", .activate = on_open, .parameter_type = "x" },
  { .name = "close-details", .activate = on_close_details },
  { .name = "move", .activate = on_move, .parameter_type = "(xxx)" },
  { .name = "delete", .activate = on_delete, .parameter_type = "x" },
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_redo },
  { .name = "retry", .activate = on_retry, .parameter_type = "x" },
  { .name = "is-out", .activate = on_retry, .parameter_type = "x" },
  { .name = "is-not-out", .activate = on_retry, .parameter_type = "x" },
  { .name = "open-url", .activate = on_open_url, .parameter_type = "s" },
};

GActionGroup *
bmn_plan_page_get_actions (BmnPlanPage *self)
{
  return G_ACTION_GROUP (self->actions);
}

BmnPlanModel *
bmn_plan_page_get_model (BmnPlanPage *self)
{
  return self->model;
}

/*
 * The object.
 */

static void
pass_toast (BmnPlanPage *self, AdwToast *toast)
{
  g_signal_emit (self, signals[TOAST], 0, toast);
}

static void
pass_error (BmnPlanPage *self, GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
enable (BmnPlanPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_undo (BmnPlanPage *self)
{
  enable (self, "undo", bmn_plan_changes_can_undo (self->changes));
  enable (self, "redo", bmn_plan_changes_can_redo (self->changes));
}

void
bmn_plan_page_set_session (BmnPlanPage *self, BmnSessionThread *session)
{
  self->model = bmn_plan_model_new (session);
  self->changes = bmn_plan_changes_new (session, self->model);
  bmn_month_view_set_model (self->month, self->model);
  bmn_week_view_set_model (self->week, self->model);
  bmn_agenda_list_set_model (self->list, self->model);
  bmn_two_weeks_set_model (self->two_weeks, self->model);
  bmn_post_details_set_session (self->details, session);
  g_signal_connect_swapped (self->changes, "toast", G_CALLBACK (pass_toast), self);
  g_signal_connect_swapped (self->changes, "failed", G_CALLBACK (pass_error), self);
  g_signal_connect_swapped (self->changes, "changed", G_CALLBACK (update_undo), self);
  update_undo (self);
  g_signal_connect_swapped (self->model, "failed", G_CALLBACK (pass_error), self);
  g_signal_connect_swapped (self->model, "accounts-changed", G_CALLBACK (fill_accounts), self);
  g_signal_connect_swapped (self->model, "notify::loaded", G_CALLBACK (show_summary), self);
}

static gboolean
rearrange (gpointer data)
{
  g_autoptr (BmnPlanPage) self = data;
  arrange (self);
  show (self);
  return G_SOURCE_REMOVE;
}

static void
bmn_plan_page_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  GTK_WIDGET_CLASS (bmn_plan_page_parent_class)
      ->measure (widget, orientation, orientation == GTK_ORIENTATION_VERTICAL ? -1 : for_size,
                 minimum, natural, minimum_baseline, natural_baseline);
  /* What a wide window shows must not keep it from becoming narrow. */
  *minimum = MIN (*minimum, orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST : 200);
}

static void
bmn_plan_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BmnPlanPage *self = BMN_PLAN_PAGE (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));
  int min_width, min_height;
  if (self->narrow != (width < NARROW))
    {
      self->narrow = width < NARROW;
      g_idle_add_full (GTK_PRIORITY_RESIZE - 5, rearrange, g_object_ref (self), NULL);
    }
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  width = MAX (width, min_width);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &min_height, NULL, NULL, NULL);
  gtk_widget_allocate (child, width, MAX (height, min_height), baseline, NULL);
}

static void
bmn_plan_page_dispose (GObject *object)
{
  BmnPlanPage *self = BMN_PLAN_PAGE (object);
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->changes)
    g_signal_handlers_disconnect_by_data (self->changes, self);
  g_clear_object (&self->changes);
  g_clear_object (&self->model);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->day, g_date_time_unref);
  G_OBJECT_CLASS (bmn_plan_page_parent_class)->dispose (object);
}

static void
bmn_plan_page_class_init (BmnPlanPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_plan_page_dispose;
  widget_class->measure = bmn_plan_page_measure;
  widget_class->size_allocate = bmn_plan_page_size_allocate;
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, ADW_TYPE_TOAST);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[OPENED]
      = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "plan.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "plan.redo", NULL);
  g_type_ensure (BMN_TYPE_AGENDA_LIST);
  g_type_ensure (BMN_TYPE_MONTH_VIEW);
  g_type_ensure (BMN_TYPE_POST_DETAILS);
  g_type_ensure (BMN_TYPE_TWO_WEEKS);
  g_type_ensure (BMN_TYPE_WEEK_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/plan/bmn-plan-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, main);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, period);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, steps);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, summary);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, account_bar);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, filter_box);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, views_switch);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, two_weeks);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, views);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, month);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, week);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, list);
  gtk_widget_class_bind_template_child (widget_class, BmnPlanPage, details);
}

static void
bmn_plan_page_init (BmnPlanPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  self->day = bmn_plan_time_day (now);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The layout of AdwBin would come before our measure() and size_allocate(). */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  fill_filters (self);
  arrange (self);
}
