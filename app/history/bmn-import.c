#include "bmn-import.h"
#include "bmn-failpoint.h"
#include "bmn-import-batch-private.h"
#include "bmn-importer-private.h"

/* How often progress is told: µs. */
#define PROGRESS_EVERY (G_USEC_PER_SEC / 10)

typedef struct
{
  BmnStore *store;     /* (owned) */
  char *path;          /* (owned) */
  BmnAccount *account; /* (owned) */
  BmnImportPlan *plan; /* (owned) */
  gboolean dry_run;
  gint64 now;
  BmnImportProgressFunc progress; /* (nullable) */
  gpointer progress_data;
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->store);
  g_free (job->path);
  bmn_account_free (job->account);
  bmn_import_plan_free (job->plan);
  g_free (job);
}

/* So many batches wait for the store at most: enough that neither it nor the thread that reads
 * waits for the other, whatever else the computer does, and still little memory. */
#define MAX_WAITING 8

/* What the thread of an import works with: one batch is filled from the file while the store
 * works on those before. */
typedef struct
{
  const Job *job;
  GTask *task;
  GMainContext *context;   /* (owned) */
  BmnImporter *importer;   /* (owned) */
  BmnImportReport *report; /* (owned) */
  GHashTable *ids;         /* (owned) (nullable): of a dry run, see bmn_import_batch_new() */
  BmnImportBatch *filling; /* (owned) */
  GQueue storing;          /* (owned) (element-type BmnImportBatch): with the store, in order */
  GError *failure;         /* (owned) (nullable): of the store */
  gint64 told_at;
} Run;

/*
 * Progress.
 */

typedef struct
{
  BmnImportProgressFunc func;
  gpointer data;
  BmnImportReport report;
} Progress;

static gboolean
tell (gpointer data)
{
  Progress *progress = data;
  progress->func (&progress->report, progress->data);
  return G_SOURCE_REMOVE;
}

static void
tell_progress (Run *run)
{
  gint64 time = g_get_monotonic_time ();
  BmnImportReport *report = run->report;
  report->n_skipped = bmn_importer_get_n_skipped (run->importer);
  report->bytes_done = bmn_importer_get_position (run->importer, &report->bytes_total);
  if (!run->job->progress || time - run->told_at < PROGRESS_EVERY)
    return;
  run->told_at = time;
  Progress *progress = g_new0 (Progress, 1);
  progress->func = run->job->progress;
  progress->data = run->job->progress_data;
  progress->report = *report;
  progress->report.bad_rows = NULL;
  progress->report.samples = NULL;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_static_name (source, "bmn-import-progress");
  g_source_set_priority (source, g_task_get_priority (run->task));
  g_source_set_callback (source, tell, progress, g_free);
  g_source_attach (source, g_task_get_context (run->task));
}

/*
 * Batches.
 */

/* The store takes batches in the order that it was given them, so this is the first of them. */
static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (BmnImportBatch) batch = g_queue_pop_head (&run->storing);
  GError *error = NULL;
  gboolean done = run->job->dry_run ? bmn_store_read_finish (BMN_STORE (source), result, &error)
                                    : bmn_store_write_finish (BMN_STORE (source), result, &error);
  if (!done)
    {
      if (!run->failure)
        run->failure = g_steal_pointer (&error);
      g_clear_error (&error);
      return;
    }
  if (!run->job->dry_run)
    bmn_failpoint ("import-batch");
  run->report->n_new += batch->n_new;
  run->report->n_known += batch->n_known;
  run->report->longest_batch = MAX (run->report->longest_batch, batch->duration);
}

/* Waits until no more than @n batches are with the store. Returns: whether all before are stored */
static gboolean
wait_for_store (Run *run, guint n, GError **error)
{
  while (g_queue_get_length (&run->storing) > n)
    g_main_context_iteration (run->context, TRUE);
  while (g_main_context_iteration (run->context, FALSE))
    continue;
  if (!run->failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&run->failure));
  return FALSE;
}

/* Gives the batch to the store, once there is room for it. */
static gboolean
store_batch (Run *run, GError **error)
{
  /* What a window reads waits behind the batches of a dry run: one is with the store at most. */
  if (!wait_for_store (run, run->job->dry_run ? 0 : MAX_WAITING - 1, error))
    return FALSE;
  BmnImportBatch *batch = run->filling;
  if (batch->items->len == 0)
    return TRUE;
  run->filling = bmn_import_batch_new (run->ids);
  g_queue_push_tail (&run->storing, batch);
  if (run->job->dry_run)
    bmn_store_read_async (run->job->store, bmn_import_batch_look_up, batch, NULL, NULL, on_stored,
                          run);
  else
    bmn_store_write_later_async (run->job->store, bmn_import_batch_put, batch, NULL, NULL,
                                 on_stored, run);
  return TRUE;
}

/*
 * Rows.
 */

static void
note_post (BmnImportReport *report, const BmnHistoryPost *post)
{
  report->first = report->first == 0 ? post->published_at : MIN (report->first, post->published_at);
  report->last = MAX (report->last, post->published_at);
  if (report->samples->len < BMN_IMPORT_MAX_SAMPLES)
    g_ptr_array_add (report->samples, bmn_history_post_copy (post));
}

static gboolean
take_item (Run *run, BmnImportItem *item, GError **error)
{
  if (!item->post)
    {
      bmn_import_report_add_bad (run->report, item->row, item->problem);
      bmn_import_item_free (item);
      return TRUE;
    }
  note_post (run->report, item->post);
  bmn_import_batch_add (run->filling, item);
  if (!bmn_import_batch_is_full (run->filling))
    return TRUE;
  tell_progress (run);
  return store_batch (run, error);
}

/* A file that breaks off is imported as far as it goes, and the report says so. */
static gboolean
end_of_file (Run *run, GError *broken, GError **error)
{
  const BmnImportReport *report = run->report;
  gboolean is_cancelled = g_error_matches (broken, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  run->report->is_whole = broken == NULL;
  if (broken && (is_cancelled || (report->last == 0 && report->n_bad == 0)))
    {
      g_propagate_error (error, broken);
      return FALSE;
    }
  if (broken)
    bmn_import_report_add_bad (run->report, 0, broken->message);
  g_clear_error (&broken);
  tell_progress (run);
  return TRUE;
}

static gboolean
import_rows (Run *run, GError **error)
{
  GCancellable *cancellable = g_task_get_cancellable (run->task);
  GError *broken = NULL;
  BmnImportItem *item;
  while ((item = bmn_importer_next (run->importer, cancellable, &broken)))
    {
      if (!take_item (run, item, error))
        return FALSE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return end_of_file (run, broken, error) && store_batch (run, error)
         && wait_for_store (run, 0, error);
}

static void
run_clear (Run *run)
{
  /* The store must be done with what is freed here. */
  while (!g_queue_is_empty (&run->storing))
    g_main_context_iteration (run->context, TRUE);
  g_clear_error (&run->failure);
  g_clear_object (&run->importer);
  g_clear_pointer (&run->report, bmn_import_report_free);
  g_clear_pointer (&run->filling, bmn_import_batch_free);
  g_clear_pointer (&run->ids, g_hash_table_unref);
  g_main_context_unref (run->context);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;
  Run run = {
    .job = job,
    .task = task,
    .context = g_main_context_new (),
    .report = bmn_import_report_new (),
    .ids = job->dry_run ? g_hash_table_new (NULL, NULL) : NULL,
    .storing = G_QUEUE_INIT,
  };
  run.filling = bmn_import_batch_new (run.ids);
  g_main_context_push_thread_default (run.context);
  run.importer = bmn_importer_new (job->path, job->account, job->plan, job->now, &error);
  if (run.importer && import_rows (&run, &error))
    g_task_return_pointer (task, g_steal_pointer (&run.report),
                           (GDestroyNotify)bmn_import_report_free);
  else
    g_task_return_error (task, error);
  g_main_context_pop_thread_default (run.context);
  run_clear (&run);
}

void
bmn_import_run_async (BmnStore *store,
                      const char *path,
                      const BmnAccount *account,
                      const BmnImportPlan *plan,
                      gboolean dry_run,
                      gint64 now,
                      BmnImportProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_import_run_async);
  Job *job = g_new0 (Job, 1);
  job->store = g_object_ref (store);
  job->path = g_strdup (path);
  job->account = bmn_account_copy (account);
  job->plan = bmn_import_plan_copy (plan);
  job->dry_run = dry_run;
  job->now = now;
  job->progress = progress;
  job->progress_data = progress_data;
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  /* What was stored is told, even where it was cancelled in the last moment. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);
}

BmnImportReport *
bmn_import_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_import_run_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
