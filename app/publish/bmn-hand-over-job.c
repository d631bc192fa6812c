#include "bmn-hand-over-job-private.h"
#include "bmn-hand-over-record-private.h"
#include "bmn-publish-write-private.h"

#include "bmn-error.h"
#include "bmn-failpoint.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  BmnStore *store;          /* (owned) */
  BmnClock *clock;          /* (owned) */
  BmnPlatform *platform;    /* (owned) */
  BmnPublishMemory *memory; /* (owned) */
  gint64 target_id;
  BmnCapabilities caps;
  char *fresh_key; /* (owned) (nullable) */

  /* Of the step under way; read by the store's thread while this one waits for it. */
  BmnHandOverAttempt attempt;
  gboolean sends;      /* whether the step asks the platform anything */
  GPtrArray *receipts; /* (owned) (nullable) */
  GError *failure;     /* (owned) (nullable) */
  gint64 finished_at;
  BmnTarget *target; /* (owned) (nullable) as it is now */
} Job;

static void
job_free (Job *job)
{
  bmn_hand_over_attempt_clear (&job->attempt);
  g_clear_pointer (&job->receipts, g_ptr_array_unref);
  g_clear_error (&job->failure);
  g_clear_pointer (&job->target, bmn_target_free);
  g_free (job->fresh_key);
  bmn_publish_memory_unref (job->memory);
  g_object_unref (job->platform);
  g_object_unref (job->clock);
  g_object_unref (job->store);
  g_free (job);
}

/* A request of an earlier process is counted from here, as its clock may have been anything. */
static void
remember_lost_request (const BmnPublishCase *record, BmnPublishMemory *memory)
{
  gint64 lost_at = 0;
  if (bmn_publish_memory_knows_request (memory, record->target->id))
    return;
  for (guint i = 0; i < record->attempts->len; i++)
    {
      const BmnAttempt *sent = record->attempts->pdata[i];
      if (sent->outcome == BMN_ATTEMPT_LOST && sent->kind == BMN_ATTEMPT_HAND_OVER)
        lost_at = MAX (lost_at, sent->started_at);
    }
  if (lost_at != 0)
    bmn_publish_memory_note_request (memory, record->target->id, lost_at);
}

void
bmn_hand_over_facts_init (BmnHandOverFacts *facts,
                          const BmnPublishCase *record,
                          const BmnCapabilities *caps,
                          BmnClock *clock,
                          BmnPublishMemory *memory)
{
  const BmnTarget *target = record->target;
  if (g_strcmp0 (target->remote_schedule_id, "") == 0)
    remember_lost_request (record, memory);
  *facts = (BmnHandOverFacts){
    .target = target,
    .revision = record->post->revision,
    .n_parts = bmn_publish_case_get_parts (record)->len,
    .paused = record->account->paused,
    .untouched = bmn_publish_case_is_untouched (record, caps),
    .attempts = record->attempts,
    .caps = caps,
    .now = bmn_clock_now (clock),
    .steady = bmn_publish_memory_get_steady_now (memory, target->id),
  };
}

static void
finish (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  if (g_strcmp0 (job->target->remote_schedule_id, "") != 0)
    bmn_publish_memory_forget_request (job->memory, job->target_id);
  g_task_return_pointer (task, g_steal_pointer (&job->target), (GDestroyNotify)bmn_target_free);
}

/*
 * After the answer.
 */

static gboolean
finish_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Job *job = data;
  g_clear_pointer (&job->target, bmn_target_free);
  if (!bmn_hand_over_finish (tx, &job->attempt, job->receipts, job->failure, job->finished_at,
                             error))
    return FALSE;
  job->target = bmn_targets_get (tx, job->target_id, error);
  return job->target != NULL;
}

static void
on_finished (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (!bmn_publish_write_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  bmn_failpoint ("handover-outcome");
  finish (task);
}

static void
write_down (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  bmn_failpoint ("handover-answered");
  job->finished_at = bmn_clock_now (job->clock);
  bmn_publish_write_async (job->store, finish_in_store, job, g_task_get_cancellable (task),
                           on_finished, g_object_ref (task));
}

static void
on_handed_over (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  job->receipts = bmn_platform_publish_finish (job->platform, result, &job->failure);
  if (job->receipts && job->receipts->len == 0)
    job->failure
        = g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME,
                               _ ("The platform's answer does not say what became of the post."));
  write_down (task);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  job->receipts = bmn_platform_read_back_finish (job->platform, result, &job->failure);
  write_down (task);
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  bmn_platform_remove_finish (job->platform, result, &job->failure);
  write_down (task);
}

/*
 * Deciding and sending.
 */

static gboolean
begin_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (BmnPublishCase) record = bmn_publish_case_load (tx, job->target_id, error);
  if (!record)
    return FALSE;
  BmnHandOverFacts facts;
  gint64 at;
  bmn_hand_over_facts_init (&facts, record, &job->caps, job->clock, job->memory);
  BmnHandOverStep step = bmn_hand_over_next_step (&facts, &at);
  gint64 started_at = step == BMN_HAND_OVER_STEP_LOOK ? facts.steady : facts.now;
  job->sends = FALSE;
  bmn_hand_over_attempt_clear (&job->attempt);
  switch (step)
    {
    case BMN_HAND_OVER_STEP_SEND:
    case BMN_HAND_OVER_STEP_TAKE_BACK:
    case BMN_HAND_OVER_STEP_LOOK:
      job->sends = TRUE;
      return bmn_hand_over_begin (record, tx, step, &job->caps, job->fresh_key, started_at,
                                  &job->attempt, error);
    case BMN_HAND_OVER_STEP_RELEASE:
    case BMN_HAND_OVER_STEP_GONE:
    case BMN_HAND_OVER_STEP_ASK:
      if (!bmn_hand_over_settle (record, tx, step, bmn_hand_over_is_in_step (&facts), error))
        return FALSE;
      job->target = bmn_target_copy (record->target);
      return TRUE;
    case BMN_HAND_OVER_STEP_NONE:
      break;
    }
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT, _ ("The post was changed meanwhile."));
  return FALSE;
}

static void
send (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  bmn_failpoint ("handover-attempt");
  switch (job->attempt.step)
    {
    case BMN_HAND_OVER_STEP_SEND:
      bmn_publish_memory_note_request (job->memory, job->target_id,
                                       job->attempt.attempt->started_at);
      bmn_platform_publish_async (job->platform, job->attempt.request, NULL, on_handed_over,
                                  g_object_ref (task));
      break;
    case BMN_HAND_OVER_STEP_TAKE_BACK:
      bmn_platform_remove_async (job->platform, job->attempt.request, NULL, on_taken_back,
                                 g_object_ref (task));
      break;
    default:
      bmn_platform_read_back_async (job->platform, job->attempt.request, NULL, on_looked,
                                    g_object_ref (task));
      break;
    }
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (job->sends)
    send (task);
  else
    finish (task);
}

void
bmn_hand_over_job_run_async (BmnStore *store,
                             BmnClock *clock,
                             BmnPlatform *platform,
                             BmnPublishMemory *memory,
                             gint64 target_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_hand_over_job_run_async);
  g_task_set_check_cancellable (task, FALSE);
  Job *job = g_new0 (Job, 1);
  job->store = g_object_ref (store);
  job->clock = g_object_ref (clock);
  job->platform = g_object_ref (platform);
  job->memory = bmn_publish_memory_ref (memory);
  job->target_id = target_id;
  job->caps = *bmn_platform_get_capabilities (platform);
  job->fresh_key = bmn_platform_make_key (platform);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  bmn_store_write_async (store, begin_in_store, job, NULL, NULL, on_begun, g_object_ref (task));
}

BmnTarget *
bmn_hand_over_job_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
