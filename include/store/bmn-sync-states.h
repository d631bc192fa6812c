#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * BmnSyncState:
 * @account_id: whose reading
 * @place: (nullable): where in the platform's list of posts it goes on, opaque; %NULL where no
 *   list is under way
 * @begun_at: when the list that is under way was begun, µs
 * @oldest: the earliest publishing time that it showed so far, µs; %G_MAXINT64 for none
 * @ended_at: when a list last came to its end or to what was known, µs; 0 for never
 * @completed_at: when one last went to the end of what the platform has, µs; 0 for never
 * @followers_at: when followers were last asked for, µs; 0 for never
 * @no_counts_until: counts were refused as not offered and are not asked for until then, µs
 * @retry_at: after an error, not before this time, µs; 0 for none
 * @tries: errors in a row
 * @error_kind: (nullable): stable name of the last one
 * @error: (nullable): in words
 *
 * How far the reading of an account's posts and counts is.
 */
typedef struct
{
  gint64 account_id;
  char *place; /* (owned) (nullable) */
  gint64 begun_at;
  gint64 oldest;
  gint64 ended_at;
  gint64 completed_at;
  gint64 followers_at;
  gint64 no_counts_until;
  gint64 retry_at;
  int tries;
  char *error_kind; /* (owned) (nullable) */
  char *error;      /* (owned) (nullable) */
} BmnSyncState;

BmnSyncState *bmn_sync_state_new (gint64 account_id) G_GNUC_WARN_UNUSED_RESULT;
void bmn_sync_state_free (BmnSyncState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnSyncState, bmn_sync_state_free)

/* Both run inside a transaction. */

/* Returns: (transfer full): of an account that was never read, one that says so */
BmnSyncState *bmn_sync_states_get (BmnTransaction *tx,
                                   gint64 account_id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes nothing where nothing is new. */
gboolean bmn_sync_states_put (BmnTransaction *tx, const BmnSyncState *state, GError **error);

G_END_DECLS
