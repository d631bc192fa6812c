#pragma once

#include "bmn-post.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* All of these run inside a transaction; errors are %BMN_ERROR_NOT_FOUND and the store's. */

/* Stores a new post with its parts and media; sets id, created_at and modified_at to @now. */
gboolean bmn_posts_insert (BmnTransaction *tx, BmnPost *post, gint64 now, GError **error);

/**
 * bmn_posts_update:
 *
 * Replaces the whole post. Where anything that would be published differs from what is
 * stored, the revision grows by one. Sets @post's revision and modified_at. Autosave calls
 * this with every pause in typing: an update that changes nothing writes nothing.
 */
gboolean bmn_posts_update (BmnTransaction *tx, BmnPost *post, gint64 now, GError **error);
BmnPost *bmn_posts_get (BmnTransaction *tx, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * bmn_posts_get_many:
 * @ids: (element-type gint64): in any order, maybe some of them twice
 *
 * Reads many posts with the same few queries as one, for lists.
 *
 * Returns: (transfer full) (element-type gint64 BmnPost): by id; those that are gone are missing
 */
GHashTable *
bmn_posts_get_many (BmnTransaction *tx, GArray *ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Deletes the post with its targets, attempts and receipts; history keeps what was published. */
gboolean bmn_posts_delete (BmnTransaction *tx, gint64 id, GError **error);

/**
 * bmn_posts_search:
 * @query: (nullable): words that must all be in texts, alt texts, title, tags or note, the
 *   last one as a prefix; %NULL or empty: every post
 * @limit: most posts to return
 *
 * Returns: (transfer full) (element-type BmnPost): newest change first
 */
GPtrArray *
bmn_posts_search (BmnTransaction *tx, const char *query, guint offset, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type BmnPost): posts on no account, newest change first */
GPtrArray *
bmn_posts_list_without_target (BmnTransaction *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type BmnPost): the repetitions of a series, by id */
GPtrArray *bmn_posts_list_series (BmnTransaction *tx,
                                  gint64 series_id,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type BmnPost): posts with a recurrence rule, by id */
GPtrArray *bmn_posts_list_recurring (BmnTransaction *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): all labels that posts have, in order */
GStrv bmn_posts_list_tags (BmnTransaction *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
