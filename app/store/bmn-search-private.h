#pragma once

#include "bmn-statement-private.h"

G_BEGIN_DECLS

/* The words by which posts are found. Whoever changes a text of a post updates them. */

gboolean bmn_search_update (BmnTransaction *tx, gint64 post_id, GError **error);
gboolean bmn_search_remove (BmnTransaction *tx, gint64 post_id, GError **error);
/* Returns: (transfer full) (nullable): an FTS5 expression for all words of @query, the last
 * one as a prefix; %NULL where there is no word in it */
char *bmn_search_make_expression (BmnTransaction *tx, const char *query) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
