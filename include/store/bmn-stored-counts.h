#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * BmnStoredCounts:
 * @accounts: accounts
 * @posts: posts written here, drafts among them
 * @planned: of their targets, those that wait for their time
 * @history: posts of the history
 * @requests: lines of the network ledger
 * @suggestions: lines of the log of suggestions
 *
 * How much of everything the store keeps.
 */
typedef struct
{
  gint64 accounts;
  gint64 posts;
  gint64 planned;
  gint64 history;
  gint64 requests;
  gint64 suggestions;
} BmnStoredCounts;

/* Inside a transaction. @counts: (out caller-allocates): */
gboolean bmn_stored_counts_get (BmnTransaction *tx, BmnStoredCounts *counts, GError **error);

G_END_DECLS
