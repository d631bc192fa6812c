#include "bmn-transfers.h"
#include "bmn-import-window.h"
#include "bmn-restore.h"
#include "bmn-sync-run.h"
#include "bmn-transfer-window.h"

#include "bmn-session-backup.h"
#include "bmn-session-export.h"

#include <glib/gi18n.h>

static GtkWindow *
get_parent (BmnApplication *app)
{
  return gtk_application_get_active_window (GTK_APPLICATION (app));
}

/* What is written to a file. */
typedef struct
{
  BmnTransferWindow *window; /* (owned) */
  char *path;                /* (owned) */
  BmnExportFormat format;
  guint n; /* posts that were written */
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->window);
  g_free (writing->path);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static Writing *
writing_new (BmnApplication *app, const char *title, const char *path)
{
  Writing *writing = g_new0 (Writing, 1);
  g_autofree char *name = g_filename_display_basename (path);
  writing->window = g_object_ref (bmn_transfer_window_new (app, get_parent (app), title));
  writing->path = g_strdup (path);
  bmn_transfer_window_set_doing (writing->window, name);
  return writing;
}

/* @done: whether it was written; else @error says why not */
static void
give_answer (GTask *task, gboolean done, GError *error)
{
  if (done)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

/*
 * Export.
 */

#define WRITING "bmn-writing"

static void
on_exported (GObject *source, GAsyncResult *result, gpointer task)
{
  Writing *writing = g_object_get_data (task, WRITING);
  GError *error = NULL;
  gboolean done = bmn_session_export_finish (BMN_SESSION (source), result, &writing->n, &error);
  give_answer (task, done, error);
}

static void
start_export (BmnSession *session, gpointer data, GTask *task)
{
  const Writing *writing = data;
  g_object_set_data (G_OBJECT (task), WRITING, data);
  bmn_session_export_async (session, writing->format, 0, writing->path, bmn_progress_relay_report,
                            bmn_transfer_window_get_relay (writing->window),
                            g_task_get_cancellable (task), on_exported, task);
}

static void
on_export_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Writing) writing = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    {
      bmn_transfer_window_fail (writing->window, error);
      return;
    }
  g_autofree char *name = g_filename_display_name (writing->path);
  g_autofree char *result_text = g_strdup_printf (
      /* Translators: %s is a path. */
      ngettext ("%u post is in “%s”.", "%u posts are in “%s”.", writing->n), writing->n, name);
  bmn_transfer_window_end (writing->window, result_text);
}

static void
export_to (BmnApplication *app, const char *path, BmnExportFormat format)
{
  Writing *writing = writing_new (app, _ ("Exporting Your History"), path);
  writing->format = format;
  bmn_session_thread_start_async (bmn_application_get_session (app), start_export, writing, NULL,
                                  bmn_transfer_window_get_cancellable (writing->window),
                                  on_export_done, writing);
}

/*
 * Backup.
 */

static void
on_backed_up (GObject *source, GAsyncResult *result, gpointer task)
{
  GError *error = NULL;
  gboolean done = bmn_session_backup_finish (BMN_SESSION (source), result, &error);
  give_answer (task, done, error);
}

static void
start_backup (BmnSession *session, gpointer data, GTask *task)
{
  const Writing *writing = data;
  bmn_session_backup_async (session, writing->path, bmn_progress_relay_report,
                            bmn_transfer_window_get_relay (writing->window),
                            g_task_get_cancellable (task), on_backed_up, task);
}

static void
on_backup_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Writing) writing = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    {
      bmn_transfer_window_fail (writing->window, error);
      return;
    }
  g_autofree char *name = g_filename_display_name (writing->path);
  /* Translators: %s is a path. */
  g_autofree char *text = g_strdup_printf (
      _ ("All your data are in “%s”. Passwords and sign-ins are not: they stay in the keyring."),
      name);
  bmn_transfer_window_end (writing->window, text);
}

static void
back_up_to (BmnApplication *app, const char *path)
{
  Writing *writing = writing_new (app, _ ("Writing a Backup"), path);
  bmn_session_thread_start_async (bmn_application_get_session (app), start_backup, writing, NULL,
                                  bmn_transfer_window_get_cancellable (writing->window),
                                  on_backup_done, writing);
}

/*
 * Where to.
 */

/* What stands for a backup among the export formats' names. */
#define BACKUP "bellman-backup"

static void
on_place_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  const char *kind = g_object_get_data (G_OBJECT (dialog), "kind");
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  BmnExportFormat format;
  if (response == GTK_RESPONSE_ACCEPT && file && g_file_peek_path (file))
    {
      if (bmn_export_format_from_nick (kind, &format))
        export_to (data, g_file_peek_path (file), format);
      else
        back_up_to (data, g_file_peek_path (file));
    }
  g_object_unref (dialog);
}

/* @kind: an export format's name, or %BACKUP */
static void
choose_place (BmnApplication *app, const char *title, const char *stem, const char *kind)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s-%s.%s", stem, day, kind);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      title, get_parent (app), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_object_set_data_full (G_OBJECT (chooser), "kind", g_strdup (kind), g_free);
  g_signal_connect (chooser, "response", G_CALLBACK (on_place_chosen), app);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/*
 * Actions.
 */

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer app)
{
  gint64 account_id = parameter ? g_variant_get_int64 (parameter) : 0;
  gtk_window_present (GTK_WINDOW (bmn_import_window_new (app, get_parent (app), account_id)));
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer app)
{
  choose_place (app, _ ("Export Your History"), "bellman-history",
                g_variant_get_string (parameter, NULL));
}

static void
on_backup (GSimpleAction *action, GVariant *parameter, gpointer app)
{
  choose_place (app, _ ("Write a Backup"), "bellman", BACKUP);
}

static void
on_restore (GSimpleAction *action, GVariant *parameter, gpointer app)
{
  bmn_restore_begin (app);
}

static void
on_sync (GSimpleAction *action, GVariant *parameter, gpointer app)
{
  bmn_sync_run_begin (app, get_parent (app));
}

void
bmn_transfers_add_actions (BmnApplication *app)
{
  const GActionEntry actions[] = {
    { .name = "import", .activate = on_import },
    { .name = "import-to", .activate = on_import, .parameter_type = "x" },
    { .name = "export", .activate = on_export, .parameter_type = "s" },
    { .name = "backup", .activate = on_backup },
    { .name = "restore", .activate = on_restore },
    { .name = "sync", .activate = on_sync },
  };
  g_action_map_add_action_entries (G_ACTION_MAP (app), actions, G_N_ELEMENTS (actions), app);
}
