#pragma once

#include "bmn-post.h"
#include "bmn-receipt.h"

G_BEGIN_DECLS

/**
 * BmnPublishRequest:
 * @post: the content; its own parts may differ from @parts
 * @parts: (element-type BmnPart): what this account gets
 * @part: which of @parts is meant, from 0; with #BmnCapabilities.whole_thread all are meant
 *   and this is 0
 * @key: the target's idempotency or record key; a platform derives each part's own from it
 *   and the part's index, always the same
 * @receipts: (element-type BmnReceipt): of parts already out, in order
 * @planned_at: when the user wanted it out, µs
 * @first_sent_at: when a request with @key was first sent for this part, µs; 0 for never
 * @schedule_at: hand over to the server's own schedule for this time, µs; 0 to publish now
 * @known_ids: (element-type utf8): set of remote ids that belong to other receipts, which a
 *   read-back without keys must not take for this post
 *
 * One thing to publish, look up, change or remove; immutable once handed over.
 */
typedef struct
{
  BmnPost *post;    /* (owned) */
  GPtrArray *parts; /* (owned) (element-type BmnPart) */
  int part;
  char *key;           /* (owned) */
  GPtrArray *receipts; /* (owned) (element-type BmnReceipt) */
  gint64 planned_at;
  gint64 first_sent_at;
  gint64 schedule_at;
  GHashTable *known_ids; /* (owned) */
} BmnPublishRequest;

/* A request for part 0 with empty collections. @post, @parts and @key are copied. */
BmnPublishRequest *bmn_publish_request_new (const BmnPost *post,
                                            GPtrArray *parts,
                                            const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* Counted references, so that an operation under way keeps its request; any thread. */
BmnPublishRequest *bmn_publish_request_ref (BmnPublishRequest *request);
void bmn_publish_request_unref (BmnPublishRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPublishRequest, bmn_publish_request_unref)

G_END_DECLS
