#pragma once

#include "bmn-account.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* All of these run inside a transaction; errors are %BMN_ERROR_NOT_FOUND and the store's. */

/* Stores a new account and sets its id. */
gboolean bmn_accounts_insert (BmnTransaction *tx, BmnAccount *account, GError **error);
gboolean bmn_accounts_update (BmnTransaction *tx, const BmnAccount *account, GError **error);
BmnAccount *
bmn_accounts_get (BmnTransaction *tx, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full) (element-type BmnAccount): by id */
GPtrArray *bmn_accounts_list (BmnTransaction *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_accounts_delete:
 *
 * Deletes the account with its slots, facts, history, targets and their attempts and
 * receipts; posts that then have no target are kept as drafts without one.
 */
gboolean bmn_accounts_delete (BmnTransaction *tx, gint64 id, GError **error);

/**
 * bmn_facts_set:
 * @name: such as `limits` or `keys-honoured`
 * @value: (nullable): %NULL forgets
 *
 * What was learned about an account's server: kept apart from what the user set.
 */
gboolean bmn_facts_set (
    BmnTransaction *tx, gint64 account_id, const char *name, const char *value, GError **error);
/* Returns: (transfer full) (element-type utf8 utf8): all facts of the account */
GHashTable *
bmn_facts_get_all (BmnTransaction *tx, gint64 account_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
