#include "bmn-attempt.h"
#include "bmn-nick-private.h"

BmnAttempt *
bmn_attempt_new (gint64 target_id, int part, BmnAttemptKind kind)
{
  BmnAttempt *attempt = g_new0 (BmnAttempt, 1);
  attempt->target_id = target_id;
  attempt->part = part;
  attempt->kind = kind;
  return attempt;
}

BmnAttempt *
bmn_attempt_copy (const BmnAttempt *attempt)
{
  BmnAttempt *copy = g_memdup2 (attempt, sizeof *attempt);
  copy->key = g_strdup (attempt->key);
  copy->error_kind = g_strdup (attempt->error_kind);
  copy->message = g_strdup (attempt->message);
  return copy;
}

void
bmn_attempt_free (BmnAttempt *attempt)
{
  g_free (attempt->key);
  g_free (attempt->error_kind);
  g_free (attempt->message);
  g_free (attempt);
}

static const char *const kind_nicks[] = { "publish",   "read-back", "edit",           "remove",
                                          "hand-over", "take-back", "check-schedule", NULL };

const char *
bmn_attempt_kind_to_nick (BmnAttemptKind kind)
{
  return bmn_nick_get (kind_nicks, kind);
}

gboolean
bmn_attempt_kind_from_nick (const char *nick, BmnAttemptKind *kind)
{
  int value = bmn_nick_find (kind_nicks, nick);
  if (value < 0)
    return FALSE;
  *kind = value;
  return TRUE;
}

static const char *const outcome_nicks[] = { "open", "done", "not-found", "refused", "lost", NULL };

const char *
bmn_attempt_outcome_to_nick (BmnAttemptOutcome outcome)
{
  return bmn_nick_get (outcome_nicks, outcome);
}

gboolean
bmn_attempt_outcome_from_nick (const char *nick, BmnAttemptOutcome *outcome)
{
  int value = bmn_nick_find (outcome_nicks, nick);
  if (value < 0)
    return FALSE;
  *outcome = value;
  return TRUE;
}
