#include "bmn-sync-states.h"
#include "bmn-statement-private.h"

#define COLUMNS                                                                                    \
  "account_id, place, begun_at, oldest, ended_at, completed_at, followers_at, no_counts_until, "   \
  "retry_at, tries, error_kind, error"

BmnSyncState *
bmn_sync_state_new (gint64 account_id)
{
  BmnSyncState *state = g_new0 (BmnSyncState, 1);
  state->account_id = account_id;
  state->oldest = G_MAXINT64;
  return state;
}

void
bmn_sync_state_free (BmnSyncState *state)
{
  g_free (state->place);
  g_free (state->error_kind);
  g_free (state->error);
  g_free (state);
}

static void
take_state (BmnStatement *row, BmnSyncState *state)
{
  state->account_id = bmn_statement_take_int (row);
  state->place = bmn_statement_take_text (row);
  state->begun_at = bmn_statement_take_int (row);
  state->oldest = bmn_statement_take_int (row);
  state->ended_at = bmn_statement_take_int (row);
  state->completed_at = bmn_statement_take_int (row);
  state->followers_at = bmn_statement_take_int (row);
  state->no_counts_until = bmn_statement_take_int (row);
  state->retry_at = bmn_statement_take_int (row);
  state->tries = bmn_statement_take_int (row);
  state->error_kind = bmn_statement_take_text (row);
  state->error = bmn_statement_take_text (row);
}

BmnSyncState *
bmn_sync_states_get (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (BmnSyncState) state = bmn_sync_state_new (account_id);
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT " COLUMNS " FROM sync_state WHERE account_id = ?");
  bmn_statement_put_int (query, account_id);
  if (bmn_statement_next (query))
    take_state (query, state);
  if (!bmn_statement_finish (query, error))
    return NULL;
  return g_steal_pointer (&state);
}

gboolean
bmn_sync_states_put (BmnTransaction *tx, const BmnSyncState *state, GError **error)
{
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, "INSERT INTO sync_state (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET (" COLUMNS ") = (excluded.account_id, excluded.place, "
          "excluded.begun_at, excluded.oldest, excluded.ended_at, excluded.completed_at, "
          "excluded.followers_at, excluded.no_counts_until, excluded.retry_at, excluded.tries, "
          "excluded.error_kind, excluded.error) "
          "WHERE (" COLUMNS ") IS NOT (excluded.account_id, excluded.place, "
          "excluded.begun_at, excluded.oldest, excluded.ended_at, excluded.completed_at, "
          "excluded.followers_at, excluded.no_counts_until, excluded.retry_at, excluded.tries, "
          "excluded.error_kind, excluded.error)");
  bmn_statement_put_int (put, state->account_id);
  bmn_statement_put_text (put, state->place);
  bmn_statement_put_int (put, state->begun_at);
  bmn_statement_put_int (put, state->oldest);
  bmn_statement_put_int (put, state->ended_at);
  bmn_statement_put_int (put, state->completed_at);
  bmn_statement_put_int (put, state->followers_at);
  bmn_statement_put_int (put, state->no_counts_until);
  bmn_statement_put_int (put, state->retry_at);
  bmn_statement_put_int (put, state->tries);
  bmn_statement_put_text (put, state->error_kind);
  bmn_statement_put_text (put, state->error);
  return bmn_statement_run (put, error);
}
