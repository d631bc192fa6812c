#include "bmn-slots.h"
#include "bmn-error.h"
#include "bmn-statement-private.h"

#include <glib/gi18n-lib.h>

static gpointer
take_slot (BmnStatement *row)
{
  gint64 id = bmn_statement_take_int (row);
  gint64 account_id = bmn_statement_take_int (row);
  int weekday = bmn_statement_take_int (row);
  BmnSlot *slot = bmn_slot_new (account_id, weekday, bmn_statement_take_int (row));
  slot->id = id;
  return slot;
}

gboolean
bmn_slots_insert (BmnTransaction *tx, BmnSlot *slot, GError **error)
{
  g_autoptr (BmnStatement) insert
      = bmn_statement_new (tx, "INSERT INTO slot (account_id, weekday, minute) VALUES (?, ?, ?)");
  bmn_statement_put_int (insert, slot->account_id);
  bmn_statement_put_int (insert, slot->weekday);
  bmn_statement_put_int (insert, slot->minute);
  g_autoptr (GError) local = NULL;
  if (bmn_statement_insert (insert, &slot->id, &local))
    return TRUE;
  if (g_error_matches (local, BMN_ERROR, BMN_ERROR_CONFLICT))
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                         _ ("The account has a slot at this time already. Choose another time."));
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
bmn_slots_delete (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) delete = bmn_statement_new (tx, "DELETE FROM slot WHERE id = ?");
  bmn_statement_put_int (delete, id);
  return bmn_statement_change (delete, _ ("There is no such slot any more."), error);
}

GPtrArray *
bmn_slots_list (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT id, account_id, weekday, minute FROM slot "
                               "WHERE account_id = ? ORDER BY weekday, minute");
  bmn_statement_put_int (query, account_id);
  return bmn_statement_list (query, take_slot, (GDestroyNotify)bmn_slot_free, error);
}
