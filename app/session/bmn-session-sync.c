#include "bmn-session-sync.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"

#include "bmn-sync.h"

static void
on_synced (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  BmnSyncReport *report = bmn_sync_run_finish (result, &error);
  if (report)
    g_task_return_pointer (task, report, (GDestroyNotify)bmn_sync_report_free);
  else
    g_task_return_error (task, error);
}

static BmnPlatform *
make_platform (BmnSession *self, gint64 account_id, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_session_get_account (self, account_id, error);
  return account ? bmn_session_make_platform (self, account, error) : NULL;
}

void
bmn_session_sync_account_async (BmnSession *self,
                                gint64 account_id,
                                BmnSyncProgressFunc progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_sync_account_async);
  GError *error = NULL;
  g_autoptr (BmnPlatform) platform = make_platform (self, account_id, &error);
  if (!platform)
    {
      g_task_return_error (task, error);
      return;
    }
  bmn_sync_run_async (bmn_session_get_store (self), bmn_session_get_clock (self), platform,
                      BMN_SYNC_ASKED, progress, progress_data, cancellable, on_synced,
                      g_object_ref (task));
}

BmnSyncReport *
bmn_session_sync_account_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
bmn_session_can_sync_account (BmnSession *self, gint64 account_id)
{
  g_autoptr (BmnPlatform) platform = make_platform (self, account_id, NULL);
  return platform && BMN_IS_PLATFORM_READER (platform);
}
