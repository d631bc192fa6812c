#pragma once

#include "bmn-account.h"
#include "bmn-store.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/**
 * BmnPublishGap:
 * @until: until when an account puts nothing more out, µs
 * @min_gap: the account's gap in seconds that says so
 */
typedef struct
{
  gint64 until;
  gint64 min_gap;
} BmnPublishGap;

/* Returns: whether @account rests at @now by @resting (element-type gint64 BmnPublishGap) */
gboolean bmn_publish_is_resting (GHashTable *resting, const BmnAccount *account, gint64 now);

/**
 * BmnPublishDue:
 * @now: µs
 * @horizon: how far ahead counts as pending, µs; −1 for not asked
 * @watched: ids of targets to report on
 * @resting: account id → #BmnPublishGap
 * @due: (out) (element-type BmnTarget): at most one per account
 * @accounts: (out) (element-type BmnAccount): all
 * @next_at: (out): when something is due after @now, 0 for never
 * @pending: (out) (nullable) (element-type gint64): ids of what is due within @horizon
 * @n_unsettled: (out): how many of @watched are neither published nor cancelled
 *
 * The question what is due, and its answer.
 */
typedef struct
{
  gint64 now;
  gint64 horizon;
  GHashTable *watched; /* (owned) */
  GHashTable *resting; /* (owned) */
  GPtrArray *due;      /* (owned) (nullable) */
  GPtrArray *accounts; /* (owned) (nullable) */
  gint64 next_at;
  GArray *pending; /* (owned) (nullable) */
  guint n_unsettled;
} BmnPublishDue;

/* Both tables are copied, so that the store's thread has its own. */
BmnPublishDue *bmn_publish_due_new (gint64 now,
                                    gint64 horizon,
                                    GHashTable *watched,
                                    GHashTable *resting) G_GNUC_WARN_UNUSED_RESULT;
void bmn_publish_due_free (BmnPublishDue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPublishDue, bmn_publish_due_free)

/* A #BmnStoreFunc for a #BmnPublishDue. */
gboolean bmn_publish_due_find (BmnTransaction *tx, gpointer data, GError **error);

/* Returns: (nullable) (transfer none): one of those found */
const BmnAccount *bmn_publish_due_get_account (const BmnPublishDue *self, gint64 id);

G_END_DECLS
