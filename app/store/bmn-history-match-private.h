#pragma once

#include "bmn-history-post.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* What a row of the history holds before a post is put into it; id 0: there is none. */
typedef struct
{
  gint64 id;
  gint64 counted_at;
  gint64 seen_at;
  gboolean provisional; /* its remote id was made up */
} BmnHistoryRow;

/* Finds the row that is about the same post: see bmn_history_put(). */
gboolean bmn_history_match (BmnTransaction *tx,
                            const BmnHistoryPost *post,
                            BmnHistoryRow *row,
                            GError **error);

/* Returns: whether an import made the id up */
gboolean bmn_history_is_provisional (const char *remote_id);

G_END_DECLS
