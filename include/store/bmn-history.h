#pragma once

#include "bmn-history-post.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* All of these run inside a transaction. */

/**
 * bmn_history_put:
 * @added: (out) (optional): whether it was new
 *
 * Stores a post of the account's history. The same remote id twice is one row; a post that
 * Bellman published keeps its target. Counts in @post that are known become a snapshot at its
 * counted_at. Sets the id.
 */
gboolean
bmn_history_put (BmnTransaction *tx, BmnHistoryPost *post, gboolean *added, GError **error);

/* Returns: (transfer full) (element-type BmnHistoryPost): oldest first */
GPtrArray *bmn_history_list (BmnTransaction *tx,
                             gint64 account_id,
                             gint64 after_id,
                             guint limit,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean bmn_history_count (BmnTransaction *tx, gint64 account_id, gint64 *count, GError **error);

G_END_DECLS
