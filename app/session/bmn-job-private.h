#pragma once

#include "bmn-progress.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnJob: work on a thread of its own that tells its caller how far it is, in the caller's main
 * context and no more often than that keeps up.
 */
typedef struct _BmnJob BmnJob;

/* What is to be done, on the thread. Returns: %FALSE with @error */
typedef gboolean (*BmnJobFunc) (BmnJob *job,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

/**
 * bmn_job_run_async:
 * @source: (nullable): what the task is of
 * @data: handed to @func; freed with @destroy after the end, in the caller's context
 */
void bmn_job_run_async (gpointer source,
                        gpointer tag,
                        BmnJobFunc func,
                        gpointer data,
                        GDestroyNotify destroy,
                        BmnProgressFunc progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/* Returns: (transfer none): the data; %NULL with the function's error */
gpointer bmn_job_run_finish (gpointer source, GAsyncResult *result, gpointer tag, GError **error);

/* A #BmnProgressFunc for the thread; @job: the #BmnJob */
void bmn_job_report (gint64 done, gint64 total, gpointer job);

G_END_DECLS
