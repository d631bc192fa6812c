#include "bmn-settled-history.h"
#include "bmn-statement-private.h"

/* A post beside the first reading of its counts after it settled, with ?2 as settling time. */
#define SETTLED                                                                                    \
  "SELECT p.id, p.account_id, p.remote_id, p.url, p.text, p.language, p.published_at, "            \
  "p.is_reply, p.n_media, p.target_id, "                                                           \
  "iif (p.counted_at = 0, p.likes, s.likes), iif (p.counted_at = 0, p.reposts, s.reposts), "       \
  "iif (p.counted_at = 0, p.replies, s.replies), coalesce (s.counted_at, 0) "                      \
  "FROM history_post p LEFT JOIN metric_snapshot s ON s.history_post_id = p.id "                   \
  "AND s.counted_at = (SELECT min (counted_at) FROM metric_snapshot "                              \
  "WHERE history_post_id = p.id AND counted_at >= p.published_at + ?2) "

/* A post with its latest counts. */
#define PLAIN                                                                                      \
  "SELECT id, account_id, remote_id, url, text, language, published_at, is_reply, n_media, "       \
  "target_id, likes, reposts, replies, counted_at FROM history_post "

#define BY_TIME "ORDER BY p.published_at, p.id"

static gpointer
take_post (BmnStatement *row)
{
  gint64 id = bmn_statement_take_int (row);
  BmnHistoryPost *post = bmn_history_post_new (bmn_statement_take_int (row), NULL, NULL, 0);
  post->id = id;
  post->remote_id = bmn_statement_take_text (row);
  post->url = bmn_statement_take_text (row);
  post->text = bmn_statement_take_text (row);
  post->language = bmn_statement_take_text (row);
  post->published_at = bmn_statement_take_int (row);
  post->is_reply = bmn_statement_take_int (row);
  post->n_media = bmn_statement_take_int (row);
  post->target_id = bmn_statement_take_int (row);
  post->likes = bmn_statement_take_count (row);
  post->reposts = bmn_statement_take_count (row);
  post->replies = bmn_statement_take_count (row);
  post->counted_at = bmn_statement_take_int (row);
  return post;
}

static GPtrArray *
list_posts (BmnStatement *query, GError **error)
{
  return bmn_statement_list (query, take_post, (GDestroyNotify)bmn_history_post_free, error);
}

GPtrArray *
bmn_settled_history_list (
    BmnTransaction *tx, gint64 account_id, gint64 settling, gint64 from, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, SETTLED "WHERE p.account_id = ?1 AND p.published_at >= ?3 " BY_TIME);
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_int (query, settling);
  bmn_statement_put_int (query, from);
  return list_posts (query, error);
}

GPtrArray *
bmn_settled_history_list_news (BmnTransaction *tx,
                               gint64 account_id,
                               gint64 settling,
                               gint64 last_post,
                               gint64 counted_until,
                               gint64 asked_at,
                               GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, SETTLED
      "WHERE p.id IN ("
      "SELECT id FROM history_post WHERE id > ?3 AND account_id = ?1 UNION "
      "SELECT id FROM history_post WHERE account_id = ?1 AND counted_at > ?4 UNION "
      "SELECT id FROM history_post WHERE account_id = ?1 AND published_at > ?5 - ?2) " BY_TIME);
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_int (query, settling);
  bmn_statement_put_int (query, last_post);
  bmn_statement_put_int (query, counted_until);
  bmn_statement_put_int (query, asked_at);
  return list_posts (query, error);
}

GPtrArray *
bmn_settled_history_list_newest (BmnTransaction *tx, gint64 account_id, guint limit, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, PLAIN "WHERE account_id = ? ORDER BY published_at DESC, id DESC LIMIT ?");
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_int (query, bmn_statement_limit (limit));
  return list_posts (query, error);
}

gboolean
bmn_settled_history_get_end (
    BmnTransaction *tx, gint64 account_id, gint64 *last_post, gint64 *counted_until, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT (SELECT max (id) FROM history_post WHERE account_id = ?1), "
                               "(SELECT max (counted_at) FROM history_post WHERE account_id = ?1)");
  bmn_statement_put_int (query, account_id);
  if (bmn_statement_next (query))
    {
      *last_post = bmn_statement_take_int (query);
      *counted_until = bmn_statement_take_int (query);
    }
  return bmn_statement_finish (query, error);
}

BmnHistoryPost *
bmn_settled_history_find (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, PLAIN "WHERE id = ?");
  bmn_statement_put_int (query, id);
  g_autoptr (GPtrArray) found = list_posts (query, error);
  return found && found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
}
