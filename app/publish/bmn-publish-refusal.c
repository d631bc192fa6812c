#include "bmn-publish-refusal-private.h"
#include "bmn-publish-case-private.h"
#include "bmn-publish-error-private.h"

typedef struct
{
  gint64 target_id;
  GError *reason;    /* (owned) */
  BmnTarget *target; /* (owned) (nullable) as it rests */
} Refusal;

static void
refusal_free (Refusal *refusal)
{
  g_error_free (refusal->reason);
  g_clear_pointer (&refusal->target, bmn_target_free);
  g_free (refusal);
}

static gboolean
refuse_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Refusal *refusal = data;
  g_autoptr (BmnPublishCase) found = bmn_publish_case_load (tx, refusal->target_id, error);
  if (!found)
    return FALSE;
  gboolean unknown = found->target->state == BMN_TARGET_UNKNOWN;
  if (!bmn_publish_case_settle (found, tx, unknown ? BMN_TARGET_UNKNOWN : BMN_TARGET_FAILED, 0,
                                bmn_publish_error_nick (refusal->reason), refusal->reason->message,
                                error))
    return FALSE;
  refusal->target = bmn_target_copy (found->staged_target);
  return TRUE;
}

static void
on_refused (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Refusal *refusal = g_task_get_task_data (task);
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&refusal->target),
                           (GDestroyNotify)bmn_target_free);
  else
    g_task_return_error (task, error);
}

void
bmn_publish_refuse_async (BmnStore *store,
                          gint64 target_id,
                          GError *reason,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, bmn_publish_refuse_async);
  Refusal *refusal = g_new0 (Refusal, 1);
  refusal->target_id = target_id;
  refusal->reason = reason;
  g_task_set_task_data (task, refusal, (GDestroyNotify)refusal_free);
  bmn_store_write_async (store, refuse_in_store, refusal, NULL, NULL, on_refused, task);
}

BmnTarget *
bmn_publish_refuse_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
