#pragma once

#include "bmn-clock.h"
#include "bmn-platform.h"
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

BmnPublishJob *bmn_publish_job_new (BmnStore *store,
                                    BmnClock *clock,
                                    BmnPlatform *platform,
                                    gint64 target_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_publish_job_run_async:
 * @cancellable: (nullable): ends the job before its next step; what was sent is still put on record
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

G_END_DECLS
