#include "bmn-restore.h"
#include "bmn-transfer-window.h"
#include "bmn-window.h"

#include "bmn-session-backup.h"

#include <glib/gi18n.h>

/*
 * The data folder is exchanged while nobody has it open: publishing stops first, so that what was
 * sent has its answer on record, then the session is closed, and opened again on what is there
 * then, be it the backup or what was there before.
 */

typedef struct
{
  BmnTransferWindow *window; /* (owned) */
  char *path;                /* (owned) */
} Restore;

static void
restore_free (Restore *restore)
{
  g_object_unref (restore->window);
  g_free (restore->path);
  g_free (restore);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Restore, restore_free)

static char *
describe (const BmnRestoreReport *report)
{
  g_autoptr (GDateTime) created
      = g_date_time_new_from_unix_local (report->created_at / G_USEC_PER_SEC);
  g_autofree char *at = created ? g_date_time_format (created, "%x, %H:%M") : g_strdup ("");
  g_autoptr (GString) text = g_string_new (NULL);
  /* Translators: %s is a date and a time. */
  g_string_append_printf (text, _ ("Everything is as it was on %s."), at);
  if (report->n_held > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (
          text,
          ngettext ("%u planned post is held, as its time has passed since the backup.",
                    "%u planned posts are held, as their time has passed since the backup.",
                    report->n_held),
          report->n_held);
    }
  if (report->aside)
    {
      g_autofree char *name = g_filename_display_name (report->aside);
      g_string_append_c (text, '\n');
      /* Translators: %s is a path. */
      g_string_append_printf (text, _ ("What was there before is kept in “%s”."), name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Restore) restore = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnRestoreReport) report = bmn_session_restore_finish (result, &error);
  bmn_application_resume (bmn_transfer_window_get_application (restore->window));
  if (!report)
    {
      bmn_transfer_window_fail (restore->window, error);
      return;
    }
  g_autofree char *described = describe (report);
  bmn_transfer_window_end (restore->window, described);
}

static void
on_suspended (GObject *source, GAsyncResult *result, gpointer data)
{
  Restore *restore = data;
  BmnApplication *app = BMN_APPLICATION (source);
  bmn_application_suspend_finish (app, result);
  bmn_session_restore_async (
      bmn_application_get_folder (app), restore->path, bmn_progress_relay_report,
      bmn_transfer_window_get_relay (restore->window),
      bmn_transfer_window_get_cancellable (restore->window), on_restored, restore);
}

static void
start (BmnApplication *app, const char *path)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (app));
  Restore *restore = g_new0 (Restore, 1);
  restore->window
      = g_object_ref (bmn_transfer_window_new (app, parent, _ ("Restoring From a Backup")));
  restore->path = g_strdup (path);
  bmn_application_suspend_async (app, on_suspended, restore);
}

/*
 * Before it.
 */

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "restore"))
    start (data, g_object_get_data (G_OBJECT (dialog), "path"));
}

static GtkWidget *
make_dialog (BmnApplication *app, const char *heading, const char *body)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (app));
  return adw_message_dialog_new (parent, heading, body);
}

static void
warn (BmnApplication *app, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: %s is a file's name. */
  g_autofree char *body = g_strdup_printf (
      _ ("All posts, plans and accounts will be as they are in “%s”. What is there now is kept in "
         "a folder beside it. Passwords and sign-ins stay in the keyring as they are."),
      name);
  GtkWidget *dialog = make_dialog (app, _ ("Restore From This Backup?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "restore",
                                    _ ("_Restore"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "restore",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), app, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
refuse (BmnApplication *app, const char *why)
{
  GtkWidget *dialog = make_dialog (app, _ ("Not Now"), why);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  if (response == GTK_RESPONSE_ACCEPT && file && g_file_peek_path (file))
    warn (data, g_file_peek_path (file));
}

/* Whoever writes would lose the ground under the draft. */
static gboolean
somebody_writes (BmnApplication *app)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (app)); at; at = at->next)
    if (!BMN_IS_WINDOW (at->data) && gtk_widget_get_visible (at->data))
      return TRUE;
  return FALSE;
}

void
bmn_restore_begin (BmnApplication *app)
{
  if (bmn_application_shows_sample (app))
    {
      refuse (app, _ ("Remove the sample data first: a backup takes the place of your own."));
      return;
    }
  if (somebody_writes (app))
    {
      refuse (app, _ ("Close the windows in which you write first."));
      return;
    }
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Choose a Backup"), gtk_application_get_active_window (GTK_APPLICATION (app)),
      GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), app);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
