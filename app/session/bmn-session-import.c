#include "bmn-session-import.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"

#include "bmn-import.h"

/*
 * The plan.
 */

typedef struct
{
  char *path;          /* (owned) */
  BmnAccount *account; /* (owned) (nullable) */
  BmnImportPlan *plan; /* (owned) (nullable) */
} Opening;

static void
opening_free (Opening *opening)
{
  g_free (opening->path);
  g_clear_pointer (&opening->account, bmn_account_free);
  g_clear_pointer (&opening->plan, bmn_import_plan_free);
  g_free (opening);
}

static void
find_out_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Opening *opening = data;
  GError *error = NULL;
  if (bmn_import_find_out (opening->path, opening->account, opening->plan, &error))
    g_task_return_pointer (task, g_steal_pointer (&opening->plan),
                           (GDestroyNotify)bmn_import_plan_free);
  else
    g_task_return_error (task, error);
}

void
bmn_session_import_open_async (BmnSession *self,
                               const char *path,
                               gint64 account_id,
                               const BmnImportPlan *wishes,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_import_open_async);
  GError *error = NULL;
  Opening *opening = g_new0 (Opening, 1);
  opening->path = g_strdup (path);
  opening->plan = bmn_import_plan_copy (wishes);
  opening->account = bmn_session_get_account (self, account_id, &error);
  g_task_set_task_data (task, opening, (GDestroyNotify)opening_free);
  if (opening->account)
    g_task_run_in_thread (task, find_out_in_thread);
  else
    g_task_return_error (task, error);
}

BmnImportPlan *
bmn_session_import_open_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/*
 * The import.
 */

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  BmnImportReport *report = bmn_import_run_finish (result, &error);
  if (report)
    g_task_return_pointer (task, report, (GDestroyNotify)bmn_import_report_free);
  else
    g_task_return_error (task, error);
}

void
bmn_session_import_run_async (BmnSession *self,
                              const char *path,
                              gint64 account_id,
                              const BmnImportPlan *plan,
                              gboolean dry_run,
                              BmnImportProgressFunc progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_import_run_async);
  /* What was stored is told, even where it was cancelled in the last moment. */
  g_task_set_check_cancellable (task, FALSE);
  GError *error = NULL;
  g_autoptr (BmnAccount) account = bmn_session_get_account (self, account_id, &error);
  if (!account)
    {
      g_task_return_error (task, error);
      return;
    }
  bmn_import_run_async (bmn_session_get_store (self), path, account, plan, dry_run,
                        bmn_session_now (self), progress, progress_data, cancellable, on_imported,
                        g_object_ref (task));
}

BmnImportReport *
bmn_session_import_run_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
