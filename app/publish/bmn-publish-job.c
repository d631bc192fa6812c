#include "bmn-publish-job-private.h"
#include "bmn-publish-claim-private.h"
#include "bmn-publish-error-private.h"
#include "bmn-publish-rest-private.h"
#include "bmn-publish-step-private.h"
#include "bmn-publish-write-private.h"

#include "bmn-error.h"
#include "bmn-failpoint.h"

#include <glib/gi18n-lib.h>

typedef void (*NextFunc) (BmnPublishJob *self);
typedef void (*FailedFunc) (BmnPublishJob *self, GError *error);

struct _BmnPublishJob
{
  GObject parent_instance;

  BmnStore *store;          /* (owned) */
  BmnClock *clock;          /* (owned) */
  BmnPlatform *platform;    /* (owned) */
  BmnPublishMemory *memory; /* not owned: it outlives us */
  gint64 target_id;

  GTask *task;                /* (owned) (nullable) while it runs */
  BmnPublishCase *record;     /* (owned) (nullable) */
  BmnPublishRequest *request; /* (owned) (nullable) what is being sent or looked up */

  /* The change of the store under way. */
  BmnStoreFunc change;
  NextFunc next;     /* what follows it */
  FailedFunc failed; /* (nullable) what follows where it failed; %NULL tries again */

  /* Of the step under way; read by the store's thread while this one waits for it. */
  BmnPublishClaim claim;
  BmnCapabilities caps;
  char *fresh_key;           /* (owned) (nullable) */
  BmnTargetState claimed_as; /* the state it came from */
  gboolean must_look;        /* whatever the record says, one look was asked for */
  int part;
  BmnAttemptKind kind;
  gint64 started_at;
  gint64 finished_at;
  BmnAttemptOutcome outcome;
  GPtrArray *receipts; /* (owned) (nullable) */
  GError *failure;     /* (owned) (nullable) */
  BmnPublishRest rest; /* (owned) its message */
};

G_DEFINE_FINAL_TYPE (BmnPublishJob, bmn_publish_job, G_TYPE_OBJECT)

/* What could not even be begun is tried again after this many seconds. */
#define BEGIN_RETRY_SECONDS 10

static void next_step (BmnPublishJob *self);

static void
bmn_publish_job_finalize (GObject *object)
{
  BmnPublishJob *self = BMN_PUBLISH_JOB (object);
  g_clear_pointer (&self->record, bmn_publish_case_free);
  g_clear_pointer (&self->request, bmn_publish_request_unref);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->rest.message, g_free);
  g_clear_pointer (&self->fresh_key, g_free);
  g_clear_object (&self->platform);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (bmn_publish_job_parent_class)->finalize (object);
}

static void
bmn_publish_job_class_init (BmnPublishJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_publish_job_finalize;
}

static void
bmn_publish_job_init (BmnPublishJob *self)
{
}

BmnPublishJob *
bmn_publish_job_new (BmnStore *store,
                     BmnClock *clock,
                     BmnPlatform *platform,
                     BmnPublishMemory *memory,
                     gint64 target_id)
{
  BmnPublishJob *self = g_object_new (BMN_TYPE_PUBLISH_JOB, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->platform = g_object_ref (platform);
  self->memory = memory;
  self->target_id = target_id;
  return self;
}

static void
finish_with_target (BmnPublishJob *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  g_task_return_pointer (task, bmn_target_copy (self->record->target),
                         (GDestroyNotify)bmn_target_free);
}

/* @error: (transfer full): */
static void
finish_with_error (BmnPublishJob *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  g_task_return_error (task, error);
}

static gboolean
is_stopping (BmnPublishJob *self)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (self->task));
}

/*
 * Changing the store.
 */

static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, BMN_ERROR, BMN_ERROR_CONFLICT)
         || g_error_matches (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

static gboolean
change_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishJob *self = data;
  /* An earlier try of the same change may have failed at its very end. */
  if (self->record)
    bmn_publish_case_rollback (self->record);
  return self->change (tx, self, error);
}

static void
take_change (BmnPublishJob *self, gboolean done, GError *error)
{
  if (done)
    {
      bmn_publish_case_commit (self->record);
      self->next (self);
      return;
    }
  if (self->record)
    bmn_publish_case_rollback (self->record);
  if (self->failed && !is_final (error))
    self->failed (self, error);
  else
    /* A target that stays «publishing» is looked after by the next start of the publisher. */
    finish_with_error (self, error);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  GError *error = NULL;
  gboolean done = bmn_store_write_finish (self->store, result, &error);
  take_change (self, done, error);
}

static void
on_changed_for_sure (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  GError *error = NULL;
  gboolean done = bmn_publish_write_finish (result, &error);
  take_change (self, done, error);
}

static void
change_store (BmnPublishJob *self, BmnStoreFunc change, NextFunc next, FailedFunc failed)
{
  self->change = change;
  self->next = next;
  self->failed = failed;
  if (failed)
    bmn_store_write_async (self->store, change_in_store, g_object_ref (self), g_object_unref, NULL,
                           on_changed, g_object_ref (self));
  else
    bmn_publish_write_async (self->store, change_in_store, self,
                             g_task_get_cancellable (self->task), on_changed_for_sure,
                             g_object_ref (self));
}

/*
 * Coming to rest.
 */

static gboolean
settle_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishJob *self = data;
  return bmn_publish_case_settle (self->record, tx, self->rest.state, self->rest.until,
                                  self->rest.kind, self->rest.message, error);
}

static void
on_settled (BmnPublishJob *self)
{
  bmn_failpoint ("publish-finished");
  finish_with_target (self);
}

/* @rest: its message is taken over */
static void
settle (BmnPublishJob *self, BmnPublishRest rest)
{
  g_free (self->rest.message);
  self->rest = rest;
  change_store (self, settle_in_store, on_settled, NULL);
}

static gboolean
is_untouched (BmnPublishJob *self)
{
  return bmn_publish_case_is_untouched (self->record, &self->caps);
}

/* Comes to rest before anything more is done. Where nothing is out this is an ordinary post
 * that waits, and whether it is still wanted is asked again when it is claimed. */
static void
put_off (BmnPublishJob *self, gint64 until, char *message)
{
  settle (self, (BmnPublishRest){
                    .state = is_untouched (self) ? BMN_TARGET_SCHEDULED : BMN_TARGET_UNKNOWN,
                    .until = until,
                    .message = message,
                });
}

static BmnPublishStep find_step (BmnPublishJob *self, gint64 *at);
static void attempt (BmnPublishJob *self, BmnAttemptKind kind);

/* Repeating it is over, but a look may still tell what became of the first request. */
static void
settle_uncertain (BmnPublishJob *self)
{
  gint64 at;
  if (self->kind == BMN_ATTEMPT_PUBLISH && find_step (self, &at) == BMN_PUBLISH_STEP_LOOK)
    attempt (self, BMN_ATTEMPT_READ_BACK);
  else
    settle (self, bmn_publish_rest_asking ());
}

/* Comes to rest after the latest attempt failed. */
static void
settle_failure (BmnPublishJob *self)
{
  gboolean uncertain = bmn_publish_case_is_uncertain (self->record, &self->caps)
                       || self->kind == BMN_ATTEMPT_READ_BACK;
  BmnPublishRest rest;
  if (bmn_publish_rest_after_failure (self->failure, self->kind, uncertain,
                                      self->record->target->tries, bmn_clock_now (self->clock),
                                      g_random_double (), &rest))
    settle (self, rest);
  else
    settle_uncertain (self);
}

/*
 * Sending and looking.
 */

static gboolean
finish_attempt_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishJob *self = data;
  return bmn_publish_case_finish (self->record, tx, self->outcome, self->receipts, self->failure,
                                  self->finished_at, error);
}

static void
on_attempt_finished (BmnPublishJob *self)
{
  bmn_failpoint (self->kind == BMN_ATTEMPT_PUBLISH ? "publish-outcome" : "readback-outcome");
  if (self->failure)
    settle_failure (self);
  else
    next_step (self);
}

static void
write_down (BmnPublishJob *self, BmnAttemptOutcome outcome)
{
  self->outcome = outcome;
  /* Somebody may have set the clock back meanwhile. */
  self->finished_at = MAX (self->started_at, bmn_clock_now (self->clock));
  change_store (self, finish_attempt_in_store, on_attempt_finished, NULL);
}

/* An answer that names other parts than the one it was asked for says nothing about it. */
static gboolean
check_receipts (BmnPublishJob *self, BmnPlatformError code)
{
  for (guint i = 0; i < self->receipts->len; i++)
    if (((BmnReceipt *)self->receipts->pdata[i])->part == self->part)
      return TRUE;
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_set_error_literal (&self->failure, BMN_PLATFORM_ERROR, code,
                       _ ("The platform's answer does not say what became of the post."));
  return FALSE;
}

static void
on_published (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  self->receipts = bmn_platform_publish_finish (self->platform, result, &self->failure);
  bmn_failpoint ("publish-sent");
  gboolean done = self->receipts && check_receipts (self, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME);
  gboolean refused = self->failure && bmn_publish_error_is_certain (self->failure);
  if (!refused)
    bmn_publish_memory_note_out (self->memory, self->record->account->id);
  write_down (self, done ? BMN_ATTEMPT_DONE : refused ? BMN_ATTEMPT_REFUSED : BMN_ATTEMPT_LOST);
}

static void
on_read_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  self->receipts = bmn_platform_read_back_finish (self->platform, result, &self->failure);
  bmn_failpoint ("readback-done");
  if (self->receipts && self->receipts->len == 0)
    write_down (self, BMN_ATTEMPT_NOT_FOUND);
  else if (self->receipts && check_receipts (self, BMN_PLATFORM_ERROR_BAD_REPLY))
    write_down (self, BMN_ATTEMPT_DONE);
  else
    write_down (self, BMN_ATTEMPT_REFUSED);
}

static gboolean
begin_attempt_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishJob *self = data;
  return bmn_publish_case_begin (self->record, tx, self->part, self->kind, self->started_at, error);
}

static void
on_attempt_begun (BmnPublishJob *self)
{
  if (self->kind == BMN_ATTEMPT_PUBLISH)
    {
      bmn_failpoint ("publish-attempt");
      bmn_publish_memory_note_request (self->memory, self->target_id, self->started_at);
      bmn_platform_publish_async (self->platform, self->request, NULL, on_published,
                                  g_object_ref (self));
    }
  else
    {
      bmn_failpoint ("readback-attempt");
      bmn_platform_read_back_async (self->platform, self->request, NULL, on_read_back,
                                    g_object_ref (self));
    }
}

/* Nothing was sent: without the record nothing may be. It is not sent whenever the disk has
 * room again either, but claimed anew, which asks whether it is too late by then. */
static void
on_begin_failed (BmnPublishJob *self, GError *error)
{
  put_off (self, bmn_clock_now (self->clock) + BEGIN_RETRY_SECONDS * G_USEC_PER_SEC,
           g_strdup (error->message));
  g_error_free (error);
}

static void
attempt (BmnPublishJob *self, BmnAttemptKind kind)
{
  self->kind = kind;
  if (kind == BMN_ATTEMPT_PUBLISH)
    self->started_at = bmn_clock_now (self->clock);
  else
    self->started_at = bmn_publish_memory_get_steady_now (self->memory, self->target_id);
  self->must_look = FALSE;
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->request, bmn_publish_request_unref);
  self->request = bmn_publish_case_make_request (self->record, self->part, &self->caps);
  change_store (self, begin_attempt_in_store, on_attempt_begun, on_begin_failed);
}

/*
 * Deciding.
 */

/* The first part that is not done, and what to do with it. */
static BmnPublishStep
find_step (BmnPublishJob *self, gint64 *at)
{
  /* What the server just showed may have changed what can be promised. */
  self->caps = *bmn_platform_get_capabilities (self->platform);
  guint n_parts = self->caps.whole_thread ? 1 : bmn_publish_case_get_parts (self->record)->len;
  gint64 now = bmn_clock_now (self->clock);
  gint64 steady = bmn_publish_memory_get_steady_now (self->memory, self->target_id);
  BmnPublishStep step = BMN_PUBLISH_STEP_DONE;
  for (guint part = 0; part < n_parts && step == BMN_PUBLISH_STEP_DONE; part++)
    {
      self->part = part;
      step = bmn_publish_next_step (self->record->attempts, part,
                                    bmn_publish_case_has_receipt (self->record, part), &self->caps,
                                    now, steady, at);
    }
  return step;
}

/* A read-back that found nothing where something was accepted is not repeated at once. */
static gboolean
just_looked_in_vain (BmnPublishJob *self)
{
  if (!self->request || !bmn_publish_case_has_receipt (self->record, self->part))
    return FALSE;
  const BmnAttempt *last = self->record->attempts->pdata[self->record->attempts->len - 1];
  return last->kind == BMN_ATTEMPT_READ_BACK && last->outcome == BMN_ATTEMPT_NOT_FOUND;
}

/* A part answers the one before it, so that one must be known by name. */
static gboolean
can_be_attached (BmnPublishJob *self)
{
  return self->caps.whole_thread || self->part == 0
         || bmn_publish_case_has_receipt (self->record, self->part - 1);
}

static void
send (BmnPublishJob *self)
{
  if (self->claimed_as == BMN_TARGET_UNKNOWN && is_untouched (self))
    /* By now it may be too late for it, which is asked of what is scheduled. */
    put_off (self, MAX (self->record->target->next_try_at, 1), NULL);
  else if (!can_be_attached (self))
    settle (self, (BmnPublishRest){
                      .state = BMN_TARGET_FAILED,
                      .kind = bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_REJECTED),
                      .message = g_strdup (
                          _ ("The beginning of this thread is out, but it is not known under which "
                             "address, so the rest cannot be attached. Post the rest by hand.")),
                  });
  else
    attempt (self, BMN_ATTEMPT_PUBLISH);
}

static void
stop (BmnPublishJob *self)
{
  if (is_untouched (self))
    put_off (self, self->record->target->next_try_at, NULL);
  else
    put_off (self, bmn_clock_now (self->clock),
             g_strdup (_ ("Bellman was stopped while this was being published and goes on with "
                          "the next start.")));
}

static void
next_step (BmnPublishJob *self)
{
  gint64 at = 0;
  BmnPublishStep step = find_step (self, &at);
  if (step == BMN_PUBLISH_STEP_DONE)
    settle (self, (BmnPublishRest){ .state = BMN_TARGET_PUBLISHED });
  else if (is_stopping (self))
    stop (self);
  else if (step == BMN_PUBLISH_STEP_SEND)
    send (self);
  else if (step == BMN_PUBLISH_STEP_WAIT)
    settle (self, bmn_publish_rest_waiting (
                      bmn_publish_memory_to_wall (self->memory, self->target_id, at)));
  else if (step == BMN_PUBLISH_STEP_ASK && !(self->must_look && self->caps.can_read_back))
    settle (self, bmn_publish_rest_asking ());
  else if (just_looked_in_vain (self))
    settle (self, bmn_publish_rest_missing (self->record->target->tries,
                                            bmn_clock_now (self->clock), g_random_double ()));
  else
    attempt (self, BMN_ATTEMPT_READ_BACK);
}

/*
 * Claiming.
 */

static gboolean
claim_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishJob *self = data;
  self->record = bmn_publish_claim (tx, &self->claim, error);
  if (!self->record)
    return FALSE;
  self->claimed_as = self->record->target->state;
  /* A user who asks for another look, or a crash, starts the count of tries anew. */
  self->must_look = self->claimed_as == BMN_TARGET_UNKNOWN && self->record->target->tries == 0;
  return TRUE;
}

/* A request of an earlier process may have been sent just now for all that anybody can prove:
 * the wall clock may have been anything meanwhile. So it is counted from here. */
static void
remember_lost_request (BmnPublishJob *self)
{
  if (bmn_publish_memory_knows_request (self->memory, self->target_id))
    return;
  gint64 lost_at = 0;
  for (guint i = 0; i < self->record->attempts->len; i++)
    {
      const BmnAttempt *sent = self->record->attempts->pdata[i];
      if (sent->outcome == BMN_ATTEMPT_LOST && sent->kind == BMN_ATTEMPT_PUBLISH)
        lost_at = MAX (lost_at, sent->started_at);
    }
  if (lost_at != 0)
    bmn_publish_memory_note_request (self->memory, self->target_id, lost_at);
}

static void
on_claimed (BmnPublishJob *self)
{
  if (self->record->target->state != BMN_TARGET_PUBLISHING)
    {
      finish_with_target (self);
      return;
    }
  bmn_failpoint ("publish-claimed");
  remember_lost_request (self);
  if (is_untouched (self)
      && !bmn_platform_validate (self->platform, self->record->post,
                                 bmn_publish_case_get_parts (self->record), &self->failure))
    {
      self->kind = BMN_ATTEMPT_PUBLISH;
      settle_failure (self);
      return;
    }
  next_step (self);
}

void
bmn_publish_job_run_async (BmnPublishJob *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (self->task == NULL);
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, bmn_publish_job_run_async);
  g_task_set_check_cancellable (self->task, FALSE);
  self->caps = *bmn_platform_get_capabilities (self->platform);
  self->fresh_key = bmn_platform_make_key (self->platform);
  gint64 account_id = bmn_platform_get_account (self->platform)->id;
  self->claim = (BmnPublishClaim){
    .target_id = self->target_id,
    .caps = &self->caps,
    .fresh_key = self->fresh_key,
    .last_out_at = bmn_publish_memory_get_last_out (self->memory, account_id),
    .now = bmn_clock_now (self->clock),
  };
  change_store (self, claim_in_store, on_claimed, finish_with_error);
}

BmnTarget *
bmn_publish_job_run_finish (BmnPublishJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gint64
bmn_publish_job_get_rest (BmnPublishJob *self)
{
  return self->claim.rest_until;
}
