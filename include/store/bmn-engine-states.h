#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/* All of these run inside a transaction. */

/**
 * BmnEngineState:
 * @account_id: whose history was learnt
 * @serial: raised by each change of what may have been learnt already: a post deleted or
 *   another text, counts of the past; so an engine that was made at another serial must be
 *   made anew
 * @last_post: the highest history post id that @state knows
 * @counted_until: µs: the latest reading of counts that it knows
 * @asked_at: µs: what the clock said when it was told
 * @state: (nullable): what bmn_engine_save() gave; %NULL where there is none
 *
 * What the suggestion engine learnt of an account, and how far.
 */
typedef struct
{
  gint64 account_id;
  gint64 serial;
  gint64 last_post;
  gint64 counted_until;
  gint64 asked_at;
  GBytes *state; /* (owned) (nullable) */
} BmnEngineState;

void bmn_engine_state_free (BmnEngineState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnEngineState, bmn_engine_state_free)

/**
 * bmn_engine_states_get:
 * @with_state: whether the state itself is wanted, which may be large
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND for an account that is not there
 */
BmnEngineState *bmn_engine_states_get (BmnTransaction *tx,
                                       gint64 account_id,
                                       gboolean with_state,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_engine_states_put:
 *
 * Keeps a state, unless its serial is not the account's any more: then it is out of date and
 * nothing happens.
 */
gboolean bmn_engine_states_put (BmnTransaction *tx, const BmnEngineState *state, GError **error);

G_END_DECLS
