#pragma once

#include "bmn-history-post.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* All of these run inside a transaction. */

/**
 * BmnMetricSnapshot:
 * @counted_at: µs
 * @likes: or %BMN_COUNT_UNKNOWN
 * @reposts: likewise
 * @replies: likewise
 *
 * What a post had at one time.
 */
typedef struct
{
  gint64 counted_at;
  gint64 likes;
  gint64 reposts;
  gint64 replies;
} BmnMetricSnapshot;

/**
 * bmn_history_put:
 * @added: (out) (optional): whether it was new
 *
 * Stores a post of the account's history. The same post is one row, whoever tells of it and in
 * whatever order:
 *
 * - the same remote id is the same post;
 * - an id that begins with %BMN_HISTORY_PROVISIONAL_ID says nothing of the platform: it is also
 *   the post that alone has its URL (`http` or `https`, with or without a slash at the end), or
 *   that has its text and came out in the same minute. The row keeps the platform's id.
 *
 * A post with a receipt belongs to that receipt's target. What the platform showed (@seen_at)
 * is not overwritten by an import, which then only fills in what is missing; showing it also
 * takes back that it was gone. Counts in @post that are known become a snapshot at its
 * counted_at; a count without that time never settles. Sets the id. Writes nothing where nothing
 * is new.
 */
gboolean
bmn_history_put (BmnTransaction *tx, BmnHistoryPost *post, gboolean *added, GError **error);

/**
 * bmn_history_put_with_readings:
 * @readings: what the post had at several times
 *
 * Stores a post as bmn_history_put() does, together with readings of its counts as
 * bmn_history_put_snapshot() does. The post's latest counts are put together from the readings;
 * only what none of them tells is taken from @post itself.
 */
gboolean bmn_history_put_with_readings (BmnTransaction *tx,
                                        BmnHistoryPost *post,
                                        const BmnMetricSnapshot *readings,
                                        guint n_readings,
                                        gboolean *added,
                                        GError **error);

/* Returns: (transfer full) (element-type BmnHistoryPost): oldest first, those that are gone
 * included; @after_id: 0 or the id of the last one had; @limit: 0 for all */
GPtrArray *bmn_history_list (BmnTransaction *tx,
                             gint64 account_id,
                             gint64 after_id,
                             guint limit,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND or the store's error */
BmnHistoryPost *
bmn_history_get (BmnTransaction *tx, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean bmn_history_count (BmnTransaction *tx, gint64 account_id, gint64 *count, GError **error);

/* Returns: (transfer full) (element-type BmnMetricSnapshot): of the post, oldest first */
GArray *bmn_history_list_snapshots (BmnTransaction *tx,
                                    gint64 history_post_id,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Stores a reading of a post that is known; one of the same time is completed, not doubled.
 * The latest one also becomes the post's counts. */
gboolean bmn_history_put_snapshot (BmnTransaction *tx,
                                   gint64 history_post_id,
                                   const BmnMetricSnapshot *snapshot,
                                   GError **error);

/*
 * What a sync asks. Only posts count that the platform showed or that Bellman published there:
 * what an import alone told of may never have been on this account's server.
 */

/**
 * bmn_history_list_to_count:
 * @now: µs
 *
 * Returns: (transfer full) (element-type BmnHistoryPost): whose counts are to be read by now,
 *   the longest overdue first
 */
GPtrArray *bmn_history_list_to_count (BmnTransaction *tx,
                                      gint64 account_id,
                                      gint64 now,
                                      guint limit,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets @at to when counts of the account are to be read next, µs, maybe past; 0 for never. */
gboolean
bmn_history_next_count_at (BmnTransaction *tx, gint64 account_id, gint64 *at, GError **error);

/**
 * bmn_history_ask_to_count:
 *
 * Lets the counts of all posts that came out since @since and were read before @now be read
 * now, as somebody asked for that.
 */
gboolean bmn_history_ask_to_count (
    BmnTransaction *tx, gint64 account_id, gint64 since, gint64 now, GError **error);

/* Puts on record that the counts of the post were looked for at @now, whether they were told
 * or not, so that they are due at their next time. */
gboolean bmn_history_set_looked_at (BmnTransaction *tx, gint64 id, gint64 now, GError **error);

/* Marks a post as gone since @now. */
gboolean bmn_history_set_gone (BmnTransaction *tx, gint64 id, gint64 now, GError **error);

/**
 * bmn_history_take_unseen:
 * @from: µs, inclusive
 * @until: µs, exclusive
 * @certain: %TRUE marks them as gone since @now; %FALSE has their counts read at @now, which
 *   then tells
 *
 * Takes the posts published within that time which the platform showed once, but not since
 * @seen_since, although it listed what it has of that time.
 */
gboolean bmn_history_take_unseen (BmnTransaction *tx,
                                  gint64 account_id,
                                  gint64 from,
                                  gint64 until,
                                  gint64 seen_since,
                                  gboolean certain,
                                  gint64 now,
                                  GError **error);

G_END_DECLS
