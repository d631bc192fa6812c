#include "bmn-publish-job-private.h"
#include "bmn-publish-case-private.h"
#include "bmn-publish-step-private.h"

#include "bmn-error.h"
#include "bmn-failpoint.h"
#include "bmn-missed.h"
#include "bmn-retry.h"
#include "bmn-slot-finder.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>

struct _BmnPublishJob
{
  GObject parent_instance;

  BmnStore *store;       /* (owned) */
  BmnClock *clock;       /* (owned) */
  BmnPlatform *platform; /* (owned) */
  gint64 target_id;

  GTask *task;                /* (owned) (nullable) while it runs */
  BmnPublishCase *record;     /* (owned) (nullable) */
  BmnPublishRequest *request; /* (owned) (nullable) what is being sent or looked up */

  /* Of the step under way; read by the store's thread while this one waits for it. */
  BmnCapabilities caps;
  char *fresh_key; /* (owned) (nullable) */
  int part;
  BmnAttemptKind kind;
  BmnAttemptOutcome outcome;
  GPtrArray *receipts; /* (owned) (nullable) */
  GError *failure;     /* (owned) (nullable) */
  BmnTargetState rest_state;
  gint64 rest_until;
  const char *rest_kind; /* a static name */
  char *rest_message;    /* (owned) (nullable) */
  guint n_store_failures;
};

G_DEFINE_FINAL_TYPE (BmnPublishJob, bmn_publish_job, G_TYPE_OBJECT)

/* An outcome that cannot be written down is tried again after this many seconds. */
#define STORE_RETRY_SECONDS 2

static void next_step (BmnPublishJob *self);

static void
bmn_publish_job_finalize (GObject *object)
{
  BmnPublishJob *self = BMN_PUBLISH_JOB (object);
  g_clear_pointer (&self->record, bmn_publish_case_free);
  g_clear_pointer (&self->request, bmn_publish_request_unref);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->rest_message, g_free);
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
bmn_publish_job_new (BmnStore *store, BmnClock *clock, BmnPlatform *platform, gint64 target_id)
{
  BmnPublishJob *self = g_object_new (BMN_TYPE_PUBLISH_JOB, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->platform = g_object_ref (platform);
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

static void
finish_with_error (BmnPublishJob *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  g_task_return_error (task, error);
}

static void
change_store (BmnPublishJob *self, BmnStoreFunc func, GAsyncReadyCallback callback)
{
  bmn_store_write_async (self->store, func, g_object_ref (self), g_object_unref, NULL, callback,
                         g_object_ref (self));
}

/*
 * Coming to rest.
 */

static gboolean
settle_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishJob *self = data;
  return bmn_publish_case_settle (self->record, tx, self->rest_state, self->rest_until,
                                  self->rest_kind, self->rest_message, error);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  g_autoptr (GError) error = NULL;
  if (!bmn_store_write_finish (self->store, result, &error))
    {
      /* The target stays «publishing», and the next start of the publisher looks after it. */
      finish_with_error (self, g_steal_pointer (&error));
      return;
    }
  bmn_failpoint ("publish-finished");
  finish_with_target (self);
}

/* @kind: (nullable): a static name; @message: (nullable) (transfer full): */
static void
settle (BmnPublishJob *self, BmnTargetState state, gint64 until, const char *kind, char *message)
{
  self->rest_state = state;
  self->rest_until = until;
  self->rest_kind = kind;
  g_free (self->rest_message);
  self->rest_message = message;
  change_store (self, settle_in_store, on_settled);
}

static const char *
failure_nick (const GError *failure)
{
  return failure->domain == BMN_PLATFORM_ERROR ? bmn_platform_error_to_nick (failure->code)
                                               : "storage";
}

/* How the retry policy sees an error of any domain: a locked keyring or a full disk passes by
 * itself like a server's trouble does. */
static BmnPlatformError
failure_code (const GError *failure)
{
  if (failure->domain == BMN_PLATFORM_ERROR)
    return failure->code;
  if (g_error_matches (failure, BMN_ERROR, BMN_ERROR_NO_SECRET))
    return BMN_PLATFORM_ERROR_AUTH_EXPIRED;
  if (g_error_matches (failure, BMN_ERROR, BMN_ERROR_LOCKED)
      || g_error_matches (failure, BMN_ERROR, BMN_ERROR_NO_KEYRING)
      || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return BMN_PLATFORM_ERROR_OFFLINE;
  if (g_error_matches (failure, BMN_ERROR, BMN_ERROR_INVALID)
      || g_error_matches (failure, BMN_ERROR, BMN_ERROR_NOT_FOUND)
      || g_error_matches (failure, BMN_ERROR, BMN_ERROR_DAMAGED)
      || g_error_matches (failure, BMN_ERROR, BMN_ERROR_CONFLICT))
    return BMN_PLATFORM_ERROR_REJECTED;
  return BMN_PLATFORM_ERROR_SERVER;
}

static void
settle_asking (BmnPublishJob *self)
{
  settle (
      self, BMN_TARGET_UNKNOWN, 0, bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME),
      g_strdup (_ ("It cannot be found out whether this post is out. Please look at the account: "
                   "is it there or not?")));
}

/* Comes to rest after the latest attempt failed. Whatever may be out is «unknown», never
 * «scheduled» or «failed». */
static void
settle_failure (BmnPublishJob *self)
{
  const GError *failure = self->failure;
  BmnPlatformError code = failure_code (failure);
  gboolean uncertain = bmn_publish_case_is_uncertain (self->record, &self->caps);
  gboolean looking = self->kind == BMN_ATTEMPT_READ_BACK;
  /* After a loss the record decides what is next; the policy only says how soon. */
  if (uncertain && code == BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME)
    code = BMN_PLATFORM_ERROR_SERVER;
  BmnRetryDecision decision = bmn_retry_decide (code, bmn_platform_error_get_retry_at (failure),
                                                self->record->target->tries + 1,
                                                bmn_clock_now (self->clock), g_random_double ());
  if ((uncertain || looking) && decision.action == BMN_RETRY_GIVE_UP)
    {
      settle_asking (self);
      return;
    }
  BmnTargetState state = BMN_TARGET_FAILED;
  if (uncertain || looking)
    state = BMN_TARGET_UNKNOWN;
  else if (decision.action == BMN_RETRY_AGAIN)
    state = BMN_TARGET_SCHEDULED;
  else if (decision.action == BMN_RETRY_NEEDS_LOGIN)
    state = BMN_TARGET_HELD;
  char *message
      = decision.reason
            /* Translators: two whole sentences: what went wrong, and why it ends here. */
            ? g_strdup_printf (C_ ("two sentences", "%s %s"), failure->message, decision.reason)
            : g_strdup (failure->message);
  settle (self, state, decision.action == BMN_RETRY_AGAIN ? decision.at : 0, failure_nick (failure),
          message);
}

/*
 * Sending and looking.
 */

static gboolean
finish_attempt_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishJob *self = data;
  return bmn_publish_case_finish (self->record, tx, self->outcome, self->receipts, self->failure,
                                  bmn_clock_now (self->clock), error);
}

static void write_down (BmnPublishJob *self);

static gboolean
on_write_down_again (gpointer data)
{
  write_down (data);
  return G_SOURCE_REMOVE;
}

static void
on_attempt_finished (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  g_autoptr (GError) error = NULL;
  if (!bmn_store_write_finish (self->store, result, &error))
    {
      if (g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
        {
          finish_with_error (self, g_steal_pointer (&error));
          return;
        }
      /* What happened is known here alone, so it is not given up while the disk is full. */
      if (self->n_store_failures++ == 0)
        g_warning ("Cannot write down what became of a post, trying again: %s", error->message);
      g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, STORE_RETRY_SECONDS, on_write_down_again,
                                  g_object_ref (self), g_object_unref);
      return;
    }
  self->n_store_failures = 0;
  bmn_failpoint (self->kind == BMN_ATTEMPT_PUBLISH ? "publish-outcome" : "readback-outcome");
  if (self->failure)
    settle_failure (self);
  else
    next_step (self);
}

static void
write_down (BmnPublishJob *self)
{
  change_store (self, finish_attempt_in_store, on_attempt_finished);
}

static void
on_published (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  self->receipts = bmn_platform_publish_finish (self->platform, result, &self->failure);
  bmn_failpoint ("publish-sent");
  if (self->receipts)
    self->outcome = BMN_ATTEMPT_DONE;
  else if (g_error_matches (self->failure, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME)
           || g_error_matches (self->failure, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY))
    self->outcome = BMN_ATTEMPT_LOST;
  else
    self->outcome = BMN_ATTEMPT_REFUSED;
  write_down (self);
}

static void
on_read_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  self->receipts = bmn_platform_read_back_finish (self->platform, result, &self->failure);
  bmn_failpoint ("readback-done");
  if (!self->receipts)
    self->outcome = BMN_ATTEMPT_REFUSED;
  else if (self->receipts->len > 0)
    self->outcome = BMN_ATTEMPT_DONE;
  else
    self->outcome = BMN_ATTEMPT_NOT_FOUND;
  write_down (self);
}

static gboolean
begin_attempt_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishJob *self = data;
  return bmn_publish_case_begin (self->record, tx, self->part, self->kind,
                                 bmn_clock_now (self->clock), error);
}

static void
on_attempt_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  g_autoptr (GError) error = NULL;
  if (!bmn_store_write_finish (self->store, result, &error))
    {
      /* Nothing was sent: without the record nothing may be. */
      finish_with_error (self, g_steal_pointer (&error));
      return;
    }
  if (self->kind == BMN_ATTEMPT_PUBLISH)
    {
      bmn_failpoint ("publish-attempt");
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

static void
attempt (BmnPublishJob *self, BmnAttemptKind kind)
{
  self->kind = kind;
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->request, bmn_publish_request_unref);
  self->request = bmn_publish_case_make_request (self->record, self->part, &self->caps);
  change_store (self, begin_attempt_in_store, on_attempt_begun);
}

/*
 * Deciding.
 */

static gboolean
has_receipt (const BmnPublishCase *record, int part)
{
  for (guint i = 0; i < record->receipts->len; i++)
    if (((BmnReceipt *)record->receipts->pdata[i])->part == part)
      return TRUE;
  return FALSE;
}

/* The first part that is not done, and what to do with it. */
static BmnPublishStep
find_step (BmnPublishJob *self, gint64 *at)
{
  /* What the server just showed may have changed what can be promised. */
  self->caps = *bmn_platform_get_capabilities (self->platform);
  guint n_parts = self->caps.whole_thread ? 1 : bmn_publish_case_get_parts (self->record)->len;
  BmnPublishStep step = BMN_PUBLISH_STEP_DONE;
  for (guint part = 0; part < n_parts && step == BMN_PUBLISH_STEP_DONE; part++)
    {
      self->part = part;
      step = bmn_publish_next_step (self->record->attempts, part, has_receipt (self->record, part),
                                    &self->caps, bmn_clock_now (self->clock), at);
    }
  return step;
}

/* A read-back that found nothing where something was accepted is not repeated at once. */
static gboolean
just_looked_in_vain (BmnPublishJob *self)
{
  if (self->record->attempts->len == 0 || !has_receipt (self->record, self->part))
    return FALSE;
  const BmnAttempt *last = self->record->attempts->pdata[self->record->attempts->len - 1];
  return self->request && last->kind == BMN_ATTEMPT_READ_BACK
         && last->outcome == BMN_ATTEMPT_NOT_FOUND;
}

static void
settle_missing (BmnPublishJob *self)
{
  BmnRetryDecision decision
      = bmn_retry_decide (BMN_PLATFORM_ERROR_SERVER, 0, self->record->target->tries + 1,
                          bmn_clock_now (self->clock), g_random_double ());
  settle (self, BMN_TARGET_UNKNOWN, decision.action == BMN_RETRY_AGAIN ? decision.at : 0,
          bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME),
          g_strdup (_ (
              "The platform accepted this post but does not show it yet. Bellman looks again.")));
}

static void
next_step (BmnPublishJob *self)
{
  if (g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    {
      settle (self, BMN_TARGET_UNKNOWN, bmn_clock_now (self->clock), NULL,
              g_strdup (_ ("Bellman was stopped while this was being published and goes on with "
                           "the next start.")));
      return;
    }
  gint64 at = 0;
  switch (find_step (self, &at))
    {
    case BMN_PUBLISH_STEP_SEND:
      attempt (self, BMN_ATTEMPT_PUBLISH);
      break;
    case BMN_PUBLISH_STEP_LOOK:
      if (just_looked_in_vain (self))
        settle_missing (self);
      else
        attempt (self, BMN_ATTEMPT_READ_BACK);
      break;
    case BMN_PUBLISH_STEP_WAIT:
      settle (
          self, BMN_TARGET_UNKNOWN, at,
          bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME),
          g_strdup (_ ("No answer came. Bellman looks again once the request can no longer arrive, "
                       "and sends nothing until then.")));
      break;
    case BMN_PUBLISH_STEP_ASK:
      settle_asking (self);
      break;
    case BMN_PUBLISH_STEP_DONE:
      settle (self, BMN_TARGET_PUBLISHED, 0, NULL, NULL);
      break;
    }
}

/*
 * Claiming.
 */

/* Nothing of it is or may be out, so whether it is still wanted now is open. */
static gboolean
is_untouched (BmnPublishJob *self)
{
  return self->record->receipts->len == 0
         && !bmn_publish_case_is_uncertain (self->record, &self->caps);
}

static gboolean
move_to_slot (BmnPublishJob *self, BmnTransaction *tx, GError **error)
{
  BmnSlotTime place;
  g_autoptr (GError) none = NULL;
  if (!bmn_slot_finder_next (tx, self->record->account, bmn_clock_now (self->clock),
                             self->target_id, &place, &none))
    return bmn_publish_case_settle (self->record, tx, BMN_TARGET_HELD, 0, "missed", none->message,
                                    error);
  BmnTargetState before = self->record->target->state;
  BmnTarget *target = self->record->target;
  g_free (target->local_time);
  target->local_time = bmn_wall_time_format (&place.wall);
  g_free (target->zone);
  target->zone = g_strdup (self->record->account->zone);
  target->due_at = target->next_try_at = place.instant;
  return bmn_targets_update (tx, target, before, error);
}

/* Whether it goes out now. Otherwise the target is put where it belongs, and the job ends. */
static gboolean
check_time (BmnPublishJob *self, BmnTransaction *tx, gboolean *go, GError **error)
{
  *go = TRUE;
  if (self->record->target->state != BMN_TARGET_SCHEDULED || !is_untouched (self))
    return TRUE;
  BmnMissedDecision decision
      = bmn_missed_decide (self->record->account, bmn_missed_planned_at (self->record->target),
                           self->record->last_published_at, bmn_clock_now (self->clock));
  *go = decision.action == BMN_MISSED_PUBLISH_NOW;
  switch (decision.action)
    {
    case BMN_MISSED_PUBLISH_NOW:
      return TRUE;
    case BMN_MISSED_WAIT_UNTIL:
      return bmn_publish_case_settle (self->record, tx, BMN_TARGET_SCHEDULED, decision.at, NULL,
                                      NULL, error);
    case BMN_MISSED_MOVE_TO_SLOT:
      return move_to_slot (self, tx, error);
    case BMN_MISSED_HOLD_BACK:
      break;
    }
  return bmn_publish_case_settle (self->record, tx, BMN_TARGET_HELD, 0, "missed",
                                  _ ("Its time passed while this computer could not publish. "
                                     "Publish it now, give it a new time, or cancel it."),
                                  error);
}

static gboolean
claim_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishJob *self = data;
  self->record = bmn_publish_case_load (tx, self->target_id, error);
  if (!self->record)
    return FALSE;
  BmnTargetState state = self->record->target->state;
  if (state != BMN_TARGET_SCHEDULED && state != BMN_TARGET_UNKNOWN)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                           _ ("The post was changed meanwhile."));
      return FALSE;
    }
  gboolean go;
  if (!check_time (self, tx, &go, error))
    return FALSE;
  return !go || bmn_publish_case_claim (self->record, tx, self->fresh_key, &self->caps, error);
}

static void
on_claimed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublishJob) self = data;
  g_autoptr (GError) error = NULL;
  if (!bmn_store_write_finish (self->store, result, &error))
    {
      finish_with_error (self, g_steal_pointer (&error));
      return;
    }
  if (self->record->target->state != BMN_TARGET_PUBLISHING)
    {
      finish_with_target (self);
      return;
    }
  bmn_failpoint ("publish-claimed");
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
  change_store (self, claim_in_store, on_claimed);
}

BmnTarget *
bmn_publish_job_run_finish (BmnPublishJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
