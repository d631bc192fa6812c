#include "bmn-job-private.h"

struct _BmnJob
{
  GTask *task; /* whose data this is */
  BmnJobFunc func;
  gpointer data; /* (owned) */
  GDestroyNotify destroy;
  BmnProgressFunc progress;
  gpointer progress_data;

  GMutex mutex;
  gint64 done;
  gint64 total;
  gboolean told; /* what is to be told waits in the caller's context */
};

static void
job_free (BmnJob *job)
{
  if (job->destroy)
    job->destroy (job->data);
  g_mutex_clear (&job->mutex);
  g_free (job);
}

static gboolean
tell (gpointer data)
{
  BmnJob *job = g_task_get_task_data (data);
  g_mutex_lock (&job->mutex);
  gint64 done = job->done, total = job->total;
  job->told = FALSE;
  g_mutex_unlock (&job->mutex);
  if (!g_task_get_completed (data))
    job->progress (done, total, job->progress_data);
  return G_SOURCE_REMOVE;
}

void
bmn_job_report (gint64 done, gint64 total, gpointer data)
{
  BmnJob *job = data;
  if (!job->progress)
    return;
  g_mutex_lock (&job->mutex);
  gboolean waits = job->told;
  job->done = done;
  job->total = total;
  job->told = TRUE;
  g_mutex_unlock (&job->mutex);
  if (waits)
    return;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_static_name (source, "bmn-job");
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, g_object_ref (job->task), g_object_unref);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BmnJob *job = data;
  GError *error = NULL;
  if (job->func (job, job->data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
bmn_job_run_async (gpointer source,
                   gpointer tag,
                   BmnJobFunc func,
                   gpointer data,
                   GDestroyNotify destroy,
                   BmnProgressFunc progress,
                   gpointer progress_data,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  BmnJob *job = g_new0 (BmnJob, 1);
  job->task = task;
  job->func = func;
  job->data = data;
  job->destroy = destroy;
  job->progress = progress;
  job->progress_data = progress_data;
  g_mutex_init (&job->mutex);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  /* What was done is told as such, even where it was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);
}

gpointer
bmn_job_run_finish (gpointer source, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);
  BmnJob *job = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? job->data : NULL;
}
