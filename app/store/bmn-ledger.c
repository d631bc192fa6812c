#include "bmn-ledger.h"
#include "bmn-statement-private.h"

gboolean
bmn_ledger_add (BmnTransaction *tx, const BmnLedgerEntry *entry, GError **error)
{
  g_autoptr (BmnStatement) insert
      = bmn_statement_new (tx, "INSERT INTO ledger (host, purpose, account_id, at, bytes_sent, "
                               "bytes_received, status) VALUES (?, ?, ?, ?, ?, ?, ?)");
  bmn_statement_put_text (insert, entry->host);
  bmn_statement_put_text (insert, entry->purpose);
  bmn_statement_put_int (insert, entry->account_id);
  bmn_statement_put_int (insert, entry->at);
  bmn_statement_put_int (insert, entry->bytes_sent);
  bmn_statement_put_int (insert, entry->bytes_received);
  bmn_statement_put_int (insert, entry->status);
  return bmn_statement_run (insert, error);
}

static gpointer
take_entry (BmnStatement *row)
{
  BmnLedgerEntry *entry = bmn_ledger_entry_new (NULL, NULL);
  entry->host = bmn_statement_take_text (row);
  entry->purpose = bmn_statement_take_text (row);
  entry->account_id = bmn_statement_take_int (row);
  entry->at = bmn_statement_take_int (row);
  entry->bytes_sent = bmn_statement_take_int (row);
  entry->bytes_received = bmn_statement_take_int (row);
  entry->status = bmn_statement_take_int (row);
  return entry;
}

GPtrArray *
bmn_ledger_list (BmnTransaction *tx, gint64 since, guint limit, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT host, purpose, account_id, at, bytes_sent, bytes_received, status FROM ledger "
          "WHERE at >= ? ORDER BY at DESC, id DESC LIMIT ?");
  bmn_statement_put_int (query, since);
  bmn_statement_put_int (query, bmn_statement_limit (limit));
  return bmn_statement_list (query, take_entry, (GDestroyNotify)bmn_ledger_entry_free, error);
}
