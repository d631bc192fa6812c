#include "bmn-platform-task-private.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>

GTask *
bmn_platform_task_new (gpointer source,
                       gpointer tag,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  g_task_set_source_tag (task, tag);
  return task;
}

gboolean
bmn_platform_task_may_begin (GTask *task, gboolean offered)
{
  if (g_task_return_error_if_cancelled (task))
    return FALSE;
  if (!offered)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                             _ ("This is not supported by this account's platform."));
  return offered;
}

gpointer
bmn_platform_task_take_pointer (gpointer source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
bmn_platform_task_take_boolean (gpointer source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
