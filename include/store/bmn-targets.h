#pragma once

#include "bmn-store.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/* All of these run inside a transaction; errors are %BMN_ERROR_NOT_FOUND and the store's. */

/* Stores a new target and sets its id; %BMN_ERROR_CONFLICT where the post has one on that account.
 */
gboolean bmn_targets_insert (BmnTransaction *tx, BmnTarget *target, GError **error);

/**
 * bmn_targets_update:
 * @expected: the state that the caller saw
 *
 * Replaces the target, its own parts included, only if its stored state is still @expected:
 * so a user's edit and the publisher cannot overwrite each other.
 *
 * Returns: %FALSE with %BMN_ERROR_CONFLICT where the state is another by now
 */
gboolean bmn_targets_update (BmnTransaction *tx,
                             const BmnTarget *target,
                             BmnTargetState expected,
                             GError **error);
BmnTarget *
bmn_targets_get (BmnTransaction *tx, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean bmn_targets_delete (BmnTransaction *tx, gint64 id, GError **error);

/**
 * BmnTargetFilter:
 *
 * Which targets; a field that is zero does not restrict.
 */
typedef struct
{
  gint64 post_id;
  gint64 account_id;
  guint states;       /* bits: 1 << BmnTargetState; 0 for all */
  gint64 due_from;    /* µs, inclusive */
  gint64 due_until;   /* µs, exclusive */
  gint64 try_until;   /* µs, inclusive: next_try_at at or before this, and not 0 */
  gboolean from_here; /* only what no server may hold */
  gboolean at_server; /* only what a server may hold or is to hold */
  gboolean wall_time; /* only what is planned by a wall clock */
  gboolean bare;      /* without the target's own parts, which cost a query each: such a target
                       * is for reading, and must not be given to bmn_targets_update() */
  guint offset;
  guint limit; /* 0 for all */
} BmnTargetFilter;

/* Returns: (transfer full) (element-type BmnTarget): by due_at (drafts last), then id */
GPtrArray *bmn_targets_list (BmnTransaction *tx,
                             const BmnTargetFilter *filter,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_targets_next_try_at:
 * @after: µs
 * @at: (out): when the next scheduled or unknown target is to be looked at, later than
 *   @after; 0 where there is none
 *
 * Targets of paused accounts do not count, nor those without a next try, nor what a server may
 * hold.
 */
gboolean bmn_targets_next_try_at (BmnTransaction *tx, gint64 after, gint64 *at, GError **error);

/* Sets @at to when the account last published something, 0 for never. */
gboolean
bmn_targets_last_published_at (BmnTransaction *tx, gint64 account_id, gint64 *at, GError **error);

G_END_DECLS
