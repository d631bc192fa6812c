#pragma once

#include "bmn-publish-case-private.h"

G_BEGIN_DECLS

/* Posts that go out later than their account's grace keep at least this many seconds between
 * each other, whatever gap the account asks for: what was missed never goes out in a burst. */
#define BMN_PUBLISH_LATE_GAP 60

/**
 * BmnPublishClaim:
 * @target_id: what is due
 * @caps: what its platform can do
 * @fresh_key: a key to use if it has none for the post's present revision
 * @last_out_at: when the account last put something out as far as this process knows, µs on
 *   this computer's clock; 0 for never
 * @now: µs
 * @rest_until: (out): until when the account puts nothing more out because of its gap, µs; 0
 *   where it does not rest
 */
typedef struct
{
  gint64 target_id;
  const BmnCapabilities *caps;
  const char *fresh_key;
  gint64 last_out_at;
  gint64 now;
  gint64 rest_until;
} BmnPublishClaim;

/**
 * bmn_publish_claim:
 *
 * Loads a target that is due and moves it to publishing, or puts it where it belongs if it is
 * not to go out now: to a later time, on hold, or into another slot. The change is staged.
 *
 * Returns: (transfer full): the case; %NULL with %BMN_ERROR_CONFLICT where the target or its
 *   account changed meanwhile, so that there is nothing to do, or with the store's error
 */
BmnPublishCase *bmn_publish_claim (BmnTransaction *tx,
                                   BmnPublishClaim *claim,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
