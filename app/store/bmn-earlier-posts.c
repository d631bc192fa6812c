#include "bmn-earlier-posts.h"
#include "bmn-statement-private.h"

void
bmn_earlier_post_free (BmnEarlierPost *post)
{
  g_free (post->text);
  g_free (post);
}

static gpointer
take_post (BmnStatement *row)
{
  BmnEarlierPost *post = g_new0 (BmnEarlierPost, 1);
  post->history_id = bmn_statement_take_int (row);
  post->post_id = bmn_statement_take_int (row);
  post->series_id = bmn_statement_take_int (row);
  post->text = bmn_statement_take_text (row);
  return post;
}

GPtrArray *
bmn_earlier_posts_list_published (BmnTransaction *tx,
                                  gint64 account_id,
                                  gint64 after,
                                  GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT h.id, t.post_id, p.series_id, h.text FROM history_post h "
          "LEFT JOIN target t ON t.id = h.target_id LEFT JOIN post p ON p.id = t.post_id "
          "WHERE h.id > ?2 AND h.account_id = ?1 ORDER BY h.id");
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_int (query, after);
  return bmn_statement_list (query, take_post, (GDestroyNotify)bmn_earlier_post_free, error);
}

/* A target with parts of its own has nothing to do with those of its post. */
GPtrArray *
bmn_earlier_posts_list_queued (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT 0, t.post_id, p.series_id, part.text FROM target t "
          "JOIN post p ON p.id = t.post_id "
          "JOIN part ON part.target_id = t.id OR (part.post_id = t.post_id "
          "AND NOT EXISTS (SELECT 1 FROM part own WHERE own.target_id = t.id)) "
          "WHERE t.account_id = ? AND t.state IN ('scheduled', 'publishing', 'unknown', 'held') "
          "ORDER BY t.id, part.position");
  bmn_statement_put_int (query, account_id);
  return bmn_statement_list (query, take_post, (GDestroyNotify)bmn_earlier_post_free, error);
}
