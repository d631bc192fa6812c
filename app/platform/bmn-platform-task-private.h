#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What begins and ends the asynchronous calls of the module's interfaces. */

/* Returns: (transfer full): a task with @tag. An implementation that answers later takes a
 *   reference of its own */
GTask *bmn_platform_task_new (gpointer source,
                              gpointer tag,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

/* In a function with the usual parameters. */
#define BMN_PLATFORM_TASK(tag) bmn_platform_task_new (self, tag, cancellable, callback, user_data)

/* @offered: whether the platform has what is asked for. Returns: whether the call can go on; if
 *   not, or if it is cancelled, @task has its error */
gboolean bmn_platform_task_may_begin (GTask *task, gboolean offered);

/* What a task of @source (nullable) returned. */
gpointer bmn_platform_task_take_pointer (gpointer source, GAsyncResult *result, GError **error);
gboolean bmn_platform_task_take_boolean (gpointer source, GAsyncResult *result, GError **error);

G_END_DECLS
