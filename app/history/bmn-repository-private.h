#pragma once

#include "bmn-car-reader-private.h"
#include "bmn-history-post.h"
#include "bmn-record-index-private.h"

G_BEGIN_DECLS

/* What the blocks of a Bluesky repository say (atproto.com/specs/repository, lexicon
 * app.bsky.feed.post). */

/* Returns: (transfer full) (nullable): the DID of the repository, where @block is its commit */
char *bmn_repository_read_commit (const BmnCarBlock *block) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @block looks like a node of the tree of records. */
gboolean bmn_repository_is_node (const BmnCarBlock *block);
/* Adds the records of @collection that the node names. Returns: whether it is whole */
gboolean
bmn_repository_read_node (const BmnCarBlock *block, const char *collection, BmnRecordIndex *index);

/* Returns: (transfer full) (nullable): the post, without identifier and address; %NULL where
 *   the block is none, or lacks its text or its time */
BmnHistoryPost *bmn_repository_read_post (const BmnCarBlock *block) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
