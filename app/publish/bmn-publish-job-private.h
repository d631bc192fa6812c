#pragma once

#include "bmn-clock.h"
#include "bmn-platform.h"
#include "bmn-publish-memory-private.h"
#include "bmn-store.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/*
 * BmnPublishJob: one run of the publisher on one target, from claiming it until it rests
 * again: published, put off to a later try, or waiting for the user.
 *
 *   load and claim ─▶ next step ─┬▶ send ──▶ record ─┐
 *                        ▲       ├▶ look ──▶ record ─┤
 *                        └───────┼───────────────────┘
 *                                └▶ settle
 *
 * Between any two durable steps stands a named failpoint. All in one main context; the store
 * and the platform work elsewhere.
 */

#define BMN_TYPE_PUBLISH_JOB (bmn_publish_job_get_type ())
G_DECLARE_FINAL_TYPE (BmnPublishJob, bmn_publish_job, BMN, PUBLISH_JOB, GObject)

/* @memory: outlives the job */
BmnPublishJob *bmn_publish_job_new (BmnStore *store,
                                    BmnClock *clock,
                                    BmnPlatform *platform,
                                    BmnPublishMemory *memory,
                                    gint64 target_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_publish_job_run_async:
 * @cancellable: (nullable): ends the job before its next step; what was sent is still put on
 *   record
 *
 * Once claimed, a target does not stay behind «publishing»: what became of it is written down
 * again and again while the disk is full, until @cancellable ends that too.
 */
void bmn_publish_job_run_async (BmnPublishJob *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * bmn_publish_job_run_finish:
 *
 * Returns: (transfer full): the target as it rests now; %NULL with %BMN_ERROR_CONFLICT where
 *   somebody changed it meanwhile (nothing was done), or an error of the store
 */
BmnTarget *bmn_publish_job_run_finish (BmnPublishJob *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: until when the account is to rest because of its gap, µs; 0 where it is not */
gint64 bmn_publish_job_get_rest (BmnPublishJob *self);

G_END_DECLS
