#pragma once

#include "bmn-engine.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * BmnEngines:
 *
 * The suggestion engines of the user's accounts, in memory. Each is read from the store, or
 * learnt from the history where there is nothing to read, when it is first asked for; each time
 * after that it learns what is new, and makes itself anew where the history it learnt from has
 * changed. Either way the answers are the same.
 *
 * Used by one thread at a time, which may be any but the store's; waits for the disk.
 */
typedef struct _BmnEngines BmnEngines;

/* @session: borrowed, and outlives the engines */
BmnEngines *bmn_engines_new (BmnSession *session) G_GNUC_WARN_UNUSED_RESULT;
void bmn_engines_free (BmnEngines *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnEngines, bmn_engines_free)

/**
 * bmn_engines_get:
 *
 * Gives the engine of an account as of now: with all that is in the history, with the user's
 * levers, and with the user's other accounts in the same language as siblings. Where the
 * account's own track record shows that ranking hashtags does no better than the ones used
 * last, it is told to suggest those.
 *
 * Returns: (transfer none): good until the next call; %NULL with %BMN_ERROR_NOT_FOUND (no such
 *   account) or the store's error
 */
BmnEngine *bmn_engines_get (BmnEngines *self, gint64 account_id, GError **error);

/* Returns: (transfer none): the siblings of the engine that bmn_engines_get() gave last */
const BmnSiblingAccount *bmn_engines_get_siblings (BmnEngines *self, guint *n_siblings);

/**
 * bmn_engines_suggest_experiments:
 *
 * As bmn_engine_suggest_experiments() of the engine that bmn_engines_get() gave last, with its
 * siblings, the hashtags its account follows and those trending on its server, as of the last
 * sync.
 */
GPtrArray *bmn_engines_suggest_experiments (BmnEngines *self,
                                            const char *draft,
                                            gint64 now,
                                            guint max) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): why followed or trending hashtags are not known for the account of
 *   the engine that bmn_engines_get() gave last: a translated sentence each, maybe none */
GStrv bmn_engines_list_lacks (BmnEngines *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_engines_save:
 *
 * Keeps in the store what is worth keeping: an engine that had to be learnt, or that learnt
 * much since. A state that cannot be stored costs the next start some time and nothing else,
 * so that is logged and no error.
 */
void bmn_engines_save (BmnEngines *self);

G_END_DECLS
