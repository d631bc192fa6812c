#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * BmnOutsideTags:
 * @read_at: when its server was asked, µs; 0 for never
 * @followed: hashtags that the account follows, without the sign
 * @followed_lack: (nullable): why it is not known what it follows, in words
 * @trending: hashtags that are talked about on its server, most first
 * @trending_lack: (nullable): why those are not known, in words
 *
 * Hashtags from outside an account's history.
 */
typedef struct
{
  gint64 read_at;
  GStrv followed;      /* (owned) */
  char *followed_lack; /* (owned) (nullable) */
  GStrv trending;      /* (owned) */
  char *trending_lack; /* (owned) (nullable) */
} BmnOutsideTags;

/* Without any. */
BmnOutsideTags *bmn_outside_tags_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_outside_tags_free (BmnOutsideTags *tags);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnOutsideTags, bmn_outside_tags_free)

/* Both run inside a transaction. They are kept as a fact about the account, and go with it. */

/* Returns: (transfer full): of an account whose server was never asked, one that says so */
BmnOutsideTags *bmn_outside_tags_get (BmnTransaction *tx,
                                      gint64 account_id,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean bmn_outside_tags_put (BmnTransaction *tx,
                               gint64 account_id,
                               const BmnOutsideTags *tags,
                               GError **error);

G_END_DECLS
