#pragma once

#include "bmn-clock.h"
#include "bmn-hand-over-step-private.h"
#include "bmn-platform.h"
#include "bmn-publish-case-private.h"
#include "bmn-publish-memory-private.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/*
 * One step for one target that a server holds or is to hold: decided by
 * bmn_hand_over_next_step() in the transaction that puts the attempt on record, done, and its
 * outcome put on record. The target's state stays the user's meanwhile: what they change while
 * a request is under way is followed by the next step.
 */

/**
 * bmn_hand_over_job_run_async:
 * @cancellable: (nullable): gives up what cannot be written down; what was sent is still put on
 *   record
 */
void bmn_hand_over_job_run_async (BmnStore *store,
                                  BmnClock *clock,
                                  BmnPlatform *platform,
                                  BmnPublishMemory *memory,
                                  gint64 target_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * bmn_hand_over_job_run_finish:
 *
 * Returns: (transfer full): the target as it is now; %NULL with %BMN_ERROR_CONFLICT where there
 *   was nothing to do, or an error of the store
 */
BmnTarget *
bmn_hand_over_job_run_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fills in @facts of a loaded case; they are valid as long as it is. */
void bmn_hand_over_facts_init (BmnHandOverFacts *facts,
                               const BmnPublishCase *record,
                               const BmnCapabilities *caps,
                               BmnClock *clock,
                               BmnPublishMemory *memory);

G_END_DECLS
