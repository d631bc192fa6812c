#pragma once

#include "bmn-attempt.h"
#include "bmn-capabilities.h"
#include "bmn-receipt.h"

G_BEGIN_DECLS

/*
 * What to do next with one part of a target, from nothing but what is on record. This is
 * where "never twice" is decided, so it is pure and has no opinion about how anything is done.
 */

/**
 * BmnPublishStep:
 * @BMN_PUBLISH_STEP_SEND: send it; certain that this makes no second one
 * @BMN_PUBLISH_STEP_LOOK: read back whether it is there
 * @BMN_PUBLISH_STEP_WAIT: a lost request may still arrive; look again at a time
 * @BMN_PUBLISH_STEP_ASK: only the user can tell
 * @BMN_PUBLISH_STEP_DONE: it is out and was read back
 */
typedef enum
{
  BMN_PUBLISH_STEP_SEND,
  BMN_PUBLISH_STEP_LOOK,
  BMN_PUBLISH_STEP_WAIT,
  BMN_PUBLISH_STEP_ASK,
  BMN_PUBLISH_STEP_DONE,
} BmnPublishStep;

/* A server may forget a key somewhat earlier than it promises, by its own clock: seconds. */
#define BMN_PUBLISH_KEY_MARGIN (10 * 60)

/* Read-backs of an accepted part that find nothing before the user is asked. */
#define BMN_PUBLISH_MAX_MISSING 6

/* Read-backs in a row that fail, being offline not counted, before the user is asked. */
#define BMN_PUBLISH_MAX_BLIND 10

/**
 * bmn_publish_next_step:
 * @attempts: (element-type BmnAttempt): of the target, oldest first, all finished
 * @part: the part in question
 * @has_receipt: whether the platform told us that it is out
 * @now: µs on the wall clock; tells how long a server has had a key
 * @steady: µs: @now as far as nobody set the clock since the latest request; tells whether a
 *   lost request can still arrive. Read-backs are dated by it.
 * @at: (out): for %BMN_PUBLISH_STEP_WAIT, when to ask again, as @steady
 *
 * Each of the two clocks may only make us more careful: a key that seems old is not used any
 * more, a request that seems young is waited for.
 */
BmnPublishStep bmn_publish_next_step (GPtrArray *attempts,
                                      int part,
                                      gboolean has_receipt,
                                      const BmnCapabilities *caps,
                                      gint64 now,
                                      gint64 steady,
                                      gint64 *at);

/* Returns: whether a request for @part may have been accepted without our knowing */
gboolean bmn_publish_is_uncertain (GPtrArray *attempts, int part, const BmnCapabilities *caps);

/* Returns: when the key was first sent for @part in the present uncertainty, µs; 0 for never */
gint64 bmn_publish_first_sent_at (GPtrArray *attempts, int part, const BmnCapabilities *caps);

G_END_DECLS
