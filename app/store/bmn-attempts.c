#include "bmn-attempts.h"
#include "bmn-error.h"
#include "bmn-statement-private.h"

#include <glib/gi18n-lib.h>

#define COLUMNS                                                                                    \
  "id, target_id, part, kind, revision, key, started_at, finished_at, outcome, error_kind, "       \
  "message"

gboolean
bmn_attempts_begin (BmnTransaction *tx, BmnAttempt *attempt, GError **error)
{
  attempt->outcome = BMN_ATTEMPT_OPEN;
  attempt->finished_at = 0;
  g_autoptr (BmnStatement) insert
      = bmn_statement_new (tx, "INSERT INTO attempt (target_id, part, kind, revision, key, "
                               "started_at, finished_at, outcome, error_kind, message) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  bmn_statement_put_int (insert, attempt->target_id);
  bmn_statement_put_int (insert, attempt->part);
  bmn_statement_put_text (insert, bmn_attempt_kind_to_nick (attempt->kind));
  bmn_statement_put_int (insert, attempt->revision);
  bmn_statement_put_text (insert, attempt->key);
  bmn_statement_put_int (insert, attempt->started_at);
  bmn_statement_put_int (insert, attempt->finished_at);
  bmn_statement_put_text (insert, bmn_attempt_outcome_to_nick (attempt->outcome));
  bmn_statement_put_text (insert, attempt->error_kind);
  bmn_statement_put_text (insert, attempt->message);
  return bmn_statement_insert (insert, &attempt->id, error);
}

static gboolean
exists (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, "SELECT id FROM attempt WHERE id = ?");
  bmn_statement_put_int (query, id);
  gboolean found = bmn_statement_next (query);
  if (!bmn_statement_finish (query, error))
    return FALSE;
  if (!found)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                         _ ("There is no such attempt any more."));
  return found;
}

gboolean
bmn_attempts_finish (BmnTransaction *tx, const BmnAttempt *attempt, GError **error)
{
  g_return_val_if_fail (attempt->outcome != BMN_ATTEMPT_OPEN, FALSE);
  if (!exists (tx, attempt->id, error))
    return FALSE;
  g_autoptr (BmnStatement) update
      = bmn_statement_new (tx, "UPDATE attempt SET finished_at = ?, outcome = ?, error_kind = ?, "
                               "message = ? WHERE id = ? AND outcome = 'open'");
  bmn_statement_put_int (update, attempt->finished_at);
  bmn_statement_put_text (update, bmn_attempt_outcome_to_nick (attempt->outcome));
  bmn_statement_put_text (update, attempt->error_kind);
  bmn_statement_put_text (update, attempt->message);
  bmn_statement_put_int (update, attempt->id);
  if (!bmn_statement_run (update, error))
    return FALSE;
  if (sqlite3_changes (tx->db->handle) > 0)
    return TRUE;
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                       _ ("This attempt was finished already. Its record stays as it is."));
  return FALSE;
}

static gpointer
take_attempt (BmnStatement *row)
{
  BmnAttempt *attempt = bmn_attempt_new (0, 0, BMN_ATTEMPT_PUBLISH);
  attempt->id = bmn_statement_take_int (row);
  attempt->target_id = bmn_statement_take_int (row);
  attempt->part = bmn_statement_take_int (row);
  BMN_STATEMENT_TAKE_NICK (row, bmn_attempt_kind_from_nick, &attempt->kind);
  attempt->revision = bmn_statement_take_int (row);
  attempt->key = bmn_statement_take_text (row);
  attempt->started_at = bmn_statement_take_int (row);
  attempt->finished_at = bmn_statement_take_int (row);
  BMN_STATEMENT_TAKE_NICK (row, bmn_attempt_outcome_from_nick, &attempt->outcome);
  attempt->error_kind = bmn_statement_take_text (row);
  attempt->message = bmn_statement_take_text (row);
  return attempt;
}

GPtrArray *
bmn_attempts_list (BmnTransaction *tx, gint64 target_id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT " COLUMNS " FROM attempt WHERE target_id = ? ORDER BY id");
  bmn_statement_put_int (query, target_id);
  return bmn_statement_list (query, take_attempt, (GDestroyNotify)bmn_attempt_free, error);
}

gboolean
bmn_receipts_put (BmnTransaction *tx, gint64 target_id, const BmnReceipt *receipt, GError **error)
{
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, "INSERT INTO receipt (target_id, part, remote_id, remote_cid, url, published_at) "
          "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET remote_id = excluded.remote_id, "
          "remote_cid = excluded.remote_cid, url = excluded.url, "
          "published_at = excluded.published_at");
  bmn_statement_put_int (put, target_id);
  bmn_statement_put_int (put, receipt->part);
  bmn_statement_put_text (put, receipt->remote_id);
  bmn_statement_put_text (put, receipt->remote_cid);
  bmn_statement_put_text (put, receipt->url);
  bmn_statement_put_int (put, receipt->published_at);
  return bmn_statement_run (put, error);
}

static gpointer
take_receipt (BmnStatement *row)
{
  BmnReceipt *receipt = bmn_receipt_new (0, NULL, NULL, 0);
  receipt->part = bmn_statement_take_int (row);
  receipt->remote_id = bmn_statement_take_text (row);
  receipt->remote_cid = bmn_statement_take_text (row);
  receipt->url = bmn_statement_take_text (row);
  receipt->published_at = bmn_statement_take_int (row);
  return receipt;
}

GPtrArray *
bmn_receipts_list (BmnTransaction *tx, gint64 target_id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT part, remote_id, remote_cid, url, published_at "
                               "FROM receipt WHERE target_id = ? ORDER BY part");
  bmn_statement_put_int (query, target_id);
  return bmn_statement_list (query, take_receipt, (GDestroyNotify)bmn_receipt_free, error);
}

gboolean
bmn_receipts_clear (BmnTransaction *tx, gint64 target_id, GError **error)
{
  g_autoptr (BmnStatement) delete
      = bmn_statement_new (tx, "DELETE FROM receipt WHERE target_id = ?");
  bmn_statement_put_int (delete, target_id);
  return bmn_statement_run (delete, error);
}

GHashTable *
bmn_receipts_remote_ids (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT receipt.remote_id FROM target JOIN receipt ON receipt.target_id = target.id "
          "WHERE target.account_id = ?");
  bmn_statement_put_int (query, account_id);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (bmn_statement_next (query))
    g_hash_table_add (ids, bmn_statement_take_text (query));
  if (!bmn_statement_finish (query, error))
    return NULL;
  return g_steal_pointer (&ids);
}
