#pragma once

#include "bmn-snippet.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* Templates and groups of hashtags. All of these run inside a transaction; errors are
 * %BMN_ERROR_NOT_FOUND and the store's. */

/**
 * bmn_snippets_put:
 *
 * Stores a new one and sets its id, or changes the one that is there.
 *
 * Returns: %FALSE with %BMN_ERROR_CONFLICT where another of the kind has the name
 */
gboolean bmn_snippets_put (BmnTransaction *tx, BmnSnippet *snippet, GError **error);
gboolean bmn_snippets_delete (BmnTransaction *tx, gint64 id, GError **error);
/* Returns: (transfer full) (element-type BmnSnippet): by kind and name */
GPtrArray *bmn_snippets_list (BmnTransaction *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
