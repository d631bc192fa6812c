#include "bmn-engine-states.h"
#include "bmn-statement-private.h"

#include <glib/gi18n-lib.h>

void
bmn_engine_state_free (BmnEngineState *state)
{
  g_clear_pointer (&state->state, g_bytes_unref);
  g_free (state);
}

static gpointer
take_state (BmnStatement *row)
{
  BmnEngineState *state = g_new0 (BmnEngineState, 1);
  state->account_id = bmn_statement_take_int (row);
  state->serial = bmn_statement_take_int (row);
  state->last_post = bmn_statement_take_int (row);
  state->counted_until = bmn_statement_take_int (row);
  state->asked_at = bmn_statement_take_int (row);
  state->state = bmn_statement_take_bytes (row);
  return state;
}

BmnEngineState *
bmn_engine_states_get (BmnTransaction *tx, gint64 account_id, gboolean with_state, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, with_state ? "SELECT account_id, serial, last_post, counted_until, asked_at, state "
                       "FROM engine_state WHERE account_id = ?"
                     : "SELECT account_id, serial, last_post, counted_until, asked_at, NULL "
                       "FROM engine_state WHERE account_id = ?");
  bmn_statement_put_int (query, account_id);
  return bmn_statement_get (query, take_state, (GDestroyNotify)bmn_engine_state_free,
                            _ ("There is no such account any more."), error);
}

gboolean
bmn_engine_states_put (BmnTransaction *tx, const BmnEngineState *state, GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE engine_state SET last_post = ?3, counted_until = ?4, asked_at = ?5, state = ?6 "
          "WHERE account_id = ?1 AND serial = ?2");
  bmn_statement_put_int (update, state->account_id);
  bmn_statement_put_int (update, state->serial);
  bmn_statement_put_int (update, state->last_post);
  bmn_statement_put_int (update, state->counted_until);
  bmn_statement_put_int (update, state->asked_at);
  bmn_statement_put_bytes (update, state->state);
  return bmn_statement_run (update, error);
}
