#pragma once

#include "bmn-account-levers.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* All of these run inside a transaction. */

/* Returns: (transfer full): what the user decided for the account */
BmnAccountLevers *bmn_suggestion_levers_get (BmnTransaction *tx,
                                             gint64 account_id,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Stores half-life, diversity and never-hours of @levers; the rest is not looked at. */
gboolean bmn_suggestion_levers_put_settings (BmnTransaction *tx,
                                             gint64 account_id,
                                             const BmnAccountLevers *levers,
                                             GError **error);

/**
 * bmn_suggestion_levers_set_tag:
 * @tag: as bmn_hashtag_fold() gives it
 * @muted: whether it is about muting, else about pinning
 * @present: %FALSE takes that back, and leaves the other alone
 */
gboolean bmn_suggestion_levers_set_tag (BmnTransaction *tx,
                                        gint64 account_id,
                                        const char *tag,
                                        gboolean muted,
                                        gboolean present,
                                        GError **error);

/* %BMN_ERROR_NOT_FOUND where the history has no such post. */
gboolean bmn_suggestion_levers_exclude (BmnTransaction *tx,
                                        gint64 history_id,
                                        gboolean exclude,
                                        GError **error);

G_END_DECLS
