#include "bmn-import-calls.h"

#include "bmn-session-advise.h"
#include "bmn-session-import.h"

/* One call, as it goes to the session's thread. */
typedef struct
{
  char *path; /* (owned) (nullable) */
  gint64 account_id;
  BmnImportPlan *plan; /* (owned) (nullable) */
  gboolean dry_run;
  BmnProgressRelay *relay; /* (owned) (nullable) */
} Call;

static Call *
call_new (const char *path, gint64 account_id, const BmnImportPlan *plan)
{
  Call *call = g_new0 (Call, 1);
  call->path = g_strdup (path);
  call->account_id = account_id;
  call->plan = plan ? bmn_import_plan_copy (plan) : NULL;
  return call;
}

static void
call_free (gpointer data)
{
  Call *call = data;
  g_free (call->path);
  g_clear_pointer (&call->plan, bmn_import_plan_free);
  g_clear_pointer (&call->relay, bmn_progress_relay_unref);
  g_free (call);
}

/* @answer: (transfer full) (nullable): %NULL with @error */
static void
give_answer (GTask *task, gpointer answer, GDestroyNotify destroy, GError *error)
{
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, destroy);
  g_object_unref (task);
}

/*
 * The plan.
 */

static void
on_opened (GObject *source, GAsyncResult *result, gpointer task)
{
  GError *error = NULL;
  BmnImportPlan *plan = bmn_session_import_open_finish (BMN_SESSION (source), result, &error);
  give_answer (task, plan, (GDestroyNotify)bmn_import_plan_free, error);
}

static void
start_open (BmnSession *session, gpointer data, GTask *task)
{
  const Call *call = data;
  bmn_session_import_open_async (session, call->path, call->account_id, call->plan,
                                 g_task_get_cancellable (task), on_opened, task);
}

void
bmn_import_calls_open_async (BmnSessionThread *session,
                             const char *path,
                             gint64 account_id,
                             const BmnImportPlan *wishes,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  bmn_session_thread_start_async (session, start_open, call_new (path, account_id, wishes),
                                  call_free, cancellable, callback, user_data);
}

BmnImportPlan *
bmn_import_calls_open_finish (BmnSessionThread *session, GAsyncResult *result, GError **error)
{
  return bmn_session_thread_call_finish (session, result, error);
}

/*
 * The import.
 */

static void
on_progress (const BmnImportReport *report, gpointer relay)
{
  bmn_progress_relay_tell (relay, report->bytes_done, report->bytes_total,
                           report->n_new + report->n_known);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer task)
{
  GError *error = NULL;
  BmnImportReport *report = bmn_session_import_run_finish (BMN_SESSION (source), result, &error);
  give_answer (task, report, (GDestroyNotify)bmn_import_report_free, error);
}

static void
start_import (BmnSession *session, gpointer data, GTask *task)
{
  const Call *call = data;
  bmn_session_import_run_async (session, call->path, call->account_id, call->plan, call->dry_run,
                                on_progress, call->relay, g_task_get_cancellable (task),
                                on_imported, task);
}

void
bmn_import_calls_run_async (BmnSessionThread *session,
                            const char *path,
                            gint64 account_id,
                            const BmnImportPlan *plan,
                            gboolean dry_run,
                            BmnProgressRelay *relay,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Call *call = call_new (path, account_id, plan);
  call->dry_run = dry_run;
  call->relay = bmn_progress_relay_ref (relay);
  bmn_session_thread_start_async (session, start_import, call, call_free, cancellable, callback,
                                  user_data);
}

BmnImportReport *
bmn_import_calls_run_finish (BmnSessionThread *session, GAsyncResult *result, GError **error)
{
  return bmn_session_thread_call_finish (session, result, error);
}

/*
 * What suggestions rest on.
 */

static gpointer
count_posts (BmnEngine *engine, gint64 now, gpointer data)
{
  gint64 n_posts = bmn_engine_get_n_posts (engine);
  return g_memdup2 (&n_posts, sizeof n_posts);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer task)
{
  GError *error = NULL;
  gpointer n_posts = bmn_session_ask_engine_finish (BMN_SESSION (source), result, &error);
  give_answer (task, n_posts, g_free, error);
}

static void
start_count (BmnSession *session, gpointer data, GTask *task)
{
  const Call *call = data;
  bmn_session_ask_engine_async (session, call->account_id, count_posts, NULL, NULL, g_free,
                                g_task_get_cancellable (task), on_counted, task);
}

void
bmn_import_calls_count_async (BmnSessionThread *session,
                              gint64 account_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  bmn_session_thread_start_async (session, start_count, call_new (NULL, account_id, NULL),
                                  call_free, cancellable, callback, user_data);
}

gint64
bmn_import_calls_count_finish (BmnSessionThread *session, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *n_posts = bmn_session_thread_call_finish (session, result, error);
  return n_posts ? *n_posts : -1;
}
