#include "bmn-import-window.h"
#include "bmn-import-calls.h"
#include "bmn-import-choice.h"
#include "bmn-import-mapper.h"
#include "bmn-import-outcome.h"

#include "bmn-session-accounts.h"

#include <glib/gi18n.h>

struct _BmnImportWindow
{
  AdwWindow parent_instance;

  BmnApplication *app;           /* (owned) */
  BmnSessionThread *session;     /* (owned) */
  GCancellable *asking;          /* (owned) (nullable): what is under way */
  BmnProgressRelay *relay;       /* (owned) (nullable): of the same */
  GtkFileChooserNative *chooser; /* (owned) (nullable) */
  char *path;                    /* (owned) (nullable) */
  gint64 account_id;
  BmnImportPlan *plan; /* (owned) (nullable): as it was found out */

  GtkStack *stack;
  GtkWidget *back;
  GtkWidget *import_button;
  GtkWidget *choose_button;
  AdwStatusPage *file_page;
  GtkLabel *file_message;
  AdwPreferencesGroup *choices;
  AdwActionRow *file_row;
  BmnImportChoice *format;
  BmnImportChoice *account;
  GtkWidget *trouble;
  GtkLabel *plan_message;
  GtkWidget *counting;
  GtkSpinner *spinner;
  GtkLabel *counting_label;
  BmnImportOutcome *outcome;
  GtkWidget *mapping;
  BmnImportMapper *mapper;
  AdwStatusPage *running_page;
  GtkProgressBar *progress;
  GtkLabel *progress_label;
  GtkWidget *cancel_button;
  AdwStatusPage *ended_page;
  GtkWidget *go_on_button;
  GtkWidget *close_button;
  BmnImportOutcome *result;
};

G_DEFINE_FINAL_TYPE (BmnImportWindow, bmn_import_window, ADW_TYPE_WINDOW)

static void
show_page (BmnImportWindow *self, const char *name)
{
  gboolean plans = g_str_equal (name, "plan");
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, plans);
  gtk_widget_set_visible (self->import_button, plans);
}

static void
say (GtkLabel *label, const char *message)
{
  gtk_label_set_label (label, message ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (label), message != NULL);
}

/*
 * What is under way. The program stays until it has ended, whatever becomes of the window.
 */

static void
stop_asking (BmnImportWindow *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->relay)
    bmn_progress_relay_cut (self->relay);
  g_clear_pointer (&self->relay, bmn_progress_relay_unref);
}

/* What a call is for; the window may be asking something else when it is answered. */
typedef struct
{
  BmnImportWindow *window;   /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Question;

static Question *
ask (BmnImportWindow *self, BmnRelayFunc progress)
{
  Question *question = g_new0 (Question, 1);
  stop_asking (self);
  self->asking = g_cancellable_new ();
  self->relay = progress ? bmn_progress_relay_new (progress, self) : NULL;
  question->window = g_object_ref (self);
  question->cancellable = g_object_ref (self->asking);
  g_application_hold (G_APPLICATION (self->app));
  return question;
}

static void
question_free (Question *question)
{
  g_application_release (G_APPLICATION (question->window->app));
  g_object_unref (question->window);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
is_outdated (const Question *question)
{
  return question->window->asking != question->cancellable;
}

/*
 * The dry run.
 */

static void
set_counting (BmnImportWindow *self, gboolean counting)
{
  gtk_widget_set_visible (self->counting, counting);
  gtk_spinner_set_spinning (self->spinner, counting);
  gtk_label_set_label (self->counting_label, _ ("Looking through the file…"));
}

static void
show_trouble (BmnImportWindow *self, const char *message)
{
  say (self->plan_message, message);
  gtk_widget_set_visible (self->trouble, message != NULL);
}

static void
on_counting (gint64 done, gint64 total, gint64 count, gpointer data)
{
  BmnImportWindow *self = data;
  g_autofree char *label
      = g_strdup_printf (ngettext ("Looking through the file: %'u post…",
                                   "Looking through the file: %'u posts…", (gulong)count),
                         (guint)count);
  gtk_label_set_label (self->counting_label, label);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  BmnImportWindow *self = question->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnImportReport) report
      = bmn_import_calls_run_finish (BMN_SESSION_THREAD (source), result, &error);
  if (is_outdated (question))
    return;
  set_counting (self, FALSE);
  if (error)
    {
      show_trouble (self, error->message);
      return;
    }
  bmn_import_outcome_set_report (self->outcome, report, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), TRUE);
  gtk_widget_set_sensitive (self->import_button, report->n_new + report->n_known > 0);
}

static void
count (BmnImportWindow *self)
{
  Question *question = ask (self, on_counting);
  set_counting (self, TRUE);
  bmn_import_calls_run_async (self->session, self->path, self->account_id, self->plan, TRUE,
                              self->relay, self->asking, on_counted, question);
}

/*
 * The plan.
 */

static void
on_found_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  BmnImportWindow *self = question->window;
  g_autoptr (GError) error = NULL;
  BmnImportPlan *plan = bmn_import_calls_open_finish (BMN_SESSION_THREAD (source), result, &error);
  if (is_outdated (question))
    {
      g_clear_pointer (&plan, bmn_import_plan_free);
      return;
    }
  set_counting (self, FALSE);
  if (!plan)
    {
      gboolean is_planning
          = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "plan") == 0;
      if (is_planning)
        show_trouble (self, error->message);
      else
        say (self->file_message, error->message);
      return;
    }
  g_clear_pointer (&self->plan, bmn_import_plan_free);
  self->plan = plan;
  bmn_import_choice_set_value (self->format, bmn_import_format_to_nick (plan->format));
  gtk_widget_set_visible (self->mapping, plan->format == BMN_IMPORT_FORMAT_CSV);
  if (plan->format == BMN_IMPORT_FORMAT_CSV)
    bmn_import_mapper_set_plan (self->mapper, plan);
  show_page (self, "plan");
  count (self);
}

/* Finds out anew what the user did not say. */
static void
find_out (BmnImportWindow *self)
{
  if (!self->path || self->account_id == 0)
    return;
  g_autoptr (BmnImportPlan) wishes = bmn_import_mapper_get_wishes (self->mapper);
  const char *format = bmn_import_choice_get_value (self->format);
  (void)bmn_import_format_from_nick (format, &wishes->format);
  Question *question = ask (self, NULL);
  show_trouble (self, NULL);
  say (self->file_message, NULL);
  set_counting (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_widget_set_sensitive (self->import_button, FALSE);
  bmn_import_calls_open_async (self->session, self->path, self->account_id, wishes, self->asking,
                               on_found_out, question);
}

static void
on_format (BmnImportWindow *self)
{
  bmn_import_mapper_clear (self->mapper);
  find_out (self);
}

static void
on_account (BmnImportWindow *self)
{
  const char *id = bmn_import_choice_get_value (self->account);
  self->account_id = id ? g_ascii_strtoll (id, NULL, 10) : 0;
  find_out (self);
}

/*
 * The file.
 */

static void
open_file (BmnImportWindow *self, GFile *file)
{
  const char *path = g_file_peek_path (file);
  if (!path)
    {
      say (self->file_message,
           _ ("This file is not on this computer. Copy it here first, then choose it again."));
      return;
    }
  g_autofree char *name = g_filename_display_basename (path);
  g_free (self->path);
  self->path = g_strdup (path);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), name);
  bmn_import_choice_set_value (self->format, bmn_import_format_to_nick (BMN_IMPORT_FORMAT_GUESS));
  on_format (self);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  BmnImportWindow *self = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_clear_object (&self->chooser);
  if (response == GTK_RESPONSE_ACCEPT && file)
    open_file (self, file);
}

static void
choose_file (BmnImportWindow *self)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Choose Your Archive"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_file_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
on_drop (BmnImportWindow *self, const GValue *value)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  GFile *file = g_value_get_object (value);
  if (!file || g_str_equal (page, "running"))
    return FALSE;
  open_file (self, file);
  return TRUE;
}

static void
go_back (BmnImportWindow *self)
{
  stop_asking (self);
  g_clear_pointer (&self->path, g_free);
  show_page (self, "file");
  gtk_widget_grab_focus (self->choose_button);
}

/*
 * The import.
 */

static void
show_end (BmnImportWindow *self, const char *icon, const char *title, const char *description)
{
  g_autofree char *escaped = description ? g_markup_escape_text (description, -1) : NULL;
  adw_status_page_set_icon_name (self->ended_page, icon);
  adw_status_page_set_title (self->ended_page, title);
  adw_status_page_set_description (self->ended_page, escaped);
  show_page (self, "ended");
}

static void
on_rests (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  BmnImportWindow *self = question->window;
  g_autoptr (GError) error = NULL;
  gint64 n_posts = bmn_import_calls_count_finish (BMN_SESSION_THREAD (source), result, &error);
  if (is_outdated (question) || n_posts < 0)
    return;
  g_autofree char *rests
      = g_strdup_printf (ngettext ("Suggestions now rest on %'u post.",
                                   "Suggestions now rest on %'u posts.", (gulong)n_posts),
                         (guint)n_posts);
  adw_status_page_set_description (self->ended_page, rests);
}

static void
show_report (BmnImportWindow *self, const BmnImportReport *report)
{
  bmn_import_outcome_set_report (self->result, report, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->result), TRUE);
  gtk_widget_set_visible (self->go_on_button, FALSE);
  show_end (self, report->is_whole ? "bmn-published-symbolic" : "bmn-failed-symbolic",
            report->is_whole ? _ ("Your History Is In") : _ ("The File Breaks Off"),
            _ ("Learning from it…"));
  gtk_widget_grab_focus (self->close_button);
  Question *question = ask (self, NULL);
  bmn_import_calls_count_async (self->session, self->account_id, self->asking, on_rests, question);
}

static void
show_stopped (BmnImportWindow *self, const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gtk_widget_set_visible (GTK_WIDGET (self->result), FALSE);
  gtk_widget_set_visible (self->go_on_button, TRUE);
  show_end (self, cancelled ? "bmn-held-symbolic" : "bmn-failed-symbolic",
            cancelled ? _ ("Import Stopped") : _ ("Import Failed"),
            cancelled ? _ ("What came in stays. Go on when you like: no post comes twice.")
                      : error->message);
  gtk_widget_grab_focus (self->go_on_button);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  BmnImportWindow *self = question->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnImportReport) report
      = bmn_import_calls_run_finish (BMN_SESSION_THREAD (source), result, &error);
  if (is_outdated (question))
    return;
  if (report)
    show_report (self, report);
  else
    show_stopped (self, error);
}

static void
on_progress (gint64 done, gint64 total, gint64 n_posts, gpointer data)
{
  BmnImportWindow *self = data;
  g_autofree char *label
      = g_strdup_printf (ngettext ("%'u post", "%'u posts", (gulong)n_posts), (guint)n_posts);
  gtk_label_set_label (self->progress_label, label);
  if (total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)done / (double)total, 0, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
start_import (BmnImportWindow *self)
{
  Question *question = ask (self, on_progress);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_label_set_label (self->progress_label, "");
  show_page (self, "running");
  gtk_widget_grab_focus (self->cancel_button);
  bmn_import_calls_run_async (self->session, self->path, self->account_id, self->plan, FALSE,
                              self->relay, self->asking, on_imported, question);
}

/* The answer comes once what is with the store is stored. */
static void
cancel (BmnImportWindow *self)
{
  g_cancellable_cancel (self->asking);
}

/*
 * Accounts.
 */

static gpointer
list_accounts (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_list_accounts (session, error);
}

static void
on_accounts (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!accounts || accounts->len == 0)
    {
      say (self->file_message,
           accounts ? _ ("Connect an account first: a history belongs to one.") : error->message);
      gtk_widget_set_sensitive (self->choose_button, FALSE);
      return;
    }
  for (guint i = 0; i < accounts->len; i++)
    {
      const BmnAccount *account = accounts->pdata[i];
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, account->id);
      bmn_import_choice_add (self->account, id, account->name);
      if (account->id == self->account_id || (i == 0 && self->account_id == 0))
        bmn_import_choice_set_value (self->account, id);
    }
  on_account (self);
}

/*
 * The object.
 */

static BmnImportChoice *
add_choice (BmnImportWindow *self, const char *title, gpointer callback)
{
  GtkWidget *row = bmn_import_choice_new (title);
  g_signal_connect_swapped (row, "chosen", callback, self);
  adw_preferences_group_add (self->choices, row);
  return BMN_IMPORT_CHOICE (row);
}

static void
add_formats (BmnImportWindow *self)
{
  self->format = add_choice (self, _ ("Format"), G_CALLBACK (on_format));
  bmn_import_choice_add (self->format, "guess", _ ("To be found out"));
  bmn_import_choice_add (self->format, "mastodon", _ ("Archive of Mastodon"));
  bmn_import_choice_add (self->format, "x", _ ("Archive of X"));
  bmn_import_choice_add (self->format, "bluesky", _ ("Bluesky repository"));
  bmn_import_choice_add (self->format, "csv", _ ("Table"));
  bmn_import_choice_add (self->format, "bellman", _ ("History from Bellman"));
}

static void
bmn_import_window_dispose (GObject *object)
{
  BmnImportWindow *self = BMN_IMPORT_WINDOW (object);
  stop_asking (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_import_window_parent_class)->dispose (object);
}

static void
bmn_import_window_finalize (GObject *object)
{
  BmnImportWindow *self = BMN_IMPORT_WINDOW (object);
  g_clear_object (&self->app);
  g_free (self->path);
  g_clear_pointer (&self->plan, bmn_import_plan_free);
  G_OBJECT_CLASS (bmn_import_window_parent_class)->finalize (object);
}

/* Closing cancels; what came in stays. */
static gboolean
bmn_import_window_close_request (GtkWindow *window)
{
  stop_asking (BMN_IMPORT_WINDOW (window));
  return GTK_WINDOW_CLASS (bmn_import_window_parent_class)->close_request (window);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, back);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, import_button);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, choose_button);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, file_page);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, file_message);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, choices);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, plan_message);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, counting);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, counting_label);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, outcome);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, mapping);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, mapper);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, running_page);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, ended_page);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, go_on_button);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, close_button);
  gtk_widget_class_bind_template_child (widget_class, BmnImportWindow, result);
}

static void
bmn_import_window_class_init (BmnImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_import_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bmn_import_window_close_request;
  g_type_ensure (BMN_TYPE_IMPORT_MAPPER);
  g_type_ensure (BMN_TYPE_IMPORT_OUTCOME);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/import/bmn-import-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  gtk_widget_class_bind_template_callback (widget_class, choose_file);
  gtk_widget_class_bind_template_callback (widget_class, start_import);
  gtk_widget_class_bind_template_callback (widget_class, cancel);
  gtk_widget_class_bind_template_callback (widget_class, find_out);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bmn_import_window_init (BmnImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_formats (self);
  self->account = add_choice (self, _ ("Account"), G_CALLBACK (on_account));
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  show_page (self, "file");
}

BmnImportWindow *
bmn_import_window_new (BmnApplication *app, GtkWindow *parent, gint64 account_id)
{
  BmnImportWindow *self
      = g_object_new (BMN_TYPE_IMPORT_WINDOW, "application", app, "transient-for", parent, NULL);
  self->app = g_object_ref (app);
  self->session = g_object_ref (bmn_application_get_session (app));
  self->account_id = account_id;
  bmn_session_thread_call_async (self->session, list_accounts, NULL, NULL,
                                 (GDestroyNotify)g_ptr_array_unref, NULL, on_accounts,
                                 g_object_ref (self));
  return self;
}
