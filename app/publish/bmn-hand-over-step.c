#include "bmn-hand-over-step-private.h"
#include "bmn-platform-error.h"
#include "bmn-publish-step-private.h"

#define FIRST_WAIT 5

gboolean
bmn_hand_over_is_wanted (const BmnHandOverFacts *facts)
{
  const BmnTarget *target = facts->target;
  return target->hand_over && target->state == BMN_TARGET_SCHEDULED && !facts->paused
         && facts->n_parts == 1;
}

gboolean
bmn_hand_over_is_in_step (const BmnHandOverFacts *facts)
{
  const BmnTarget *target = facts->target;
  return bmn_hand_over_is_wanted (facts) && target->remote_schedule_at == target->due_at
         && target->remote_revision == facts->revision;
}

static const BmnAttempt *
get_last (const BmnHandOverFacts *facts)
{
  return facts->attempts->len > 0 ? facts->attempts->pdata[facts->attempts->len - 1] : NULL;
}

/* How many of the latest attempts were of @kind, made since @since, without another between. */
static guint
count_last (const BmnHandOverFacts *facts, BmnAttemptKind kind, gint64 since)
{
  guint n = 0;
  while (n < facts->attempts->len)
    {
      const BmnAttempt *attempt = facts->attempts->pdata[facts->attempts->len - 1 - n];
      if (attempt->kind != kind || attempt->started_at < since)
        break;
      n++;
    }
  return n;
}

/* The same try after @n that were in vain: later each time. */
static BmnHandOverStep
after_wait (const BmnHandOverFacts *facts, guint n, BmnHandOverStep step, gint64 *at)
{
  if (n == 0)
    return step;
  gint64 seconds = MIN ((gint64)FIRST_WAIT << MIN (n - 1, 20), BMN_HAND_OVER_MAX_WAIT);
  gint64 last_at = get_last (facts)->finished_at;
  *at = last_at + seconds * G_USEC_PER_SEC;
  /* An attempt of the future was made before the clock was set back. */
  if (last_at > facts->now || *at <= facts->now)
    return step;
  return BMN_HAND_OVER_STEP_NONE;
}

static BmnHandOverStep
step_from_here (const BmnHandOverFacts *facts, gint64 *at)
{
  const BmnCapabilities *caps = facts->caps;
  if (!bmn_hand_over_is_wanted (facts) || !facts->untouched || !caps->can_schedule
      || facts->target->due_at < facts->now + caps->schedule_ahead * G_USEC_PER_SEC)
    return BMN_HAND_OVER_STEP_NONE;
  return after_wait (facts, count_last (facts, BMN_ATTEMPT_HAND_OVER, 0), BMN_HAND_OVER_STEP_SEND,
                     at);
}

static gint64
get_grace_end (const BmnHandOverFacts *facts)
{
  return facts->target->remote_schedule_at
         + BMN_HAND_OVER_GRACE * facts->caps->request_life * G_USEC_PER_SEC;
}

static gboolean
is_blind (const BmnAttempt *attempt)
{
  return attempt->kind == BMN_ATTEMPT_CHECK_SCHEDULE && attempt->outcome != BMN_ATTEMPT_DONE
         && attempt->outcome != BMN_ATTEMPT_NOT_FOUND
         && g_strcmp0 (attempt->error_kind, bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_OFFLINE))
                != 0;
}

static guint
count_blind (const BmnHandOverFacts *facts)
{
  guint n = 0;
  while (n < facts->attempts->len
         && is_blind (facts->attempts->pdata[facts->attempts->len - 1 - n]))
    n++;
  return n;
}

static BmnHandOverStep
look (const BmnHandOverFacts *facts, gint64 since, gint64 *at)
{
  if (count_blind (facts) >= BMN_PUBLISH_MAX_BLIND)
    return BMN_HAND_OVER_STEP_ASK;
  return after_wait (facts, count_last (facts, BMN_ATTEMPT_CHECK_SCHEDULE, since),
                     BMN_HAND_OVER_STEP_LOOK, at);
}

/* Between the moment a server takes something off its schedule and the moment it shows the post
 * there is neither, so what is not found then may still come. */
static gboolean
may_be_coming_out (const BmnHandOverFacts *facts, const BmnAttempt *looked)
{
  return looked->started_at >= facts->target->remote_schedule_at - 60 * G_USEC_PER_SEC
         && looked->started_at < get_grace_end (facts);
}

static BmnHandOverStep
step_in_doubt (const BmnHandOverFacts *facts, gint64 *at)
{
  BmnCapabilities caps = *facts->caps;
  gint64 steady_at;
  /* What is not wanted any more is not sent again, only looked for. */
  if (!bmn_hand_over_is_wanted (facts))
    caps.idempotency = BMN_IDEMPOTENCY_NONE;
  switch (bmn_publish_next_step (facts->attempts, 0, FALSE, &caps, facts->now, facts->steady,
                                 &steady_at))
    {
    case BMN_PUBLISH_STEP_SEND:
      break;
    case BMN_PUBLISH_STEP_LOOK:
      return look (facts, 0, at);
    case BMN_PUBLISH_STEP_WAIT:
      *at = facts->now + (steady_at - facts->steady);
      return BMN_HAND_OVER_STEP_NONE;
    case BMN_PUBLISH_STEP_ASK:
      return BMN_HAND_OVER_STEP_ASK;
    case BMN_PUBLISH_STEP_DONE:
      return BMN_HAND_OVER_STEP_RELEASE;
    }
  if (bmn_publish_is_uncertain (facts->attempts, 0, &caps))
    return after_wait (facts, count_last (facts, BMN_ATTEMPT_HAND_OVER, 0), BMN_HAND_OVER_STEP_SEND,
                       at);
  const BmnAttempt *last = get_last (facts);
  if (last && last->kind == BMN_ATTEMPT_CHECK_SCHEDULE && may_be_coming_out (facts, last))
    return look (facts, 0, at);
  return BMN_HAND_OVER_STEP_RELEASE;
}

/* Its time has come, or it is gone from the schedule: what came out of it? */
static BmnHandOverStep
step_at_its_time (const BmnHandOverFacts *facts, gint64 *at)
{
  const BmnAttempt *last = get_last (facts);
  if (last && last->kind == BMN_ATTEMPT_CHECK_SCHEDULE && last->outcome == BMN_ATTEMPT_NOT_FOUND
      && last->started_at >= get_grace_end (facts))
    return BMN_HAND_OVER_STEP_GONE;
  return look (facts, facts->target->remote_schedule_at - BMN_HAND_OVER_NEAR * G_USEC_PER_SEC, at);
}

/*
 * Returns: until when a request that was lost beside another one may still arrive, µs as @steady;
 *   0 for none. Under the same key it does no harm while the first one is there, but a server may
 *   forget a key with what was made by it.
 */
static gint64
get_arrival_end (const BmnHandOverFacts *facts)
{
  guint n_sent = 0;
  gint64 lost_at = 0;
  for (guint i = 0; i < facts->attempts->len; i++)
    {
      const BmnAttempt *attempt = facts->attempts->pdata[i];
      if (attempt->kind == BMN_ATTEMPT_TAKE_BACK && attempt->outcome == BMN_ATTEMPT_DONE)
        n_sent = lost_at = 0;
      if (attempt->kind != BMN_ATTEMPT_HAND_OVER || attempt->outcome == BMN_ATTEMPT_REFUSED)
        continue;
      n_sent++;
      if (attempt->outcome == BMN_ATTEMPT_LOST)
        lost_at = attempt->started_at;
    }
  return n_sent > 1 && lost_at > 0 ? lost_at + facts->caps->request_life * G_USEC_PER_SEC : 0;
}

static BmnHandOverStep
step_back (const BmnHandOverFacts *facts, gint64 *at)
{
  gint64 wait = get_arrival_end (facts) - facts->steady;
  if (wait > 0 && wait <= facts->caps->request_life * G_USEC_PER_SEC
      && facts->now + wait < facts->target->remote_schedule_at)
    {
      *at = facts->now + wait;
      return BMN_HAND_OVER_STEP_NONE;
    }
  return after_wait (facts, count_last (facts, BMN_ATTEMPT_TAKE_BACK, 0),
                     BMN_HAND_OVER_STEP_TAKE_BACK, at);
}

static BmnHandOverStep
step_held (const BmnHandOverFacts *facts, gint64 *at)
{
  const BmnAttempt *last = get_last (facts);
  gint64 look_at = facts->target->remote_schedule_at + BMN_HAND_OVER_LOOK_DELAY * G_USEC_PER_SEC;
  if (bmn_hand_over_is_in_step (facts))
    {
      if (facts->now >= look_at)
        return step_at_its_time (facts, at);
      *at = look_at;
      return BMN_HAND_OVER_STEP_NONE;
    }
  gboolean seen_held
      = last && last->kind == BMN_ATTEMPT_CHECK_SCHEDULE && last->outcome == BMN_ATTEMPT_DONE;
  gboolean was_gone
      = last
        && ((last->kind == BMN_ATTEMPT_TAKE_BACK && last->outcome == BMN_ATTEMPT_NOT_FOUND)
            || (last->kind == BMN_ATTEMPT_CHECK_SCHEDULE && !seen_held));
  if (was_gone || (facts->now >= look_at && !seen_held))
    return step_at_its_time (facts, at);
  return step_back (facts, at);
}

BmnHandOverStep
bmn_hand_over_next_step (const BmnHandOverFacts *facts, gint64 *at)
{
  const BmnTarget *target = facts->target;
  *at = 0;
  if (!target->remote_schedule_id)
    return step_from_here (facts, at);
  /* The user is asked, or asked for another look. */
  if (target->state == BMN_TARGET_UNKNOWN)
    return target->next_try_at != 0 ? BMN_HAND_OVER_STEP_LOOK : BMN_HAND_OVER_STEP_NONE;
  return *target->remote_schedule_id ? step_held (facts, at) : step_in_doubt (facts, at);
}
