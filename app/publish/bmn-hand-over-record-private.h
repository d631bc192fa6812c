#pragma once

#include "bmn-hand-over-step-private.h"
#include "bmn-publish-case-private.h"

G_BEGIN_DECLS

/*
 * What becomes of a target by a step of bmn-hand-over-step-private.h, in the store. Each of these
 * changes the target as it is in the transaction, so that what the user changed meanwhile stays.
 */

/**
 * BmnHandOverAttempt:
 * @step: %BMN_HAND_OVER_STEP_SEND, _TAKE_BACK or _LOOK
 * @attempt: as it was begun
 * @request: what the platform is told
 */
typedef struct
{
  BmnHandOverStep step;
  BmnAttempt *attempt;        /* (owned) */
  BmnPublishRequest *request; /* (owned) */
} BmnHandOverAttempt;

void bmn_hand_over_attempt_clear (BmnHandOverAttempt *self);

/* Returns: (transfer full): the receipt of what the server holds for @target */
BmnReceipt *bmn_hand_over_make_receipt (const BmnTarget *target) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_hand_over_begin:
 * @step: one that sends or looks
 * @fresh_key: the key to use for what is handed over anew
 * @started_at: µs
 *
 * Puts the attempt on record before anything is sent. From then on until it is certain that
 * the server holds nothing, nothing is published from here.
 */
gboolean bmn_hand_over_begin (BmnPublishCase *record,
                              BmnTransaction *tx,
                              BmnHandOverStep step,
                              const BmnCapabilities *caps,
                              const char *fresh_key,
                              gint64 started_at,
                              BmnHandOverAttempt *attempt,
                              GError **error);

/* Comes to rest without a request, by @step: _RELEASE, _GONE or _ASK. */
gboolean bmn_hand_over_settle (BmnPublishCase *record,
                               BmnTransaction *tx,
                               BmnHandOverStep step,
                               gboolean in_step,
                               GError **error);

/**
 * bmn_hand_over_finish:
 * @receipts: (nullable) (element-type BmnReceipt): what the platform said is held or out; an
 *   empty list says that there is nothing, and where it was taken back that this is done
 * @failure: (nullable): why it did not work
 * @now: µs
 *
 * Puts the end of the attempt on record, and what follows from it.
 */
gboolean bmn_hand_over_finish (BmnTransaction *tx,
                               const BmnHandOverAttempt *attempt,
                               GPtrArray *receipts,
                               const GError *failure,
                               gint64 now,
                               GError **error);

G_END_DECLS
