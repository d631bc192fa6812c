#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * BmnFollowerCount:
 * @day: `YYYY-MM-DD` in the account's zone
 * @followers: 0 or more
 * @counted_at: µs
 *
 * How many followed an account on a day.
 */
typedef struct
{
  char day[11];
  gint64 followers;
  gint64 counted_at;
} BmnFollowerCount;

/* Both run inside a transaction. */

/* Stores the count of its day; a later one of the same day takes its place. */
gboolean bmn_followers_put (BmnTransaction *tx,
                            gint64 account_id,
                            const BmnFollowerCount *count,
                            GError **error);
/* Returns: (transfer full) (element-type BmnFollowerCount): by day */
GArray *bmn_followers_list (BmnTransaction *tx,
                            gint64 account_id,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
