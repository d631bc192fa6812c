#include "bmn-hand-over-record-private.h"
#include "bmn-publish-error-private.h"
#include "bmn-publish-step-private.h"

#include "bmn-attempts.h"
#include "bmn-error.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>

void
bmn_hand_over_attempt_clear (BmnHandOverAttempt *self)
{
  g_clear_pointer (&self->attempt, bmn_attempt_free);
  g_clear_pointer (&self->request, bmn_publish_request_unref);
}

BmnReceipt *
bmn_hand_over_make_receipt (const BmnTarget *target)
{
  BmnReceipt *receipt
      = bmn_receipt_new (0, target->remote_schedule_id, NULL, target->remote_schedule_at);
  receipt->held = TRUE;
  return receipt;
}

/* No server holds it any more, and nothing that was sent can still arrive. A key that the server
 * knows already would give back what is gone, so the next one is another. */
static void
release (BmnTarget *target)
{
  bmn_target_forget_server (target);
  g_clear_pointer (&target->key, g_free);
}

/* @message: (nullable) (transfer full): why it is not as it was asked to be; %NULL: it is */
static void
set_message (BmnTarget *target, char *message)
{
  g_autofree char *taken = message;
  gboolean ours = !target->error || g_strcmp0 (target->error_kind, BMN_HAND_OVER_KIND) == 0;
  if (!message && !ours)
    return;
  g_free (target->error);
  g_free (target->error_kind);
  target->error = g_steal_pointer (&taken);
  target->error_kind = target->error ? g_strdup (BMN_HAND_OVER_KIND) : NULL;
}

static gboolean
store_target (BmnTransaction *tx, const BmnTarget *target, BmnTargetState before, GError **error)
{
  return bmn_targets_update (tx, target, before, error);
}

/*
 * Before anything is sent.
 */

static BmnAttemptKind
get_kind (BmnHandOverStep step)
{
  switch (step)
    {
    case BMN_HAND_OVER_STEP_SEND:
      return BMN_ATTEMPT_HAND_OVER;
    case BMN_HAND_OVER_STEP_TAKE_BACK:
      return BMN_ATTEMPT_TAKE_BACK;
    case BMN_HAND_OVER_STEP_LOOK:
    default:
      return BMN_ATTEMPT_CHECK_SCHEDULE;
    }
}

static BmnPart *
get_first (GPtrArray *parts)
{
  return parts->pdata[0];
}

/* About what the server has, which is no longer what the post says once the user changed it. */
static BmnPublishRequest *
make_request (const BmnPublishCase *record, const BmnCapabilities *caps)
{
  const BmnTarget *target = record->target;
  BmnPublishRequest *request
      = bmn_publish_request_new (record->post, bmn_publish_case_get_parts (record), target->key);
  if (target->remote_text)
    {
      BmnPart *first = get_first (request->parts);
      g_free (first->text);
      first->text = g_strdup (target->remote_text);
    }
  request->planned_at = request->schedule_at = target->remote_schedule_at;
  request->first_sent_at = bmn_publish_first_sent_at (record->attempts, 0, caps);
  if (*target->remote_schedule_id)
    g_ptr_array_add (request->receipts, bmn_hand_over_make_receipt (target));
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, record->known_ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (request->known_ids, g_strdup (id));
  return request;
}

gboolean
bmn_hand_over_begin (BmnPublishCase *record,
                     BmnTransaction *tx,
                     BmnHandOverStep step,
                     const BmnCapabilities *caps,
                     const char *fresh_key,
                     gint64 started_at,
                     BmnHandOverAttempt *attempt,
                     GError **error)
{
  BmnTarget *target = record->target;
  if (step == BMN_HAND_OVER_STEP_SEND && !target->remote_schedule_id)
    {
      g_free (target->key);
      target->key = g_strdup (fresh_key);
      target->revision = record->post->revision;
      target->remote_schedule_id = g_strdup ("");
      target->remote_schedule_at = target->due_at;
      target->remote_revision = record->post->revision;
      target->remote_text = g_strdup (get_first (bmn_publish_case_get_parts (record))->text);
      if (!store_target (tx, target, target->state, error))
        return FALSE;
    }
  attempt->step = step;
  attempt->request = make_request (record, caps);
  attempt->attempt = bmn_attempt_new (target->id, 0, get_kind (step));
  attempt->attempt->revision = target->remote_revision;
  attempt->attempt->key = g_strdup (target->key);
  attempt->attempt->started_at = started_at;
  return bmn_attempts_begin (tx, attempt->attempt, error);
}

gboolean
bmn_hand_over_settle (BmnPublishCase *record,
                      BmnTransaction *tx,
                      BmnHandOverStep step,
                      gboolean in_step,
                      GError **error)
{
  BmnTarget *target = record->target;
  BmnTargetState before = target->state;
  if (step == BMN_HAND_OVER_STEP_ASK)
    {
      target->state = BMN_TARGET_UNKNOWN;
      target->next_try_at = 0;
      set_message (target,
                   g_strdup (_ ("It cannot be found out whether the server holds this post or "
                                "published it. Please look at the account: is it out or not?")));
      return store_target (tx, target, before, error);
    }
  release (target);
  if (step == BMN_HAND_OVER_STEP_GONE && in_step)
    {
      target->state = BMN_TARGET_HELD;
      target->next_try_at = 0;
      target->hand_over = FALSE;
      set_message (target, g_strdup (_ ("The server held this post, but nothing came out of it at "
                                        "its time. Publish it now, give it a new time, or cancel "
                                        "it.")));
    }
  return store_target (tx, target, before, error);
}

/*
 * After the answer.
 */

static BmnTarget *
load_target (BmnTransaction *tx, const BmnHandOverAttempt *attempt, GError **error)
{
  return bmn_targets_get (tx, attempt->attempt->target_id, error);
}

/* It is out: what the user wanted with it meanwhile comes too late. */
static gboolean
settle_published (BmnTransaction *tx,
                  const BmnHandOverAttempt *attempt,
                  const BmnReceipt *receipt,
                  GError **error)
{
  gint64 id = attempt->attempt->target_id;
  if (!bmn_receipts_put (tx, id, receipt, error))
    return FALSE;
  g_autoptr (BmnPublishCase) record = bmn_publish_case_load (tx, id, error);
  if (!record)
    return FALSE;
  BmnTarget *target = record->target;
  gboolean wanted = target->state == BMN_TARGET_SCHEDULED || target->state == BMN_TARGET_UNKNOWN;
  const char *note = !wanted ? _ ("The server published it before it could be taken back.")
                     : target->remote_revision != record->post->revision
                         ? _ ("The server published it before it could be changed.")
                         : receipt->note;
  release (target);
  target->key = g_strdup (attempt->attempt->key);
  return bmn_publish_case_settle (record, tx, BMN_TARGET_PUBLISHED, 0,
                                  note ? BMN_PUBLISH_CHANGED_KIND : NULL, note, error);
}

/* The server does not know of schedules and published it there and then. */
static gboolean
take_early (BmnTransaction *tx,
            const BmnHandOverAttempt *attempt,
            const BmnReceipt *receipt,
            gint64 now,
            GError **error)
{
  g_autoptr (BmnTarget) target = load_target (tx, attempt, error);
  if (!target || !bmn_receipts_put (tx, target->id, receipt, error))
    return FALSE;
  BmnTargetState before = target->state;
  release (target);
  target->key = g_strdup (attempt->attempt->key);
  target->hand_over = FALSE;
  /* It is read back as everything that was accepted is. */
  target->state = BMN_TARGET_UNKNOWN;
  target->next_try_at = now;
  g_free (target->url);
  target->url = g_strdup (receipt->url);
  set_message (target, g_strdup (attempt->attempt->message));
  return store_target (tx, target, before, error);
}

static gboolean
take_held (BmnTransaction *tx,
           const BmnHandOverAttempt *attempt,
           const BmnReceipt *receipt,
           gint64 now,
           GError **error)
{
  g_autoptr (BmnTarget) target = load_target (tx, attempt, error);
  if (!target)
    return FALSE;
  BmnTargetState before = target->state;
  g_free (target->remote_schedule_id);
  target->remote_schedule_id = g_strdup (receipt->remote_id);
  /* Somebody may have moved it on the server itself. */
  if (ABS (receipt->published_at - target->remote_schedule_at) >= 60 * G_USEC_PER_SEC)
    target->remote_schedule_at = receipt->published_at;
  if (target->state == BMN_TARGET_UNKNOWN)
    {
      target->state = BMN_TARGET_SCHEDULED;
      target->next_try_at = target->due_at;
    }
  set_message (target, now > target->remote_schedule_at + BMN_HAND_OVER_LOOK_DELAY * G_USEC_PER_SEC
                           ? g_strdup (_ ("The server still holds this post although its time has "
                                          "come. Bellman looks again."))
                           : NULL);
  return store_target (tx, target, before, error);
}

static gboolean
take_nothing_there (BmnTransaction *tx,
                    const BmnHandOverAttempt *attempt,
                    gint64 now,
                    GError **error)
{
  g_autoptr (BmnTarget) target = load_target (tx, attempt, error);
  if (!target)
    return FALSE;
  BmnTargetState before = target->state;
  gboolean far = target->remote_schedule_at > now + BMN_HAND_OVER_NEAR * G_USEC_PER_SEC;
  if (attempt->step == BMN_HAND_OVER_STEP_TAKE_BACK && far)
    release (target);
  if (target->state == BMN_TARGET_UNKNOWN)
    {
      target->state = BMN_TARGET_SCHEDULED;
      target->next_try_at = target->due_at;
    }
  return store_target (tx, target, before, error);
}

static char *
make_refusal_message (gboolean for_good, const GError *failure)
{
  return for_good ? g_strdup_printf (
             /* Translators: %s is a whole sentence, the server's reason. */
             _ ("The server does not hold this post: %s It goes out from this computer."),
             failure->message)
                  : g_strdup_printf (
                      /* Translators: %s is a whole sentence that says what went wrong. */
                      _ ("The post could not be handed over yet: %s Bellman tries again, and until "
                         "then it goes out from this computer."),
                      failure->message);
}

/* A hand-over that certainly was not accepted: the post goes out from here, or a repetition
 * was turned away and what became of the first request is still open. */
static gboolean
take_refusal (BmnTransaction *tx,
              const BmnHandOverAttempt *attempt,
              const GError *failure,
              GError **error)
{
  g_autoptr (BmnTarget) target = load_target (tx, attempt, error);
  if (!target || attempt->request->first_sent_at != 0)
    return target != NULL;
  BmnTargetState before = target->state;
  gboolean for_good = bmn_publish_error_code (failure) == BMN_PLATFORM_ERROR_REJECTED;
  release (target);
  if (for_good)
    target->hand_over = FALSE;
  set_message (target, make_refusal_message (for_good, failure));
  return store_target (tx, target, before, error);
}

static gboolean
take_failure (BmnTransaction *tx,
              const BmnHandOverAttempt *attempt,
              const GError *failure,
              GError **error)
{
  if (attempt->step == BMN_HAND_OVER_STEP_SEND && bmn_publish_error_is_certain (failure))
    return take_refusal (tx, attempt, failure, error);
  if (attempt->step != BMN_HAND_OVER_STEP_LOOK)
    return TRUE;
  g_autoptr (BmnTarget) target = load_target (tx, attempt, error);
  if (!target || target->state != BMN_TARGET_UNKNOWN)
    return target != NULL;
  /* The look that the user asked for told nothing: the question stays. */
  target->next_try_at = 0;
  return store_target (tx, target, BMN_TARGET_UNKNOWN, error);
}

static gboolean
take_back_done (BmnTransaction *tx, const BmnHandOverAttempt *attempt, GError **error)
{
  g_autoptr (BmnTarget) target = load_target (tx, attempt, error);
  if (!target)
    return FALSE;
  release (target);
  set_message (target, NULL);
  return store_target (tx, target, target->state, error);
}

static gboolean
was_gone (const BmnHandOverAttempt *attempt, const GError *failure)
{
  return attempt->step == BMN_HAND_OVER_STEP_TAKE_BACK
         && g_error_matches (failure, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

static BmnAttemptOutcome
find_outcome (const BmnHandOverAttempt *attempt, GPtrArray *receipts, const GError *failure)
{
  if (was_gone (attempt, failure))
    return BMN_ATTEMPT_NOT_FOUND;
  if (failure)
    return attempt->step == BMN_HAND_OVER_STEP_LOOK || bmn_publish_error_is_certain (failure)
               ? BMN_ATTEMPT_REFUSED
               : BMN_ATTEMPT_LOST;
  return attempt->step == BMN_HAND_OVER_STEP_LOOK && receipts->len == 0 ? BMN_ATTEMPT_NOT_FOUND
                                                                        : BMN_ATTEMPT_DONE;
}

static const char *
find_message (const BmnHandOverAttempt *attempt, const BmnReceipt *receipt, const GError *failure)
{
  if (failure)
    return failure->message;
  if (!receipt)
    return NULL;
  if (receipt->held)
    return _ ("The server holds it until its time.");
  if (attempt->step == BMN_HAND_OVER_STEP_SEND)
    return _ ("The server published it at once instead of holding it until its time.");
  return receipt->note ? receipt->note : _ ("The server published it.");
}

gboolean
bmn_hand_over_finish (BmnTransaction *tx,
                      const BmnHandOverAttempt *attempt,
                      GPtrArray *receipts,
                      const GError *failure,
                      gint64 now,
                      GError **error)
{
  const BmnReceipt *receipt = receipts && receipts->len > 0 ? receipts->pdata[0] : NULL;
  BmnAttempt *record = attempt->attempt;
  record->finished_at = MAX (record->started_at, now);
  record->outcome = find_outcome (attempt, receipts, failure);
  g_free (record->error_kind);
  record->error_kind = failure && record->outcome != BMN_ATTEMPT_NOT_FOUND
                           ? g_strdup (bmn_publish_error_nick (failure))
                           : NULL;
  g_free (record->message);
  record->message = g_strdup (find_message (attempt, receipt, failure));
  if (!bmn_attempts_finish (tx, record, error))
    return FALSE;
  if (record->outcome == BMN_ATTEMPT_NOT_FOUND)
    return take_nothing_there (tx, attempt, now, error);
  if (failure)
    return take_failure (tx, attempt, failure, error);
  if (attempt->step == BMN_HAND_OVER_STEP_TAKE_BACK)
    return take_back_done (tx, attempt, error);
  if (receipt->held)
    return take_held (tx, attempt, receipt, now, error);
  return attempt->step == BMN_HAND_OVER_STEP_SEND ? take_early (tx, attempt, receipt, now, error)
                                                  : settle_published (tx, attempt, receipt, error);
}
