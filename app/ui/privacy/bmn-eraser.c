#include "bmn-eraser.h"
#include "bmn-window.h"

#include "bmn-session-privacy.h"

#include <glib/gi18n.h>

typedef struct
{
  BmnApplication *app; /* (owned) */
  char *folder;        /* (owned) (nullable) */
  GStrv warnings;      /* (owned) (nullable) */
} Eraser;

static void
eraser_free (Eraser *eraser)
{
  g_application_release (G_APPLICATION (eraser->app));
  g_application_unmark_busy (G_APPLICATION (eraser->app));
  g_object_unref (eraser->app);
  g_free (eraser->folder);
  g_strfreev (eraser->warnings);
  g_free (eraser);
}

static BmnWindow *
get_main_window (BmnApplication *app)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (app)); at; at = at->next)
    if (BMN_IS_WINDOW (at->data))
      return at->data;
  return NULL;
}

static void
say (Eraser *eraser, const char *message)
{
  BmnWindow *window = get_main_window (eraser->app);
  if (window)
    bmn_window_show_toast (window, message, NULL);
}

/*
 * The end, and the new beginning.
 */

static void
delete_data (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  GError *error = NULL;
  if (bmn_session_delete_data (folder, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  Eraser *eraser = data;
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);
  /* Opens the folder again, which is empty now. */
  g_application_activate (G_APPLICATION (eraser->app));
  for (guint i = 0; eraser->warnings[i]; i++)
    say (eraser, eraser->warnings[i]);
  say (eraser, done ? _ ("Everything is erased.") : error->message);
  eraser_free (eraser);
}

static void
on_given_up (GObject *source, GAsyncResult *result, gpointer data)
{
  Eraser *eraser = data;
  g_autoptr (GError) error = NULL;
  eraser->warnings = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!eraser->warnings)
    {
      say (eraser, error->message);
      eraser_free (eraser);
      return;
    }
  bmn_session_thread_close (BMN_SESSION_THREAD (source));
  g_autoptr (GTask) task = g_task_new (eraser->app, NULL, on_deleted, eraser);
  g_task_set_source_tag (task, bmn_eraser_run);
  g_task_set_task_data (task, g_strdup (eraser->folder), g_free);
  g_task_run_in_thread (task, delete_data);
}

/*
 * On the session's thread.
 */

static void
on_accounts_given_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GStrv warnings = bmn_session_give_up_accounts_finish (BMN_SESSION (source), result, &error);
  if (warnings)
    g_task_return_pointer (task, warnings, (GDestroyNotify)g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
give_up (BmnSession *session, gpointer data, GTask *task)
{
  bmn_session_give_up_accounts_async (session, NULL, on_accounts_given_up, task);
}

static gpointer
read_folder (BmnSession *session, gpointer data, GError **error)
{
  return g_strdup (bmn_session_get_folder (session));
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer data)
{
  Eraser *eraser = data;
  eraser->folder = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, NULL);
  if (eraser->folder)
    bmn_session_thread_start_async (BMN_SESSION_THREAD (source), give_up, NULL, NULL, NULL,
                                    on_given_up, eraser);
  else
    eraser_free (eraser);
}

/* Drafts that are open save themselves as they close; they go with the rest. */
static void
close_windows (BmnApplication *app)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (app)));
  for (GList *at = windows; at; at = at->next)
    if (!BMN_IS_WINDOW (at->data))
      gtk_window_close (at->data);
}

void
bmn_eraser_run (BmnApplication *app)
{
  Eraser *eraser = g_new0 (Eraser, 1);
  eraser->app = g_object_ref (app);
  g_application_hold (G_APPLICATION (app));
  g_application_mark_busy (G_APPLICATION (app));
  close_windows (app);
  say (eraser, _ ("Signing out of all accounts…"));
  bmn_session_thread_call_async (bmn_application_get_session (app), read_folder, NULL, NULL, g_free,
                                 NULL, on_folder, eraser);
}
