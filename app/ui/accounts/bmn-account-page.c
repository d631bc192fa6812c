#include "bmn-account-page.h"
#include "bmn-ability.h"
#include "bmn-account-avatar.h"
#include "bmn-account-removal.h"
#include "bmn-account-view.h"
#include "bmn-account-visit.h"
#include "bmn-connect-window.h"
#include "bmn-never-hours.h"
#include "bmn-plan-time.h"
#include "bmn-slot-commands.h"
#include "bmn-slots-editor.h"

#include "bmn-session-accounts.h"
#include "bmn-session-levers.h"

#include <glib/gi18n.h>

struct _BmnAccountPage
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */
  gint64 id;
  BmnAccountView *view; /* (owned) (nullable) */
  gboolean is_filling;  /* what changes on screen is not the user's doing */
  GPtrArray *abilities; /* (owned) (element-type GtkWidget): rows */

  BmnAccountAvatar *avatar;
  GtkLabel *title;
  GtkLabel *handle;
  AdwActionRow *state;
  GtkImage *state_icon;
  GtkWidget *sign_in;
  GtkWidget *check;
  GtkSpinner *check_spinner;
  GtkEditable *name;
  GtkSwitch *publishing;
  BmnSlotsEditor *slots;
  AdwPreferencesGroup *queue;
  GtkEditable *zone;
  GtkSpinButton *gap;
  AdwExpanderRow *never_row;
  BmnNeverHours *never_hours;
  AdwComboRow *policy;
  GtkSpinButton *grace;
  AdwPreferencesGroup *abilities_group;
  GtkSpinButton *half_life;
  GtkSpinButton *diversity;
  GtkWidget *history;
  AdwActionRow *sync;
  GtkWidget *sync_now;
  GtkSpinner *sync_spinner;
};

G_DEFINE_FINAL_TYPE (BmnAccountPage, bmn_account_page, ADW_TYPE_BIN)

enum
{
  TOAST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
tell (BmnAccountPage *self, AdwToast *toast)
{
  g_signal_emit (self, signals[TOAST], 0, toast);
  g_object_unref (toast);
}

static void
say (BmnAccountPage *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  tell (self, g_object_ref_sink (adw_toast_new (escaped)));
}

/*
 * Showing.
 */

/* Leaves alone what the user is typing. */
static void
set_text (GtkEditable *editable, const char *text)
{
  GtkWidget *delegate = GTK_WIDGET (gtk_editable_get_delegate (editable));
  if (!gtk_widget_has_focus (delegate) && g_strcmp0 (gtk_editable_get_text (editable), text) != 0)
    gtk_editable_set_text (editable, text);
}

static void
set_number (GtkSpinButton *spin, double value)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (spin)))))
    gtk_spin_button_set_value (spin, value);
}

static void
show_state (BmnAccountPage *self)
{
  static const char *const classes[] = { "published", "failed", "held" };
  g_auto (BmnAccountState) state = { 0 };
  bmn_account_state_judge (self->view->overview, g_get_real_time (), &state);
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), "state");
  gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), state.css_class);
  gtk_image_set_from_icon_name (self->state_icon, state.icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state), state.title);
  adw_action_row_set_subtitle (self->state, state.detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->state), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  state.title, -1);
  gtk_widget_set_visible (self->check, !state.wants_sign_in);
  gtk_button_set_label (GTK_BUTTON (self->sign_in), self->view->overview->capabilities.needs_network
                                                        ? _ ("_Sign In Again")
                                                        : _ ("Change _Folder"));
  if (state.wants_sign_in)
    gtk_widget_add_css_class (self->sign_in, "suggested-action");
  else
    gtk_widget_remove_css_class (self->sign_in, "suggested-action");
}

static GtkWidget *
make_ability_row (const BmnAbility *ability)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (ability->has ? "object-select-symbolic"
                                                               : "bmn-not-for-me-symbolic");
  gtk_widget_add_css_class (icon, ability->has ? "rise" : "dim-label");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), ability->title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (ability->detail)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), ability->detail);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static void
show_abilities (BmnAccountPage *self)
{
  const BmnAccountOverview *overview = self->view->overview;
  g_autoptr (GPtrArray) list = bmn_ability_list (&overview->capabilities, overview->limits);
  for (guint i = 0; i < self->abilities->len; i++)
    adw_preferences_group_remove (self->abilities_group, self->abilities->pdata[i]);
  g_ptr_array_set_size (self->abilities, 0);
  for (guint i = 0; i < list->len; i++)
    {
      GtkWidget *row = make_ability_row (list->pdata[i]);
      adw_preferences_group_add (self->abilities_group, row);
      g_ptr_array_add (self->abilities, row);
    }
}

static void
show_history (BmnAccountPage *self)
{
  const BmnAccountOverview *overview = self->view->overview;
  g_autofree char *count = g_strdup_printf (
      ngettext ("%ld post is known.", "%ld posts are known.", overview->n_history),
      (glong)overview->n_history);
  g_autofree char *when = NULL;
  gtk_widget_set_visible (self->sync_now, overview->can_sync);
  if (!overview->can_sync)
    when = g_strdup (_ ("The platform tells nothing more of them."));
  else if (overview->synced_at == 0)
    when = g_strdup (_ ("Not read from the platform yet."));
  else
    {
      g_autoptr (GDateTime) time = bmn_plan_time_from_instant (overview->synced_at);
      g_autofree char *words = bmn_plan_time_format_full (time);
      /* Translators: %s is a day with its time. */
      when = g_strdup_printf (_ ("Last read %s."), words);
    }
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", count, when);
  adw_action_row_set_subtitle (self->sync, subtitle);
}

static void
show_never_hours (BmnAccountPage *self)
{
  guint n = 0;
  for (guint32 hours = self->view->levers->never_hours; hours; hours &= hours - 1)
    n++;
  g_autofree char *subtitle
      = n == 0 ? g_strdup (_ ("None"))
               : g_strdup_printf (ngettext ("%u hour of the day", "%u hours of the day", n), n);
  adw_expander_row_set_subtitle (self->never_row, subtitle);
  bmn_never_hours_set (self->never_hours, self->view->levers->never_hours);
}

static void
show_view (BmnAccountPage *self)
{
  const BmnAccountOverview *overview = self->view->overview;
  const BmnAccount *account = overview->account;
  self->is_filling = TRUE;
  bmn_account_avatar_set_account (self->avatar, account);
  gtk_label_set_label (self->title, account->name);
  gboolean is_same = g_strcmp0 (account->handle, account->name) == 0;
  gtk_label_set_label (self->handle,
                       account->handle && !is_same ? account->handle : overview->platform_name);
  show_state (self);
  set_text (self->name, account->name);
  gtk_switch_set_active (self->publishing, !account->paused);
  bmn_slots_editor_set_slots (self->slots, self->view->slots);
  set_text (self->zone, account->zone);
  set_number (self->gap, account->min_gap / 60);
  show_never_hours (self);
  adw_combo_row_set_selected (self->policy, account->missed_policy);
  set_number (self->grace, account->grace / 60);
  show_abilities (self);
  set_number (self->half_life, self->view->levers->half_life);
  set_number (self->diversity, self->view->levers->diversity * 100);
  show_history (self);
  self->is_filling = FALSE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnAccountPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccountView) view
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  /* An account that is gone is no longer on screen in a moment. */
  if (!view || view->overview->account->id != self->id)
    return;
  g_clear_pointer (&self->view, bmn_account_view_free);
  self->view = g_steal_pointer (&view);
  show_view (self);
}

void
bmn_account_page_show (BmnAccountPage *self, gint64 id)
{
  self->id = id;
  if (id != 0 && self->session)
    bmn_session_thread_call_async (self->session, bmn_account_view_read, g_memdup2 (&id, sizeof id),
                                   g_free, (GDestroyNotify)bmn_account_view_free, NULL, on_read,
                                   g_object_ref (self));
}

gint64
bmn_account_page_get_id (BmnAccountPage *self)
{
  return self->id;
}

/*
 * Changing. The session tells of every change, which shows it.
 */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnAccountPage) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    say (self, error->message);
  bmn_account_page_show (self, self->id);
}

/* @data: (transfer full): freed with @destroy */
static void
change (BmnAccountPage *self, BmnSessionFunc func, gpointer data, GDestroyNotify destroy)
{
  bmn_session_thread_call_async (self->session, func, data, destroy, NULL, NULL, on_changed,
                                 g_object_ref (self));
}

static gpointer
update_account (BmnSession *session, gpointer data, GError **error)
{
  bmn_session_update_account (session, data, error);
  return NULL;
}

static void
on_account_edited (BmnAccountPage *self)
{
  const char *name = gtk_editable_get_text (self->name);
  if (self->is_filling || !self->view)
    return;
  BmnAccount *account = bmn_account_copy (self->view->overview->account);
  g_free (account->name);
  account->name = g_strdup (*name ? name : self->view->overview->account->name);
  g_free (account->zone);
  account->zone = g_strdup (gtk_editable_get_text (self->zone));
  account->paused = !gtk_switch_get_active (self->publishing);
  account->missed_policy = adw_combo_row_get_selected (self->policy);
  account->grace = gtk_spin_button_get_value_as_int (self->grace) * 60;
  account->min_gap = gtk_spin_button_get_value_as_int (self->gap) * 60;
  change (self, update_account, account, (GDestroyNotify)bmn_account_free);
}

typedef struct
{
  gint64 id;
  double half_life;
  double diversity;
  guint32 never_hours;
} Levers;

static gpointer
update_levers (BmnSession *session, gpointer data, GError **error)
{
  const Levers *levers = data;
  bmn_session_set_lever_settings (session, levers->id, levers->half_life, levers->diversity,
                                  levers->never_hours, error);
  return NULL;
}

static void
on_levers_edited (BmnAccountPage *self)
{
  if (self->is_filling || !self->view)
    return;
  Levers *levers = g_new0 (Levers, 1);
  levers->id = self->id;
  levers->half_life = gtk_spin_button_get_value (self->half_life);
  levers->diversity = gtk_spin_button_get_value (self->diversity) / 100;
  levers->never_hours = bmn_never_hours_get (self->never_hours);
  change (self, update_levers, levers, g_free);
}

void
bmn_account_page_add_slots (BmnAccountPage *self, gint64 id, guint days, int minute)
{
  change (self, bmn_slot_command_run, bmn_slot_command_new (id, 0, days, minute), g_free);
}

static void
on_add_slots (BmnAccountPage *self, guint days, int minute)
{
  bmn_account_page_add_slots (self, self->id, days, minute);
}

static void
on_change_slot (BmnAccountPage *self, BmnSlot *slot, int minute)
{
  change (self, bmn_slot_command_run,
          bmn_slot_command_new (slot->account_id, slot->id, 1u << slot->weekday, minute), g_free);
}

static void
on_remove_slot (BmnAccountPage *self, BmnSlot *slot)
{
  g_autofree char *day = bmn_weekday_get_name (slot->weekday);
  g_autofree char *time = bmn_minute_to_text (slot->minute);
  /* Translators: a weekday and a time. */
  g_autofree char *message = g_strdup_printf (_ ("%s, %s is removed from the queue."), day, time);
  AdwToast *toast = g_object_ref_sink (adw_toast_new (message));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "accounts.restore-slot");
  adw_toast_set_action_target_value (
      toast, g_variant_new ("(xii)", slot->account_id, slot->weekday, slot->minute));
  change (self, bmn_slot_command_run, bmn_slot_command_new (slot->account_id, slot->id, 0, 0),
          g_free);
  tell (self, toast);
}

/*
 * What takes its time.
 */

static void
set_busy (GtkWidget *button, GtkSpinner *spinner, gboolean busy)
{
  gtk_widget_set_sensitive (button, !busy);
  gtk_spinner_set_spinning (spinner, busy);
}

static void
on_visited (const char *message, gpointer data)
{
  BmnAccountPage *self = data;
  set_busy (self->check, self->check_spinner, FALSE);
  set_busy (self->sync_now, self->sync_spinner, FALSE);
  say (self, message);
  bmn_account_page_show (self, self->id);
}

static void
on_check (BmnAccountPage *self)
{
  set_busy (self->check, self->check_spinner, TRUE);
  bmn_account_visit_check (self->session, self->id, on_visited, g_object_ref (G_OBJECT (self)));
}

static void
on_sync (BmnAccountPage *self)
{
  set_busy (self->sync_now, self->sync_spinner, TRUE);
  bmn_account_visit_sync (self->session, self->id, on_visited, g_object_ref (G_OBJECT (self)));
}

static void
on_sign_in (BmnAccountPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  if (self->view)
    gtk_window_present (GTK_WINDOW (
        bmn_connect_window_new_again (window, self->session, self->view->overview->account)));
}

static void
on_remove (BmnAccountPage *self)
{
  if (self->view)
    bmn_account_remove (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session,
                        self->view->overview, on_visited, g_object_ref (G_OBJECT (self)));
}

/*
 * The object.
 */

void
bmn_account_page_set_session (BmnAccountPage *self, BmnSessionThread *session)
{
  g_set_object (&self->session, session);
}

static void
bmn_account_page_dispose (GObject *object)
{
  BmnAccountPage *self = BMN_ACCOUNT_PAGE (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_account_page_parent_class)->dispose (object);
}

static void
bmn_account_page_finalize (GObject *object)
{
  BmnAccountPage *self = BMN_ACCOUNT_PAGE (object);
  g_clear_pointer (&self->view, bmn_account_view_free);
  g_ptr_array_unref (self->abilities);
  G_OBJECT_CLASS (bmn_account_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, title);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, handle);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, state);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, state_icon);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, check);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, check_spinner);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, name);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, publishing);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, slots);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, queue);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, zone);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, gap);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, never_row);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, never_hours);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, policy);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, grace);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, abilities_group);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, half_life);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, diversity);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, history);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, sync);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, sync_now);
  gtk_widget_class_bind_template_child (widget_class, BmnAccountPage, sync_spinner);
}

static void
bmn_account_page_class_init (BmnAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_account_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_account_page_finalize;
  g_type_ensure (BMN_TYPE_ACCOUNT_AVATAR);
  g_type_ensure (BMN_TYPE_SLOTS_EDITOR);
  g_type_ensure (BMN_TYPE_NEVER_HOURS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/accounts/bmn-account-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_account_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_levers_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_add_slots);
  gtk_widget_class_bind_template_callback (widget_class, on_change_slot);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_slot);
  gtk_widget_class_bind_template_callback (widget_class, on_check);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, on_sync);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  signals[TOAST] = g_signal_new ("toast", BMN_TYPE_ACCOUNT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);
}

static void
bmn_account_page_init (BmnAccountPage *self)
{
  self->abilities = g_ptr_array_new ();
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  bmn_account_avatar_set_size (self->avatar, 72);
  self->is_filling = FALSE;
}
