#pragma once

#include "bmn-account-levers.h"
#include "bmn-engine.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * BmnLearner:
 *
 * One account's engine, in step with the store.
 */
typedef struct _BmnLearner BmnLearner;

/* @store: borrowed */
BmnLearner *bmn_learner_new (BmnStore *store, gint64 account_id) G_GNUC_WARN_UNUSED_RESULT;
void bmn_learner_free (BmnLearner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnLearner, bmn_learner_free)

/**
 * bmn_learner_update:
 * @now: µs
 *
 * Learns what is new, from the saved state on where there is one, and takes over the levers.
 *
 * Returns: %FALSE with %BMN_ERROR_NOT_FOUND or the store's error
 */
gboolean bmn_learner_update (BmnLearner *self, gint64 now, GError **error);

/* Each of these after bmn_learner_update(); (transfer none). */
BmnEngine *bmn_learner_get_engine (BmnLearner *self);
const char *bmn_learner_get_name (BmnLearner *self);
const char *bmn_learner_get_language (BmnLearner *self);

/* Stores the state where enough was learnt since it was stored last. */
gboolean bmn_learner_save (BmnLearner *self, GError **error);

G_END_DECLS
