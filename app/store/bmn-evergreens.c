#include "bmn-evergreens.h"
#include "bmn-statement-private.h"

#include <glib/gi18n-lib.h>

#define SELECT                                                                                     \
  "SELECT evergreen.id, evergreen.account_id, history_post_id, history_post.text, "                \
  "history_post.published_at, cooldown, cap, ends_at, count (target.id), "                         \
  "coalesce (max (max (target.due_at, target.published_at)), 0) "                                  \
  "FROM evergreen JOIN history_post ON history_post.id = history_post_id "                         \
  "LEFT JOIN evergreen_use ON evergreen_use.evergreen_id = evergreen.id "                          \
  "LEFT JOIN target ON target.post_id = evergreen_use.post_id "                                    \
  "AND target.account_id = evergreen.account_id AND target.state NOT IN ('draft', 'cancelled') "

#define GROUP                                                                                      \
  "GROUP BY evergreen.id ORDER BY max (history_post.published_at, "                                \
  "coalesce (max (max (target.due_at, target.published_at)), 0)) + cooldown, evergreen.id"

static gpointer
take_evergreen (BmnStatement *row)
{
  BmnEvergreen *evergreen = bmn_evergreen_new (0, 0);
  evergreen->id = bmn_statement_take_int (row);
  evergreen->account_id = bmn_statement_take_int (row);
  evergreen->history_post_id = bmn_statement_take_int (row);
  evergreen->text = bmn_statement_take_text (row);
  evergreen->published_at = bmn_statement_take_int (row);
  evergreen->cooldown = bmn_statement_take_int (row);
  evergreen->cap = bmn_statement_take_int (row);
  evergreen->ends_at = bmn_statement_take_int (row);
  evergreen->n_uses = bmn_statement_take_int (row);
  evergreen->last_used_at = bmn_statement_take_int (row);
  return evergreen;
}

static const char *
missing (void)
{
  return _ ("This post is not in the evergreen library any more.");
}

gboolean
bmn_evergreens_put (BmnTransaction *tx, BmnEvergreen *evergreen, GError **error)
{
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, "INSERT INTO evergreen (account_id, history_post_id, cooldown, cap, ends_at) "
          "VALUES (?, ?, ?, ?, ?) ON CONFLICT (account_id, history_post_id) DO UPDATE SET "
          "cooldown = excluded.cooldown, cap = excluded.cap, ends_at = excluded.ends_at "
          "RETURNING id");
  bmn_statement_put_int (put, evergreen->account_id);
  bmn_statement_put_int (put, evergreen->history_post_id);
  bmn_statement_put_int (put, evergreen->cooldown);
  bmn_statement_put_int (put, evergreen->cap);
  bmn_statement_put_int (put, evergreen->ends_at);
  if (bmn_statement_next (put))
    evergreen->id = bmn_statement_take_int (put);
  return bmn_statement_finish (put, error);
}

gboolean
bmn_evergreens_delete (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) delete = bmn_statement_new (tx, "DELETE FROM evergreen WHERE id = ?");
  bmn_statement_put_int (delete, id);
  return bmn_statement_change (delete, missing (), error);
}

BmnEvergreen *
bmn_evergreens_get (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, SELECT "WHERE evergreen.id = ? " GROUP);
  bmn_statement_put_int (query, id);
  return bmn_statement_get (query, take_evergreen, (GDestroyNotify)bmn_evergreen_free, missing (),
                            error);
}

GPtrArray *
bmn_evergreens_list (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, SELECT "WHERE ?1 = 0 OR evergreen.account_id = ?1 " GROUP);
  bmn_statement_put_int (query, account_id);
  return bmn_statement_list (query, take_evergreen, (GDestroyNotify)bmn_evergreen_free, error);
}

gboolean
bmn_evergreens_add_use (BmnTransaction *tx, gint64 id, gint64 post_id, GError **error)
{
  g_autoptr (BmnStatement) insert
      = bmn_statement_new (tx, "INSERT INTO evergreen_use (post_id, evergreen_id) VALUES (?, ?)");
  bmn_statement_put_int (insert, post_id);
  bmn_statement_put_int (insert, id);
  return bmn_statement_run (insert, error);
}
