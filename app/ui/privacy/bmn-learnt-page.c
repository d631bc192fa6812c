#include "bmn-learnt-page.h"
#include "bmn-learnt-report.h"

#include "bmn-session-accounts.h"
#include "bmn-session-privacy.h"

#include <glib/gi18n.h>

struct _BmnLearntPage
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */
  GPtrArray *accounts;       /* (owned) (nullable) (element-type BmnAccount) */
  GCancellable *asking;      /* (owned) (nullable) */
  GPtrArray *rows;           /* (owned) (element-type GtkWidget): of the report */
  gboolean is_filling;
  GtkStack *stack;
  AdwComboRow *account;
  GtkSpinner *spinner;
  AdwActionRow *count;
  AdwPreferencesGroup *findings;
  AdwPreferencesGroup *exposures;
  GtkWidget *forget;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (BmnLearntPage, bmn_learnt_page, ADW_TYPE_BIN)

/* Returns: (nullable) (transfer none) */
static const BmnAccount *
get_account (BmnLearntPage *self)
{
  guint i = adw_combo_row_get_selected (self->account);
  return self->accounts && i < self->accounts->len ? self->accounts->pdata[i] : NULL;
}

/*
 * The report.
 */

static void
clear_rows (BmnLearntPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "group"), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (BmnLearntPage *self, AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_object_set_data (G_OBJECT (row), "group", group);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_report (BmnLearntPage *self, const BmnLearntReport *report)
{
  g_autofree char *learnt
      = g_strdup_printf (ngettext ("%u post", "%u posts", report->n_learnt), report->n_learnt);
  g_autofree char *excluded = g_strdup_printf (
      ngettext ("%u post is excluded", "%u posts are excluded", report->n_excluded),
      report->n_excluded);
  clear_rows (self);
  adw_action_row_set_subtitle (self->count, report->n_excluded > 0 ? excluded : NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->count), learnt);
  for (guint i = 0; report->sentences[i]; i++)
    add_row (self, self->findings, report->sentences[i], NULL);
  for (guint i = 0; i + 1 < report->exposures->len; i += 2)
    add_row (self, self->exposures, report->exposures->pdata[i], report->exposures->pdata[i + 1]);
  gtk_widget_set_visible (GTK_WIDGET (self->findings), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->exposures), report->exposures->len > 0);
  gtk_widget_set_sensitive (self->forget, report->n_learnt > 0);
  gtk_widget_set_sensitive (self->again, report->n_excluded > 0);
}

static void
on_report (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnLearntPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnLearntReport) report
      = bmn_learnt_report_finish (BMN_SESSION_THREAD (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  if (report)
    show_report (self, report);
  else
    adw_action_row_set_subtitle (self->count, error->message);
}

static void
ask (BmnLearntPage *self)
{
  const BmnAccount *account = get_account (self);
  if (self->is_filling || !account)
    return;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  bmn_learnt_report_async (self->session, account->id, self->asking, on_report,
                           g_object_ref (self));
}

/*
 * The accounts.
 */

static gpointer
list_accounts (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_list_accounts (session, error);
}

static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (!a || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (((BmnAccount *)a->pdata[i])->id != ((BmnAccount *)b->pdata[i])->id
        || g_strcmp0 (((BmnAccount *)a->pdata[i])->name, ((BmnAccount *)b->pdata[i])->name) != 0)
      return FALSE;
  return TRUE;
}

static void
on_accounts (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnLearntPage) self = data;
  g_autoptr (GPtrArray) accounts
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, NULL);
  if (!accounts || are_same (self->accounts, accounts))
    return;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; i < accounts->len; i++)
    gtk_string_list_append (names, ((BmnAccount *)accounts->pdata[i])->name);
  self->is_filling = TRUE;
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  self->accounts = g_steal_pointer (&accounts);
  adw_combo_row_set_model (self->account, G_LIST_MODEL (names));
  self->is_filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, self->accounts->len > 0 ? "report" : "none");
  ask (self);
}

void
bmn_learnt_page_refresh (BmnLearntPage *self)
{
  if (self->session && bmn_session_thread_is_open (self->session))
    bmn_session_thread_call_async (self->session, list_accounts, NULL, NULL,
                                   (GDestroyNotify)g_ptr_array_unref, NULL, on_accounts,
                                   g_object_ref (self));
}

/*
 * Forgetting, and learning again.
 */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnLearntPage) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    adw_action_row_set_subtitle (self->count, error->message);
  else
    ask (self);
}

static gpointer
forget (BmnSession *session, gpointer id, GError **error)
{
  bmn_session_forget_learnt (session, *(gint64 *)id, error);
  return NULL;
}

static gpointer
learn_again (BmnSession *session, gpointer id, GError **error)
{
  bmn_session_learn_again (session, *(gint64 *)id, error);
  return NULL;
}

static void
change (BmnLearntPage *self, BmnSessionFunc func)
{
  const BmnAccount *account = get_account (self);
  if (account)
    bmn_session_thread_call_async (self->session, func,
                                   g_memdup2 (&account->id, sizeof account->id), g_free, NULL, NULL,
                                   on_changed, g_object_ref (self));
}

static void
on_again (BmnLearntPage *self)
{
  change (self, learn_again);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (BmnLearntPage) self = data;
  if (g_str_equal (response, "forget"))
    change (self, forget);
}

static void
on_forget (BmnLearntPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      window, _ ("Forget What Was Learnt?"),
      _ ("Suggestions for this account start anew, with what is published from now on. The log of "
         "what was suggested is deleted. Your posts stay, and can be learnt from again.")));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "forget", _ ("_Forget"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "forget", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), g_object_ref (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/*
 * The object.
 */

void
bmn_learnt_page_set_session (BmnLearntPage *self, BmnSessionThread *session)
{
  g_set_object (&self->session, session);
  bmn_learnt_page_refresh (self);
}

static void
bmn_learnt_page_dispose (GObject *object)
{
  BmnLearntPage *self = BMN_LEARNT_PAGE (object);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->session);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  G_OBJECT_CLASS (bmn_learnt_page_parent_class)->dispose (object);
}

static void
bmn_learnt_page_finalize (GObject *object)
{
  g_ptr_array_unref (BMN_LEARNT_PAGE (object)->rows);
  G_OBJECT_CLASS (bmn_learnt_page_parent_class)->finalize (object);
}

static void
bmn_learnt_page_class_init (BmnLearntPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_learnt_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_learnt_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/privacy/bmn-learnt-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnLearntPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BmnLearntPage, account);
  gtk_widget_class_bind_template_child (widget_class, BmnLearntPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, BmnLearntPage, count);
  gtk_widget_class_bind_template_child (widget_class, BmnLearntPage, findings);
  gtk_widget_class_bind_template_child (widget_class, BmnLearntPage, exposures);
  gtk_widget_class_bind_template_child (widget_class, BmnLearntPage, forget);
  gtk_widget_class_bind_template_child (widget_class, BmnLearntPage, again);
  gtk_widget_class_bind_template_callback (widget_class, ask);
  gtk_widget_class_bind_template_callback (widget_class, on_forget);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
bmn_learnt_page_init (BmnLearntPage *self)
{
  self->rows = g_ptr_array_new ();
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_filling = FALSE;
}
