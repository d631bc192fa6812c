#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * bmn_learnt_forget:
 * @account_id: 0 for all accounts
 *
 * Deletes what an engine learnt and the log of its suggestions, and excludes every post of the
 * history so far, so that it is not learnt again. The posts themselves stay. Inside a
 * transaction.
 */
gboolean bmn_learnt_forget (BmnTransaction *tx, gint64 account_id, GError **error);

/* Takes all posts of the account's history in again, as bmn_suggestion_levers_exclude() does for
 * one. Inside a transaction. */
gboolean bmn_learnt_include_all (BmnTransaction *tx, gint64 account_id, GError **error);

G_END_DECLS
