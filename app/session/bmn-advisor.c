#include "bmn-advisor-private.h"
#include "bmn-session-private.h"

/* How long topics are good for, in µs: "lately" and "due" move with the days. */
#define TOPICS_LIFE G_TIME_SPAN_HOUR

/* Topics that are looked through for what is due. */
#define MAX_TOPICS 200

struct _BmnAdvisor
{
  BmnSession *session; /* (transfer none) */
  GAsyncQueue *jobs;   /* (owned) (element-type Job) */
  GThread *thread;     /* (owned) */
  GCancellable *stop;  /* (owned) */
  GHashTable *latest;  /* (owned) (element-type utf8 GCancellable): by topic; main context */
  BmnEngines *engines; /* (owned): the thread's */
  GHashTable *texts;   /* (owned) (element-type gint64 BmnEarlierTexts): the thread's */
  GHashTable *topics;  /* (owned) (element-type gint64 Topics): the thread's */
};

/* Topics with what they were made of. */
typedef struct
{
  GPtrArray *topics; /* (owned) (element-type BmnTopic) */
  guint n_posts;
  gint64 latest;
  gint64 at;
} Topics;

static void
topics_free (Topics *topics)
{
  g_ptr_array_unref (topics->topics);
  g_free (topics);
}

/* Without a task it ends the thread. */
typedef struct
{
  GTask *task;              /* (owned) (nullable) */
  GCancellable *superseded; /* (owned) (nullable) */
  BmnAdvisorFunc func;
  GDestroyNotify destroy;
  gpointer result; /* (owned) (nullable) */
  GError *error;   /* (owned) (nullable) */
} Job;

static void
job_free (Job *job)
{
  if (job->result && job->destroy)
    job->destroy (job->result);
  g_clear_error (&job->error);
  g_clear_object (&job->superseded);
  g_clear_object (&job->task);
  g_free (job);
}

static gboolean
complete (gpointer data)
{
  Job *job = data;
  if (!job->error)
    g_cancellable_set_error_if_cancelled (job->superseded, &job->error);
  if (job->error)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->destroy);
  return G_SOURCE_REMOVE;
}

/* The task, and with it perhaps the session, is let go in the caller's context: the last
 * reference must not be dropped on the thread that would have to be joined. */
static void
finish (Job *job)
{
  GSource *source = g_idle_source_new ();
  g_source_set_static_name (source, "bmn-advisor");
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, complete, job, (GDestroyNotify)job_free);
  g_source_attach (source, g_task_get_context (job->task));
  g_source_unref (source);
}

static void
run (BmnAdvisor *self, Job *job)
{
  GCancellable *asked = g_task_get_cancellable (job->task);
  if (!g_cancellable_set_error_if_cancelled (self->stop, &job->error)
      && !g_cancellable_set_error_if_cancelled (asked, &job->error)
      && !g_cancellable_set_error_if_cancelled (job->superseded, &job->error))
    job->result = job->func (self, g_task_get_task_data (job->task),
                             job->superseded ? job->superseded : asked, &job->error);
  finish (job);
}

static gpointer
work (gpointer data)
{
  BmnAdvisor *self = data;
  self->engines = bmn_engines_new (self->session);
  Job *job;
  while ((job = g_async_queue_pop (self->jobs))->task)
    {
      run (self, job);
      if (g_async_queue_length (self->jobs) <= 0)
        bmn_engines_save (self->engines);
    }
  job_free (job);
  g_clear_pointer (&self->engines, bmn_engines_free);
  return NULL;
}

BmnAdvisor *
bmn_advisor_new (BmnSession *session)
{
  BmnAdvisor *self = g_new0 (BmnAdvisor, 1);
  self->session = session;
  self->jobs = g_async_queue_new ();
  self->stop = g_cancellable_new ();
  self->latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                       (GDestroyNotify)bmn_earlier_texts_free);
  self->topics
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)topics_free);
  self->thread = g_thread_new ("advisor", work, self);
  return self;
}

void
bmn_advisor_free (BmnAdvisor *self)
{
  g_cancellable_cancel (self->stop);
  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_object_unref (self->stop);
  g_hash_table_unref (self->latest);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->topics);
  g_free (self);
}

/* Returns: (transfer full): is cancelled by the next call for the topic */
static GCancellable *
supersede (BmnAdvisor *self, const char *topic)
{
  GCancellable *mine = g_cancellable_new ();
  GCancellable *before = g_hash_table_lookup (self->latest, topic);
  if (before)
    g_cancellable_cancel (before);
  g_hash_table_replace (self->latest, g_strdup (topic), g_object_ref (mine));
  return mine;
}

void
bmn_advisor_run (
    BmnAdvisor *self, GTask *task, const char *topic, BmnAdvisorFunc func, GDestroyNotify destroy)
{
  Job *job = g_new0 (Job, 1);
  job->task = task;
  job->superseded = topic ? supersede (self, topic) : NULL;
  job->func = func;
  job->destroy = destroy;
  g_async_queue_push (self->jobs, job);
}

BmnSession *
bmn_advisor_get_session (BmnAdvisor *self)
{
  return self->session;
}

BmnEngines *
bmn_advisor_get_engines (BmnAdvisor *self)
{
  return self->engines;
}

BmnEarlierTexts *
bmn_advisor_get_texts (BmnAdvisor *self, gint64 account_id)
{
  BmnEarlierTexts *texts = g_hash_table_lookup (self->texts, &account_id);
  if (texts)
    return texts;
  texts = bmn_earlier_texts_new (bmn_session_get_store (self->session), account_id);
  g_hash_table_insert (self->texts, g_memdup2 (&account_id, sizeof account_id), texts);
  return texts;
}

GPtrArray *
bmn_advisor_get_topics (BmnAdvisor *self, gint64 account_id, BmnEngine *engine, gint64 now)
{
  Topics *topics = g_hash_table_lookup (self->topics, &account_id);
  guint n_posts = bmn_engine_get_n_posts (engine);
  gint64 latest = bmn_engine_get_latest (engine);
  if (topics && topics->n_posts == n_posts && topics->latest == latest
      && ABS (now - topics->at) < TOPICS_LIFE)
    return topics->topics;
  topics = g_new0 (Topics, 1);
  topics->topics = bmn_engine_get_topics (engine, now, MAX_TOPICS);
  topics->n_posts = n_posts;
  topics->latest = latest;
  topics->at = now;
  g_hash_table_replace (self->topics, g_memdup2 (&account_id, sizeof account_id), topics);
  return topics->topics;
}
