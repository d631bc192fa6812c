#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * BmnEarlierPost:
 * @history_id: its number in the history; 0 for one that is not out yet
 * @post_id: the post it was written as; 0 where it came from elsewhere
 * @series_id: the post which that repeats, or 0
 * @text: one part as it went out, or will
 *
 * What a draft is compared with.
 */
typedef struct
{
  gint64 history_id;
  gint64 post_id;
  gint64 series_id;
  char *text; /* (owned) */
} BmnEarlierPost;

void bmn_earlier_post_free (BmnEarlierPost *post);

/* Each (transfer full) (element-type BmnEarlierPost), inside a transaction. */

/* @after: a history post's id; only those with a higher one are listed, by id */
GPtrArray *bmn_earlier_posts_list_published (BmnTransaction *tx,
                                             gint64 account_id,
                                             gint64 after,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is planned, held or on its way. */
GPtrArray *bmn_earlier_posts_list_queued (BmnTransaction *tx,
                                          gint64 account_id,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
