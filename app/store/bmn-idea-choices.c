#include "bmn-idea-choices.h"
#include "bmn-statement-private.h"

gboolean
bmn_idea_choices_put (
    BmnTransaction *tx, gint64 account_id, const char *topic, gint64 until, GError **error)
{
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, "INSERT INTO idea_choice (account_id, topic, hidden_until) VALUES (?, ?, ?) "
          "ON CONFLICT DO UPDATE SET hidden_until = excluded.hidden_until");
  bmn_statement_put_int (put, account_id);
  bmn_statement_put_text (put, topic);
  bmn_statement_put_int (put, until);
  return bmn_statement_run (put, error);
}

GHashTable *
bmn_idea_choices_list_hidden (BmnTransaction *tx, gint64 account_id, gint64 now, GError **error)
{
  g_autoptr (GHashTable) topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT topic FROM idea_choice WHERE account_id = ? AND hidden_until > ?");
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_int (query, now);
  while (bmn_statement_next (query))
    g_hash_table_add (topics, bmn_statement_take_text (query));
  return bmn_statement_finish (query, error) ? g_steal_pointer (&topics) : NULL;
}
