#pragma once

#include "bmn-history-post.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * bmn_history_is_known:
 * @known: (out): whether bmn_history_put() would find a row for @post
 *
 * Runs inside a transaction, which need not be one that writes.
 */
gboolean bmn_history_is_known (BmnTransaction *tx,
                               const BmnHistoryPost *post,
                               gboolean *known,
                               GError **error);

G_END_DECLS
