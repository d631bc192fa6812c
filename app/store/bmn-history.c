#include "bmn-history.h"
#include "bmn-count-schedule.h"
#include "bmn-history-match-private.h"
#include "bmn-statement-private.h"

#include <glib/gi18n-lib.h>

/* The target whose receipt names the post; a row keeps its target when the receipt is cleared. */
#define TARGET_OF_RECEIPT                                                                          \
  "(SELECT target.id FROM target JOIN receipt ON receipt.target_id = target.id "                   \
  "WHERE target.account_id = ?2 AND receipt.remote_id = ?3)"

static gboolean
has_counts (const BmnHistoryPost *post)
{
  return post->likes != BMN_COUNT_UNKNOWN || post->reposts != BMN_COUNT_UNKNOWN
         || post->replies != BMN_COUNT_UNKNOWN;
}

static gint64
first_count_at (const BmnHistoryPost *post)
{
  return bmn_count_schedule_next (post->published_at, has_counts (post) ? post->counted_at : 0);
}

static gboolean
insert (BmnTransaction *tx, BmnHistoryPost *post, GError **error)
{
  g_autoptr (BmnStatement) insert = bmn_statement_new (
      tx, "INSERT INTO history_post (target_id, account_id, remote_id, url, text, language, "
          "published_at, is_reply, n_media, likes, reposts, replies, counted_at, seen_at, "
          "next_count_at) VALUES (coalesce (?1, " TARGET_OF_RECEIPT "), "
          "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");
  bmn_statement_put_id (insert, post->target_id);
  bmn_statement_put_int (insert, post->account_id);
  bmn_statement_put_text (insert, post->remote_id);
  bmn_statement_put_text (insert, post->url);
  bmn_statement_put_text (insert, post->text);
  bmn_statement_put_text (insert, post->language);
  bmn_statement_put_int (insert, post->published_at);
  bmn_statement_put_int (insert, post->is_reply != FALSE);
  bmn_statement_put_int (insert, post->n_media);
  bmn_statement_put_count (insert, post->likes);
  bmn_statement_put_count (insert, post->reposts);
  bmn_statement_put_count (insert, post->replies);
  bmn_statement_put_int (insert, post->counted_at);
  bmn_statement_put_int (insert, post->seen_at);
  bmn_statement_put_int (insert, first_count_at (post));
  return bmn_statement_insert (insert, &post->id, error);
}

/* A platform's own id takes the place of one that was made up. */
static gboolean
update_identity (BmnTransaction *tx,
                 const BmnHistoryPost *post,
                 const BmnHistoryRow *row,
                 GError **error)
{
  gboolean better = row->provisional && !bmn_history_is_provisional (post->remote_id);
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE history_post SET remote_id = iif (?5, ?3, remote_id), "
          "target_id = coalesce (?4, " TARGET_OF_RECEIPT ", target_id) WHERE id = ?1 AND "
          "(remote_id, target_id) IS NOT (iif (?5, ?3, remote_id), "
          "coalesce (?4, " TARGET_OF_RECEIPT ", target_id))");
  bmn_statement_put_int (update, row->id);
  bmn_statement_put_int (update, post->account_id);
  bmn_statement_put_text (update, post->remote_id);
  bmn_statement_put_id (update, post->target_id);
  bmn_statement_put_int (update, better);
  return bmn_statement_run (update, error);
}

/* A sync reads the same posts again and again: what is the same is not written. */
static gboolean
update_content (BmnTransaction *tx, const BmnHistoryPost *post, GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE history_post SET url = coalesce (?2, url), text = ?3, "
          "language = coalesce (?4, language), published_at = ?5, is_reply = ?6, n_media = ?7, "
          "seen_at = max (seen_at, ?8), gone_at = iif (?8 > gone_at, 0, gone_at) "
          "WHERE id = ?1 AND "
          "(url, text, language, published_at, is_reply, n_media, seen_at) IS NOT "
          "(coalesce (?2, url), ?3, coalesce (?4, language), ?5, ?6, ?7, max (seen_at, ?8))");
  bmn_statement_put_int (update, post->id);
  bmn_statement_put_text (update, post->url);
  bmn_statement_put_text (update, post->text);
  bmn_statement_put_text (update, post->language);
  bmn_statement_put_int (update, post->published_at);
  bmn_statement_put_int (update, post->is_reply != FALSE);
  bmn_statement_put_int (update, post->n_media);
  bmn_statement_put_int (update, post->seen_at);
  return bmn_statement_run (update, error);
}

static gboolean
fill_content (BmnTransaction *tx, const BmnHistoryPost *post, GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE history_post SET url = coalesce (url, ?2), language = coalesce (language, ?3) "
          "WHERE id = ?1 AND (url, language) IS NOT (coalesce (url, ?2), coalesce (language, ?3))");
  bmn_statement_put_int (update, post->id);
  bmn_statement_put_text (update, post->url);
  bmn_statement_put_text (update, post->language);
  return bmn_statement_run (update, error);
}

/* Counts read later win; a count that is not told leaves the one that is known; and counts of
 * an older reading, as from an archive, only fill what is not known. */
static gboolean
update_counts (BmnTransaction *tx, gint64 id, const BmnMetricSnapshot *counts, GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, counts->counted_at > 0
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
  bmn_statement_put_int (update, id);
  bmn_statement_put_int (update, counts->counted_at);
  bmn_statement_put_count (update, counts->likes);
  bmn_statement_put_count (update, counts->reposts);
  bmn_statement_put_count (update, counts->replies);
  return bmn_statement_run (update, error);
}

static gboolean
insert_snapshot (BmnTransaction *tx, gint64 id, const BmnMetricSnapshot *counts, GError **error)
{
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, "INSERT INTO metric_snapshot (history_post_id, counted_at, likes, reposts, replies) "
          "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
          "likes = coalesce (excluded.likes, likes), "
          "reposts = coalesce (excluded.reposts, reposts), "
          "replies = coalesce (excluded.replies, replies) "
          "WHERE (likes, reposts, replies) IS NOT (coalesce (excluded.likes, likes), "
          "coalesce (excluded.reposts, reposts), coalesce (excluded.replies, replies))");
  bmn_statement_put_int (put, id);
  bmn_statement_put_int (put, counts->counted_at);
  bmn_statement_put_count (put, counts->likes);
  bmn_statement_put_count (put, counts->reposts);
  bmn_statement_put_count (put, counts->replies);
  return bmn_statement_run (put, error);
}

static gboolean
set_next_count_at (BmnTransaction *tx, gint64 id, gint64 at, GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE history_post SET next_count_at = ?2 WHERE id = ?1 AND next_count_at <> ?2");
  bmn_statement_put_int (update, id);
  bmn_statement_put_int (update, at);
  return bmn_statement_run (update, error);
}

static gboolean
update (BmnTransaction *tx, const BmnHistoryPost *post, const BmnHistoryRow *row, GError **error)
{
  const BmnMetricSnapshot counts = { post->counted_at, post->likes, post->reposts, post->replies };
  gboolean platform_knows_better = row->seen_at > 0 && post->seen_at == 0;
  if (!update_identity (tx, post, row, error)
      || !(platform_knows_better ? fill_content : update_content) (tx, post, error))
    return FALSE;
  if (!has_counts (post))
    return TRUE;
  return update_counts (tx, post->id, &counts, error)
         && (post->counted_at <= row->counted_at
             || set_next_count_at (tx, post->id, first_count_at (post), error));
}

gboolean
bmn_history_put (BmnTransaction *tx, BmnHistoryPost *post, gboolean *added, GError **error)
{
  const BmnMetricSnapshot counts = { post->counted_at, post->likes, post->reposts, post->replies };
  BmnHistoryRow row;
  if (!bmn_history_match (tx, post, &row, error))
    return FALSE;
  if (row.id != 0)
    post->id = row.id;
  if (row.id == 0 ? !insert (tx, post, error) : !update (tx, post, &row, error))
    return FALSE;
  if (added)
    *added = row.id == 0;
  return !has_counts (post) || post->counted_at == 0
         || insert_snapshot (tx, post->id, &counts, error);
}

gboolean
bmn_history_put_snapshot (BmnTransaction *tx,
                          gint64 history_post_id,
                          const BmnMetricSnapshot *snapshot,
                          GError **error)
{
  return insert_snapshot (tx, history_post_id, snapshot, error)
         && update_counts (tx, history_post_id, snapshot, error);
}

static gboolean
put_all_snapshots (BmnTransaction *tx,
                   gint64 id,
                   const BmnMetricSnapshot *readings,
                   guint n_readings,
                   GError **error)
{
  for (guint i = 0; i < n_readings; i++)
    if (!insert_snapshot (tx, id, &readings[i], error))
      return FALSE;
  return TRUE;
}

static void
strip_counts (BmnHistoryPost *post)
{
  post->likes = post->reposts = post->replies = BMN_COUNT_UNKNOWN;
  post->counted_at = 0;
}

static gint64
choose_count (gint64 known, gint64 told, gboolean told_wins)
{
  return told != BMN_COUNT_UNKNOWN && (told_wins || known == BMN_COUNT_UNKNOWN) ? told : known;
}

/* What update_counts() does to a row, done to a post that has none yet. */
static void
fold_counts (BmnHistoryPost *post, const BmnMetricSnapshot *counts)
{
  gboolean wins = counts->counted_at > 0 && counts->counted_at >= post->counted_at;
  post->likes = choose_count (post->likes, counts->likes, wins);
  post->reposts = choose_count (post->reposts, counts->reposts, wins);
  post->replies = choose_count (post->replies, counts->replies, wins);
  post->counted_at = MAX (post->counted_at, counts->counted_at);
}

/* A new post is written once, with the counts that all its readings come to. @own: (nullable) */
static gboolean
insert_with_readings (BmnTransaction *tx,
                      BmnHistoryPost *post,
                      const BmnMetricSnapshot *readings,
                      guint n_readings,
                      const BmnMetricSnapshot *own,
                      GError **error)
{
  for (guint i = 0; i < n_readings; i++)
    fold_counts (post, &readings[i]);
  if (own)
    fold_counts (post, own);
  return insert (tx, post, error) && put_all_snapshots (tx, post->id, readings, n_readings, error)
         && (!own || own->counted_at == 0 || insert_snapshot (tx, post->id, own, error));
}

static gboolean
update_with_readings (BmnTransaction *tx,
                      BmnHistoryPost *post,
                      const BmnHistoryRow *row,
                      const BmnMetricSnapshot *readings,
                      guint n_readings,
                      const BmnMetricSnapshot *own,
                      GError **error)
{
  if (!update (tx, post, row, error))
    return FALSE;
  for (guint i = 0; i < n_readings; i++)
    if (!bmn_history_put_snapshot (tx, post->id, &readings[i], error))
      return FALSE;
  return !own
         || (own->counted_at > 0 ? bmn_history_put_snapshot : update_counts) (tx, post->id, own,
                                                                              error);
}

gboolean
bmn_history_put_with_readings (BmnTransaction *tx,
                               BmnHistoryPost *post,
                               const BmnMetricSnapshot *readings,
                               guint n_readings,
                               gboolean *added,
                               GError **error)
{
  const BmnMetricSnapshot counts = { post->counted_at, post->likes, post->reposts, post->replies };
  gboolean told = !has_counts (post);
  BmnHistoryRow row;
  for (guint i = 0; i < n_readings; i++)
    told = told || readings[i].counted_at == counts.counted_at;
  if (!bmn_history_match (tx, post, &row, error))
    return FALSE;
  strip_counts (post);
  if (row.id != 0)
    post->id = row.id;
  *added = row.id == 0;
  const BmnMetricSnapshot *own = told ? NULL : &counts;
  return row.id == 0 ? insert_with_readings (tx, post, readings, n_readings, own, error)
                     : update_with_readings (tx, post, &row, readings, n_readings, own, error);
}

/*
 * Reading.
 */

#define IDENTITY                                                                                   \
  "h.id, h.account_id, h.remote_id, h.url, h.text, h.language, h.published_at, h.is_reply, "       \
  "h.n_media, h.target_id, h.seen_at, h.gone_at"
#define LATEST "h.likes, h.reposts, h.replies, h.counted_at"

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
  post->seen_at = bmn_statement_take_int (row);
  post->gone_at = bmn_statement_take_int (row);
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

/* Pages by when posts were published, from the place of one post on, not by a count of rows:
 * an import that goes on meanwhile makes nothing appear twice. */
#define AFTER                                                                                      \
  "(?2 = 0 OR (h.published_at, h.id) > "                                                           \
  "(SELECT published_at, id FROM history_post WHERE id = ?2)) "                                    \
  "ORDER BY h.published_at, h.id LIMIT ?3"

GPtrArray *
bmn_history_list (
    BmnTransaction *tx, gint64 account_id, gint64 after_id, guint limit, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, after_id == 0 ? "SELECT " IDENTITY ", " LATEST " FROM history_post AS h "
                          "WHERE h.account_id = ?1 AND ?2 = 0 "
                          "ORDER BY h.published_at, h.id LIMIT ?3"
                        : "SELECT " IDENTITY ", " LATEST " FROM history_post AS h "
                          "WHERE h.account_id = ?1 AND " AFTER);
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_int (query, after_id);
  bmn_statement_put_int (query, bmn_statement_limit (limit));
  return list_posts (query, error);
}

BmnHistoryPost *
bmn_history_get (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, "SELECT " IDENTITY ", " LATEST
                                                          " FROM history_post AS h WHERE id = ?");
  bmn_statement_put_int (query, id);
  return bmn_statement_get (query, take_post, (GDestroyNotify)bmn_history_post_free,
                            _ ("There is no such post in the history any more."), error);
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

GArray *
bmn_history_list_snapshots (BmnTransaction *tx, gint64 history_post_id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT counted_at, likes, reposts, replies FROM metric_snapshot "
                               "WHERE history_post_id = ? ORDER BY counted_at");
  g_autoptr (GArray) snapshots = g_array_new (FALSE, FALSE, sizeof (BmnMetricSnapshot));
  bmn_statement_put_int (query, history_post_id);
  while (bmn_statement_next (query))
    {
      BmnMetricSnapshot snapshot;
      snapshot.counted_at = bmn_statement_take_int (query);
      snapshot.likes = bmn_statement_take_count (query);
      snapshot.reposts = bmn_statement_take_count (query);
      snapshot.replies = bmn_statement_take_count (query);
      g_array_append_val (snapshots, snapshot);
    }
  if (!bmn_statement_finish (query, error))
    return NULL;
  return g_steal_pointer (&snapshots);
}

/*
 * What a sync asks.
 */

/* Word for word the condition of the index history_post_to_count. */
#define TO_COUNT "next_count_at > 0 AND gone_at = 0 AND (seen_at > 0 OR target_id IS NOT NULL)"

GPtrArray *
bmn_history_list_to_count (
    BmnTransaction *tx, gint64 account_id, gint64 now, guint limit, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT " IDENTITY ", " LATEST " FROM history_post AS h WHERE account_id = ? "
          "AND " TO_COUNT " AND next_count_at <= ? ORDER BY next_count_at, id LIMIT ?");
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_int (query, now);
  bmn_statement_put_int (query, bmn_statement_limit (limit));
  return list_posts (query, error);
}

gboolean
bmn_history_next_count_at (BmnTransaction *tx, gint64 account_id, gint64 *at, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT min (next_count_at) FROM history_post WHERE account_id = ? AND " TO_COUNT);
  bmn_statement_put_int (query, account_id);
  *at = bmn_statement_next (query) ? bmn_statement_take_int (query) : 0;
  return bmn_statement_finish (query, error);
}

gboolean
bmn_history_ask_to_count (
    BmnTransaction *tx, gint64 account_id, gint64 since, gint64 now, GError **error)
{
  g_autoptr (BmnStatement) update
      = bmn_statement_new (tx, "UPDATE history_post SET next_count_at = ?3 WHERE account_id = ?1 "
                               "AND published_at >= ?2 AND counted_at < ?3 AND gone_at = 0 "
                               "AND (next_count_at = 0 OR next_count_at > ?3)");
  bmn_statement_put_int (update, account_id);
  bmn_statement_put_int (update, since);
  bmn_statement_put_int (update, now);
  return bmn_statement_run (update, error);
}

gboolean
bmn_history_set_looked_at (BmnTransaction *tx, gint64 id, gint64 now, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT published_at FROM history_post WHERE id = ?");
  bmn_statement_put_int (query, id);
  gboolean found = bmn_statement_next (query);
  gint64 published_at = found ? bmn_statement_take_int (query) : 0;
  if (!bmn_statement_finish (query, error))
    return FALSE;
  return !found || set_next_count_at (tx, id, bmn_count_schedule_next (published_at, now), error);
}

gboolean
bmn_history_set_gone (BmnTransaction *tx, gint64 id, gint64 now, GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE history_post SET gone_at = ?2 WHERE id = ?1 AND gone_at = 0");
  bmn_statement_put_int (update, id);
  bmn_statement_put_int (update, now);
  return bmn_statement_run (update, error);
}

gboolean
bmn_history_take_unseen (BmnTransaction *tx,
                         gint64 account_id,
                         gint64 from,
                         gint64 until,
                         gint64 seen_since,
                         gboolean certain,
                         gint64 now,
                         GError **error)
{
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, certain ? "UPDATE history_post SET gone_at = ?5 WHERE account_id = ?1 "
                    "AND published_at >= ?2 AND published_at < ?3 AND seen_at > 0 "
                    "AND seen_at < ?4 AND gone_at = 0"
                  : "UPDATE history_post SET next_count_at = ?5 WHERE account_id = ?1 "
                    "AND published_at >= ?2 AND published_at < ?3 AND seen_at > 0 "
                    "AND seen_at < ?4 AND gone_at = 0");
  bmn_statement_put_int (update, account_id);
  bmn_statement_put_int (update, from);
  bmn_statement_put_int (update, until);
  bmn_statement_put_int (update, seen_since);
  bmn_statement_put_int (update, now);
  return bmn_statement_run (update, error);
}
