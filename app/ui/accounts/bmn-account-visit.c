#include "bmn-account-visit.h"

#include "bmn-session-accounts.h"
#include "bmn-session-sync.h"

#include <glib/gi18n.h>

typedef struct
{
  BmnAccountVisitFunc done;
  GObject *data; /* (owned) */
} Visit;

/* The words were made on the session's thread, from what only it knows. */
static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Visit *visit = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  visit->done (error ? error->message : words, visit->data);
  g_object_unref (visit->data);
  g_free (visit);
}

static void
start (BmnSessionThread *session,
       BmnSessionStartFunc func,
       gint64 id,
       BmnAccountVisitFunc done,
       GObject *data)
{
  Visit *visit = g_new0 (Visit, 1);
  visit->done = done;
  visit->data = data;
  bmn_session_thread_start_async (session, func, g_memdup2 (&id, sizeof id), g_free, NULL,
                                  on_answered, visit);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (BmnAccountHealth) health
      = bmn_session_check_account_finish (BMN_SESSION (source), result, &error);
  if (health)
    g_task_return_pointer (task, g_strdup (_ ("The account works.")), g_free);
  else
    g_task_return_error (task, error);
}

static void
start_check (BmnSession *session, gpointer id, GTask *task)
{
  bmn_session_check_account_async (session, *(gint64 *)id, NULL, on_checked, task);
}

void
bmn_account_visit_check (BmnSessionThread *session,
                         gint64 id,
                         BmnAccountVisitFunc done,
                         GObject *data)
{
  start (session, start_check, id, done, data);
}

static void
on_synced (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (BmnSyncReport) report
      = bmn_session_sync_account_finish (BMN_SESSION (source), result, &error);
  if (!report)
    g_task_return_error (task, error);
  else if (report->lack)
    g_task_return_pointer (task, g_strdup (report->lack), g_free);
  else
    g_task_return_pointer (task,
                           g_strdup_printf (ngettext ("%u new post was read.",
                                                      "%u new posts were read.", report->n_added),
                                            report->n_added),
                           g_free);
}

static void
start_sync (BmnSession *session, gpointer id, GTask *task)
{
  bmn_session_sync_account_async (session, *(gint64 *)id, NULL, NULL, NULL, on_synced, task);
}

void
bmn_account_visit_sync (BmnSessionThread *session,
                        gint64 id,
                        BmnAccountVisitFunc done,
                        GObject *data)
{
  start (session, start_sync, id, done, data);
}
