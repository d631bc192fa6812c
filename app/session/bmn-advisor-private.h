#pragma once

#include "bmn-earlier-texts-private.h"
#include "bmn-engines.h"
#include "bmn-topic.h"

G_BEGIN_DECLS

/**
 * BmnAdvisor:
 *
 * The session's thread for suggestions, with what it keeps in memory for them.
 */
typedef struct _BmnAdvisor BmnAdvisor;

/* @session: borrowed, and outlives the advisor */
BmnAdvisor *bmn_advisor_new (BmnSession *session) G_GNUC_WARN_UNUSED_RESULT;
/* Waits for what is under way; what waits is cancelled. */
void bmn_advisor_free (BmnAdvisor *self);

/**
 * BmnAdvisorFunc:
 * @data: the task's own
 * @cancellable: to look at between steps
 *
 * Runs on the advisor's thread.
 */
typedef gpointer (*BmnAdvisorFunc) (BmnAdvisor *self,
                                    gpointer data,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * bmn_advisor_run:
 * @task: (transfer full): completed in its own context with what @func returns
 * @topic: (nullable): a job replaces those of the same topic, which end as cancelled
 * @destroy: frees a result that nobody takes
 *
 * Called in the session's main context. What the engines learnt is saved when nothing waits.
 */
void bmn_advisor_run (
    BmnAdvisor *self, GTask *task, const char *topic, BmnAdvisorFunc func, GDestroyNotify destroy);

/* Each on the advisor's thread; (transfer none). */
BmnSession *bmn_advisor_get_session (BmnAdvisor *self);
BmnEngines *bmn_advisor_get_engines (BmnAdvisor *self);
BmnEarlierTexts *bmn_advisor_get_texts (BmnAdvisor *self, gint64 account_id);

/* Returns: (transfer none) (element-type BmnTopic): as bmn_engine_get_topics(), kept for a
 * while as they take long; @engine: of the account, as bmn_engines_get() gave it */
GPtrArray *
bmn_advisor_get_topics (BmnAdvisor *self, gint64 account_id, BmnEngine *engine, gint64 now);

G_END_DECLS
