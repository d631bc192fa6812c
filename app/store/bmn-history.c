#include "bmn-history.h"
#include "bmn-error.h"
#include "bmn-statement-private.h"

#include <glib/gi18n-lib.h>

/* Finds the row of the post by its remote id; @id is 0 where there is none. */
static gboolean
find (BmnTransaction *tx, const BmnHistoryPost *post, gint64 *id, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT id FROM history_post WHERE account_id = ? AND remote_id = ?");
  bmn_statement_put_int (query, post->account_id);
  bmn_statement_put_text (query, post->remote_id);
  *id = bmn_statement_next (query) ? bmn_statement_take_int (query) : 0;
  return bmn_statement_finish (query, error);
}

static gboolean
insert (BmnTransaction *tx, BmnHistoryPost *post, GError **error)
{
  g_autoptr (BmnStatement) insert = bmn_statement_new (
      tx, "INSERT INTO history_post (account_id, remote_id, url, text, language, published_at, "
          "is_reply, n_media, target_id, likes, reposts, replies, counted_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  bmn_statement_put_int (insert, post->account_id);
  bmn_statement_put_text (insert, post->remote_id);
  bmn_statement_put_text (insert, post->url);
  bmn_statement_put_text (insert, post->text);
  bmn_statement_put_text (insert, post->language);
  bmn_statement_put_int (insert, post->published_at);
  bmn_statement_put_int (insert, post->is_reply != FALSE);
  bmn_statement_put_int (insert, post->n_media);
  bmn_statement_put_id (insert, post->target_id);
  bmn_statement_put_count (insert, post->likes);
  bmn_statement_put_count (insert, post->reposts);
  bmn_statement_put_count (insert, post->replies);
  bmn_statement_put_int (insert, post->counted_at);
  return bmn_statement_insert (insert, &post->id, error);
}

/* A sync reads the same posts again and again: what is the same is not written. */
static gboolean
update_content (BmnTransaction *tx, const BmnHistoryPost *post, GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE history_post SET url = ?2, text = ?3, language = ?4, published_at = ?5, "
          "is_reply = ?6, n_media = ?7, target_id = coalesce (?8, target_id) WHERE id = ?1 AND "
          "(url, text, language, published_at, is_reply, n_media, target_id) IS NOT "
          "(?2, ?3, ?4, ?5, ?6, ?7, coalesce (?8, target_id))");
  bmn_statement_put_int (update, post->id);
  bmn_statement_put_text (update, post->url);
  bmn_statement_put_text (update, post->text);
  bmn_statement_put_text (update, post->language);
  bmn_statement_put_int (update, post->published_at);
  bmn_statement_put_int (update, post->is_reply != FALSE);
  bmn_statement_put_int (update, post->n_media);
  bmn_statement_put_id (update, post->target_id);
  return bmn_statement_run (update, error);
}

/* Counts read later win; a count that is not told leaves the one that is known; and counts of
 * an older reading, as from an archive, only fill what is not known. */
static gboolean
update_counts (BmnTransaction *tx, const BmnHistoryPost *post, GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, post->counted_at > 0
              ? "UPDATE history_post SET "
                "likes = iif (?2 >= counted_at, coalesce (?3, likes), coalesce (likes, ?3)), "
                "reposts = iif (?2 >= counted_at, coalesce (?4, reposts), coalesce (reposts, ?4)), "
                "replies = iif (?2 >= counted_at, coalesce (?5, replies), coalesce (replies, ?5)), "
                "counted_at = max (?2, counted_at) WHERE id = ?1 "
                "AND (counted_at <> ?2 OR (?3, ?4, ?5) IS NOT (likes, reposts, replies))"
              : "UPDATE history_post SET likes = coalesce (likes, ?3), "
                "reposts = coalesce (reposts, ?4), replies = coalesce (replies, ?5) "
                "WHERE id = ?1 AND ?2 = 0 AND (likes, reposts, replies) IS NOT "
                "(coalesce (likes, ?3), coalesce (reposts, ?4), coalesce (replies, ?5))");
  bmn_statement_put_int (update, post->id);
  bmn_statement_put_int (update, post->counted_at);
  bmn_statement_put_count (update, post->likes);
  bmn_statement_put_count (update, post->reposts);
  bmn_statement_put_count (update, post->replies);
  return bmn_statement_run (update, error);
}

static gboolean
has_counts (const BmnHistoryPost *post)
{
  return post->likes != BMN_COUNT_UNKNOWN || post->reposts != BMN_COUNT_UNKNOWN
         || post->replies != BMN_COUNT_UNKNOWN;
}

static gboolean
put_snapshot (BmnTransaction *tx, const BmnHistoryPost *post, GError **error)
{
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, "INSERT INTO metric_snapshot (history_post_id, counted_at, likes, reposts, replies) "
          "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
          "likes = coalesce (excluded.likes, likes), "
          "reposts = coalesce (excluded.reposts, reposts), "
          "replies = coalesce (excluded.replies, replies) "
          "WHERE (likes, reposts, replies) IS NOT (coalesce (excluded.likes, likes), "
          "coalesce (excluded.reposts, reposts), coalesce (excluded.replies, replies))");
  bmn_statement_put_int (put, post->id);
  bmn_statement_put_int (put, post->counted_at);
  bmn_statement_put_count (put, post->likes);
  bmn_statement_put_count (put, post->reposts);
  bmn_statement_put_count (put, post->replies);
  return bmn_statement_run (put, error);
}

gboolean
bmn_history_put (BmnTransaction *tx, BmnHistoryPost *post, gboolean *added, GError **error)
{
  gint64 id;
  if (!find (tx, post, &id, error))
    return FALSE;
  if (id == 0)
    {
      if (!insert (tx, post, error))
        return FALSE;
    }
  else
    {
      post->id = id;
      if (!update_content (tx, post, error)
          || (has_counts (post) && !update_counts (tx, post, error)))
        return FALSE;
    }
  if (added)
    *added = id == 0;
  return !has_counts (post) || post->counted_at == 0 || put_snapshot (tx, post, error);
}

static gpointer
take_post (BmnStatement *row)
{
  BmnHistoryPost *post = bmn_history_post_new (0, NULL, NULL, 0);
  post->id = bmn_statement_take_int (row);
  post->account_id = bmn_statement_take_int (row);
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

/* Pages by when posts were published, from the place of one post on, not by a count of rows:
 * an import that goes on meanwhile makes nothing appear twice. */
GPtrArray *
bmn_history_list (
    BmnTransaction *tx, gint64 account_id, gint64 after_id, guint limit, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, after_id == 0
              ? "SELECT id, account_id, remote_id, url, text, language, published_at, is_reply, "
                "n_media, target_id, likes, reposts, replies, counted_at FROM history_post "
                "WHERE account_id = ? ORDER BY published_at, id LIMIT ?"
              : "SELECT id, account_id, remote_id, url, text, language, published_at, is_reply, "
                "n_media, target_id, likes, reposts, replies, counted_at FROM history_post "
                "WHERE account_id = ? AND (published_at, id) > "
                "(SELECT published_at, id FROM history_post WHERE id = ?) "
                "ORDER BY published_at, id LIMIT ?");
  bmn_statement_put_int (query, account_id);
  if (after_id != 0)
    bmn_statement_put_int (query, after_id);
  bmn_statement_put_int (query, bmn_statement_limit (limit));
  return bmn_statement_list (query, take_post, (GDestroyNotify)bmn_history_post_free, error);
}

gboolean
bmn_history_count (BmnTransaction *tx, gint64 account_id, gint64 *count, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT count(*) FROM history_post WHERE account_id = ?");
  bmn_statement_put_int (query, account_id);
  *count = bmn_statement_next (query) ? bmn_statement_take_int (query) : 0;
  return bmn_statement_finish (query, error);
}
