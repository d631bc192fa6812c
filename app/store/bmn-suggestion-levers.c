#include "bmn-suggestion-levers.h"
#include "bmn-error.h"
#include "bmn-statement-private.h"

#include <glib/gi18n-lib.h>

static const char *
stance (gboolean muted)
{
  return muted ? "muted" : "pinned";
}

static gboolean
read_settings (BmnTransaction *tx, gint64 account_id, BmnAccountLevers *levers, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT half_life, diversity, never_hours FROM lever WHERE account_id = ?");
  bmn_statement_put_int (query, account_id);
  if (bmn_statement_next (query))
    {
      levers->half_life = bmn_statement_take_real (query);
      levers->diversity = bmn_statement_take_real (query);
      levers->never_hours = (guint32)bmn_statement_take_int (query);
    }
  return bmn_statement_finish (query, error);
}

static GStrv
read_tags (BmnTransaction *tx, gint64 account_id, gboolean muted, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT tag FROM tag_lever WHERE account_id = ? AND stance = ? ORDER BY tag");
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_text (query, stance (muted));
  return bmn_statement_take_texts (query, error);
}

static gboolean
read_excluded (BmnTransaction *tx, gint64 account_id, GArray *excluded, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT history_post_id FROM excluded_post "
          "JOIN history_post ON history_post.id = history_post_id WHERE account_id = ? "
          "ORDER BY history_post_id");
  bmn_statement_put_int (query, account_id);
  while (bmn_statement_next (query))
    {
      gint64 id = bmn_statement_take_int (query);
      g_array_append_val (excluded, id);
    }
  return bmn_statement_finish (query, error);
}

BmnAccountLevers *
bmn_suggestion_levers_get (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (BmnAccountLevers) levers = bmn_account_levers_new ();
  g_clear_pointer (&levers->pinned, g_strfreev);
  g_clear_pointer (&levers->muted, g_strfreev);
  if (!read_settings (tx, account_id, levers, error)
      || !(levers->pinned = read_tags (tx, account_id, FALSE, error))
      || !(levers->muted = read_tags (tx, account_id, TRUE, error))
      || !read_excluded (tx, account_id, levers->excluded, error))
    return NULL;
  return g_steal_pointer (&levers);
}

gboolean
bmn_suggestion_levers_put_settings (BmnTransaction *tx,
                                    gint64 account_id,
                                    const BmnAccountLevers *levers,
                                    GError **error)
{
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, "INSERT INTO lever (account_id, half_life, diversity, never_hours) VALUES (?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET half_life = excluded.half_life, "
          "diversity = excluded.diversity, never_hours = excluded.never_hours");
  bmn_statement_put_int (put, account_id);
  bmn_statement_put_real (put, levers->half_life);
  bmn_statement_put_real (put, levers->diversity);
  bmn_statement_put_int (put, levers->never_hours);
  return bmn_statement_run (put, error);
}

gboolean
bmn_suggestion_levers_set_tag (BmnTransaction *tx,
                               gint64 account_id,
                               const char *tag,
                               gboolean muted,
                               gboolean present,
                               GError **error)
{
  g_autoptr (BmnStatement) set = bmn_statement_new (
      tx, present ? "INSERT INTO tag_lever (account_id, tag, stance) VALUES (?, ?, ?) "
                    "ON CONFLICT DO UPDATE SET stance = excluded.stance"
                  : "DELETE FROM tag_lever WHERE account_id = ? AND tag = ? AND stance = ?");
  bmn_statement_put_int (set, account_id);
  bmn_statement_put_text (set, tag);
  bmn_statement_put_text (set, stance (muted));
  return bmn_statement_run (set, error);
}

gboolean
bmn_suggestion_levers_exclude (BmnTransaction *tx,
                               gint64 history_id,
                               gboolean exclude,
                               GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT 1 FROM history_post WHERE id = ?");
  bmn_statement_put_int (query, history_id);
  gboolean is_there = bmn_statement_next (query);
  if (!bmn_statement_finish (query, error))
    return FALSE;
  if (!is_there)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                           _ ("There is no such post in the history."));
      return FALSE;
    }
  g_autoptr (BmnStatement) set = bmn_statement_new (
      tx, exclude ? "INSERT INTO excluded_post (history_post_id) VALUES (?) ON CONFLICT DO NOTHING"
                  : "DELETE FROM excluded_post WHERE history_post_id = ?");
  bmn_statement_put_int (set, history_id);
  return bmn_statement_run (set, error);
}
