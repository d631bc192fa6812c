#include "bmn-stored-counts.h"
#include "bmn-statement-private.h"

gboolean
bmn_stored_counts_get (BmnTransaction *tx, BmnStoredCounts *counts, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM post), "
          "(SELECT count(*) FROM target WHERE state = 'scheduled'), "
          "(SELECT count(*) FROM history_post), (SELECT count(*) FROM ledger), "
          "(SELECT count(*) FROM shown_suggestion)");
  if (bmn_statement_next (query))
    {
      counts->accounts = bmn_statement_take_int (query);
      counts->posts = bmn_statement_take_int (query);
      counts->planned = bmn_statement_take_int (query);
      counts->history = bmn_statement_take_int (query);
      counts->requests = bmn_statement_take_int (query);
      counts->suggestions = bmn_statement_take_int (query);
    }
  return bmn_statement_finish (query, error);
}
