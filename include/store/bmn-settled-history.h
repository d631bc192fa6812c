#pragma once

#include "bmn-history-post.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/*
 * The history as one can learn from it: each post with the first counts that were read once it
 * had settled, and the time of that reading, 0 where they come from an archive and nobody
 * knows. A post that has not settled, or of which nobody read counts, has unknown ones. All of
 * these run inside a transaction.
 */

/**
 * bmn_settled_history_list:
 * @settling: µs after publishing from which on counts are settled
 * @from: µs: posts that were published before are left out
 *
 * Returns: (transfer full) (element-type BmnHistoryPost): oldest first
 */
GPtrArray *bmn_settled_history_list (BmnTransaction *tx,
                                     gint64 account_id,
                                     gint64 settling,
                                     gint64 from,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_settled_history_list_news:
 * @last_post: the highest id known already
 * @counted_until: µs: the latest reading known already
 * @asked_at: µs: when that was asked
 *
 * Returns: (transfer full) (element-type BmnHistoryPost): posts that came since, or whose
 *   counts may have been read or have settled since; oldest first
 */
GPtrArray *bmn_settled_history_list_news (BmnTransaction *tx,
                                          gint64 account_id,
                                          gint64 settling,
                                          gint64 last_post,
                                          gint64 counted_until,
                                          gint64 asked_at,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type BmnHistoryPost): the @limit newest posts with their
 * latest counts, newest first */
GPtrArray *bmn_settled_history_list_newest (BmnTransaction *tx,
                                            gint64 account_id,
                                            guint limit,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_settled_history_get_end:
 * @last_post: (out): the highest id in the account's history; 0 for none
 * @counted_until: (out): µs: the latest reading of counts; 0 for none
 */
gboolean bmn_settled_history_get_end (BmnTransaction *tx,
                                      gint64 account_id,
                                      gint64 *last_post,
                                      gint64 *counted_until,
                                      GError **error);

/* Returns: (transfer full) (nullable): the post with its latest counts; %NULL without @error
 * where it is not there */
BmnHistoryPost *
bmn_settled_history_find (BmnTransaction *tx, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
