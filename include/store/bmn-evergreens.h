#pragma once

#include "bmn-evergreen.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* The evergreen library. All of these run inside a transaction; errors are
 * %BMN_ERROR_NOT_FOUND and the store's. */

/* Stores a new one and sets its id, or changes the rules of the one that is there. */
gboolean bmn_evergreens_put (BmnTransaction *tx, BmnEvergreen *evergreen, GError **error);
gboolean bmn_evergreens_delete (BmnTransaction *tx, gint64 id, GError **error);
BmnEvergreen *
bmn_evergreens_get (BmnTransaction *tx, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_evergreens_list:
 * @account_id: 0 for all
 *
 * Returns: (transfer full) (element-type BmnEvergreen): by the time they are ready from
 */
GPtrArray *bmn_evergreens_list (BmnTransaction *tx,
                                gint64 account_id,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Counts a post as a repetition, for as long as the post is there and not cancelled. */
gboolean bmn_evergreens_add_use (BmnTransaction *tx, gint64 id, gint64 post_id, GError **error);

G_END_DECLS
