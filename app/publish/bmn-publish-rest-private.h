#pragma once

#include "bmn-attempt.h"
#include "bmn-target-state.h"

G_BEGIN_DECLS

/**
 * BmnPublishRest:
 * @state: the state that a target comes to rest in
 * @until: when to look at it again, µs; 0 for not by itself
 * @kind: (nullable): stable name of the error, static
 * @message: (nullable): translated
 *
 * How a target comes to rest. The functions that make one say each case once, and have no
 * opinion about how it is written down.
 */
typedef struct
{
  BmnTargetState state;
  gint64 until;
  const char *kind;
  char *message; /* (owned) (nullable) */
} BmnPublishRest;

/* Only the user can tell what became of it. */
BmnPublishRest bmn_publish_rest_asking (void) G_GNUC_WARN_UNUSED_RESULT;
/* It was accepted but is not seen. @tries: made so far; @random: 0 to 1 */
BmnPublishRest
bmn_publish_rest_missing (int tries, gint64 now, double random) G_GNUC_WARN_UNUSED_RESULT;
/* Nothing may be sent before @at, µs. */
BmnPublishRest bmn_publish_rest_waiting (gint64 at) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_publish_rest_after_failure:
 * @failure: of the latest attempt
 * @kind: what was tried
 * @uncertain: whether something may be out without our knowing
 * @tries: made so far
 * @now: µs
 * @random: 0 to 1, for the jitter
 * @rest: (out):
 *
 * Whatever may be out is «unknown», never «scheduled» or «failed».
 *
 * Returns: %FALSE where repeating is over but it is not known what became of the first
 *   request, so that a look may still tell
 */
gboolean bmn_publish_rest_after_failure (const GError *failure,
                                         BmnAttemptKind kind,
                                         gboolean uncertain,
                                         int tries,
                                         gint64 now,
                                         double random,
                                         BmnPublishRest *rest);

G_END_DECLS
