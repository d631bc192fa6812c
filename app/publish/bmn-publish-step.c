#include "bmn-publish-step-private.h"
#include "bmn-platform-error.h"

/* What the record says about one part. */
typedef struct
{
  gint64 first_lost_at; /* start of the first request whose fate is unknown, 0 for none */
  gint64 last_lost_at;  /* start of the last one */
  gboolean looked;      /* a read-back found nothing since the last one, but too early to count */
  gboolean turned_away; /* a repetition was refused for good since the first one */
  gboolean verified;    /* a read-back saw it */
  int n_missing;        /* read-backs in a row that found nothing */
  int n_blind;          /* read-backs in a row that failed */
} PartRecord;

static gboolean
is_error (const BmnAttempt *attempt, BmnPlatformError code)
{
  return g_strcmp0 (attempt->error_kind, bmn_platform_error_to_nick (code)) == 0;
}

static void
record_publish (PartRecord *record, const BmnAttempt *attempt)
{
  switch (attempt->outcome)
    {
    case BMN_ATTEMPT_DONE:
      *record = (PartRecord){ 0 };
      break;
    case BMN_ATTEMPT_OPEN:
    case BMN_ATTEMPT_LOST:
      if (record->first_lost_at == 0)
        record->first_lost_at = attempt->started_at;
      record->last_lost_at = MAX (record->last_lost_at, attempt->started_at);
      record->looked = FALSE;
      record->verified = FALSE;
      record->n_blind = 0;
      break;
    case BMN_ATTEMPT_REFUSED:
      if (record->first_lost_at != 0
          && (is_error (attempt, BMN_PLATFORM_ERROR_REJECTED)
              || is_error (attempt, BMN_PLATFORM_ERROR_AUTH_EXPIRED)))
        record->turned_away = TRUE;
      break;
    case BMN_ATTEMPT_NOT_FOUND:
      break;
    }
}

/* A record key can be sent again whatever is still under way; anything else is certain only
 * once no lost request can arrive any more. */
static gboolean
settles_loss (const PartRecord *record, const BmnAttempt *attempt, const BmnCapabilities *caps)
{
  return caps->idempotency == BMN_IDEMPOTENCY_RECORD_KEY
         || attempt->started_at >= record->last_lost_at + caps->request_life * G_USEC_PER_SEC;
}

static void
record_read_back (PartRecord *record, const BmnAttempt *attempt, const BmnCapabilities *caps)
{
  switch (attempt->outcome)
    {
    case BMN_ATTEMPT_DONE:
      *record = (PartRecord){ .verified = TRUE };
      break;
    case BMN_ATTEMPT_NOT_FOUND:
      record->n_missing++;
      record->n_blind = 0;
      if (record->first_lost_at != 0 && settles_loss (record, attempt, caps))
        *record = (PartRecord){ 0 };
      else
        record->looked = TRUE;
      break;
    case BMN_ATTEMPT_REFUSED:
    case BMN_ATTEMPT_LOST:
    case BMN_ATTEMPT_OPEN:
      if (!is_error (attempt, BMN_PLATFORM_ERROR_OFFLINE))
        record->n_blind++;
      break;
    }
}

/* What was deleted from the platform starts anew, all of it. */
static gboolean
starts_anew (const BmnAttempt *attempt)
{
  return (attempt->kind == BMN_ATTEMPT_REMOVE || attempt->kind == BMN_ATTEMPT_TAKE_BACK)
         && attempt->outcome == BMN_ATTEMPT_DONE;
}

static void
record_attempt (PartRecord *record, const BmnAttempt *attempt, const BmnCapabilities *caps)
{
  switch (attempt->kind)
    {
    case BMN_ATTEMPT_PUBLISH:
    case BMN_ATTEMPT_HAND_OVER:
      record_publish (record, attempt);
      break;
    case BMN_ATTEMPT_READ_BACK:
      record_read_back (record, attempt, caps);
      break;
    case BMN_ATTEMPT_CHECK_SCHEDULE:
      record_read_back (record, attempt, caps);
      /* That a server holds it says that it is not out. */
      record->verified = FALSE;
      break;
    case BMN_ATTEMPT_REMOVE:
    case BMN_ATTEMPT_TAKE_BACK:
      if (starts_anew (attempt))
        *record = (PartRecord){ 0 };
      break;
    case BMN_ATTEMPT_EDIT:
      break;
    }
}

static PartRecord
read_record (GPtrArray *attempts, int part, const BmnCapabilities *caps)
{
  PartRecord record = { 0 };
  for (guint i = 0; i < attempts->len; i++)
    {
      const BmnAttempt *attempt = attempts->pdata[i];
      if (attempt->part == part || starts_anew (attempt))
        record_attempt (&record, attempt, caps);
    }
  return record;
}

static BmnPublishStep
step_with_receipt (const PartRecord *record, const BmnCapabilities *caps)
{
  if (record->verified || !caps->can_read_back)
    return BMN_PUBLISH_STEP_DONE;
  if (record->n_missing >= BMN_PUBLISH_MAX_MISSING || record->n_blind >= BMN_PUBLISH_MAX_BLIND)
    return BMN_PUBLISH_STEP_ASK;
  return BMN_PUBLISH_STEP_LOOK;
}

static gboolean
key_is_alive (const PartRecord *record, const BmnCapabilities *caps, gint64 now)
{
  /* A clock that was set back says nothing about how long the server has had the key. */
  return caps->idempotency == BMN_IDEMPOTENCY_SERVER_KEY && !record->turned_away
         && now >= record->first_lost_at
         && now < record->first_lost_at
                      + (caps->key_life - BMN_PUBLISH_KEY_MARGIN) * G_USEC_PER_SEC;
}

static BmnPublishStep
step_after_loss (
    const PartRecord *record, const BmnCapabilities *caps, gint64 now, gint64 steady, gint64 *at)
{
  if (key_is_alive (record, caps, now))
    return BMN_PUBLISH_STEP_SEND;
  if (!caps->can_read_back || record->n_blind >= BMN_PUBLISH_MAX_BLIND)
    return BMN_PUBLISH_STEP_ASK;
  /* After the clock was set back nobody can say how long ago the request was. */
  if (steady < record->last_lost_at && record->looked)
    return BMN_PUBLISH_STEP_ASK;
  gint64 settled_at = record->last_lost_at + caps->request_life * G_USEC_PER_SEC;
  if (record->looked && caps->idempotency != BMN_IDEMPOTENCY_RECORD_KEY && steady < settled_at)
    {
      *at = settled_at;
      return BMN_PUBLISH_STEP_WAIT;
    }
  return BMN_PUBLISH_STEP_LOOK;
}

BmnPublishStep
bmn_publish_next_step (GPtrArray *attempts,
                       int part,
                       gboolean has_receipt,
                       const BmnCapabilities *caps,
                       gint64 now,
                       gint64 steady,
                       gint64 *at)
{
  PartRecord record = read_record (attempts, part, caps);
  *at = 0;
  /* What the user saw is out too, without a receipt. */
  if (has_receipt || record.verified)
    return step_with_receipt (&record, caps);
  if (record.first_lost_at != 0)
    return step_after_loss (&record, caps, now, steady, at);
  return BMN_PUBLISH_STEP_SEND;
}

gboolean
bmn_publish_is_uncertain (GPtrArray *attempts, int part, const BmnCapabilities *caps)
{
  return read_record (attempts, part, caps).first_lost_at != 0;
}

gint64
bmn_publish_first_sent_at (GPtrArray *attempts, int part, const BmnCapabilities *caps)
{
  return read_record (attempts, part, caps).first_lost_at;
}
