#include "bmn-store-worker-private.h"
#include "bmn-error.h"
#include "bmn-migrations-private.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define REST_AFTER G_USEC_PER_SEC

struct _BmnStoreWorker
{
  BmnDatabase *db;       /* (owned) */
  BmnDoorbell *doorbell; /* (nullable) */
  GAsyncQueue *jobs;     /* (owned) (element-type Job) */
  GThread *thread;       /* (owned) */
};

/* A job is waited for by the thread that asked, on whose stack it lies, or else has a task. */
typedef struct
{
  BmnStoreFunc func; /* %NULL ends the worker */
  gpointer data;
  GTask *task; /* (owned) (nullable) */
  GMutex mutex;
  GCond cond;
  gboolean finished;
  gboolean done;
  GError *error; /* (owned) (nullable) */
} Job;

static gboolean
begin (BmnStoreWorker *self, GError **error)
{
  if (!self->doorbell)
    return bmn_database_exec (self->db, "BEGIN", error);
  return bmn_database_exec (self->db, "BEGIN IMMEDIATE", error)
         && bmn_migrations_check_current (self->db, error);
}

static gboolean
run_function (BmnStoreWorker *self, BmnStoreFunc func, gpointer data, GError **error)
{
  BmnTransaction tx = { self->db };
  self->db->in_transaction = TRUE;
  gboolean done = func (&tx, data, error);
  if (!done && !*error)
    {
      g_critical ("A function of the store failed without an error");
      bmn_storage_set_error (self->db->path, EIO, error);
    }
  g_warn_if_fail (!done || !*error);
  done = done && bmn_database_check_transaction (self->db, error);
  self->db->in_transaction = FALSE;
  return done;
}

static gboolean
run_transaction (BmnStoreWorker *self, BmnStoreFunc func, gpointer data, GError **error)
{
  sqlite3_int64 n_changes = sqlite3_total_changes64 (self->db->handle);
  gboolean done = begin (self, error) && run_function (self, func, data, error)
                  && bmn_database_exec (self->db, "COMMIT", error);
  if (!done)
    bmn_database_rollback (self->db);
  else if (self->doorbell && sqlite3_total_changes64 (self->db->handle) != n_changes)
    bmn_doorbell_ring (self->doorbell);
  return done;
}

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

static gboolean
deliver (gpointer data)
{
  Job *job = data;
  if (job->error)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (job->task, TRUE);
  return G_SOURCE_REMOVE;
}

/* The task, and with it perhaps the store, is let go in the caller's context: the last
 * reference must not be dropped on the thread that would have to be joined. */
static void
finish_task (Job *job)
{
  GSource *source = g_idle_source_new ();
  g_source_set_static_name (source, "bmn-store-worker");
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, deliver, job, (GDestroyNotify)job_free);
  g_source_attach (source, g_task_get_context (job->task));
  g_source_unref (source);
}

static void
finish_waited (Job *job)
{
  g_mutex_lock (&job->mutex);
  job->finished = TRUE;
  g_cond_signal (&job->cond);
  g_mutex_unlock (&job->mutex);
}

/* What a burst of work left behind goes back to the system once there is none: SQLite's pages
 * could be asked for again at once, and the C library keeps what was freed for a next burst. */
static void
rest (BmnStoreWorker *self)
{
  sqlite3_db_release_memory (self->db->handle);
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

/* Returns: (transfer full): the next job; one that was idle for a while rests until then. */
static Job *
wait_for_job (BmnStoreWorker *self)
{
  Job *job = g_async_queue_timeout_pop (self->jobs, REST_AFTER);
  if (job)
    return job;
  rest (self);
  return g_async_queue_pop (self->jobs);
}

static gpointer
work (gpointer data)
{
  BmnStoreWorker *self = data;
  Job *job;
  while ((job = wait_for_job (self))->func)
    {
      GCancellable *cancellable = job->task ? g_task_get_cancellable (job->task) : NULL;
      if (!g_cancellable_set_error_if_cancelled (cancellable, &job->error))
        job->done = run_transaction (self, job->func, job->data, &job->error);
      if (job->task)
        finish_task (job);
      else
        finish_waited (job);
    }
  job_free (job);
  return NULL;
}

BmnStoreWorker *
bmn_store_worker_new (const char *name, BmnDatabase *db, BmnDoorbell *doorbell)
{
  BmnStoreWorker *self = g_new0 (BmnStoreWorker, 1);
  self->db = db;
  self->doorbell = doorbell;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new (name, work, self);
  return self;
}

void
bmn_store_worker_free (BmnStoreWorker *self)
{
  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  bmn_database_free (self->db);
  g_free (self);
}

gboolean
bmn_store_worker_run (BmnStoreWorker *self, BmnStoreFunc func, gpointer data, GError **error)
{
  Job job = { .func = func, .data = data };
  g_mutex_init (&job.mutex);
  g_cond_init (&job.cond);
  g_async_queue_push (self->jobs, &job);
  g_mutex_lock (&job.mutex);
  while (!job.finished)
    g_cond_wait (&job.cond, &job.mutex);
  g_mutex_unlock (&job.mutex);
  g_mutex_clear (&job.mutex);
  g_cond_clear (&job.cond);
  if (job.error)
    g_propagate_error (error, job.error);
  return job.done;
}

void
bmn_store_worker_push (BmnStoreWorker *self, BmnStoreFunc func, GTask *task)
{
  Job *job = g_new0 (Job, 1);
  job->func = func;
  job->data = g_task_get_task_data (task);
  job->task = task;
  g_async_queue_push (self->jobs, job);
}

gboolean
bmn_store_worker_is_current (BmnStoreWorker *self)
{
  return self->thread == g_thread_self ();
}
