#pragma once

#include "bmn-mastodon-private.h"

G_BEGIN_DECLS

/**
 * bmn_mastodon_send_part_async:
 * @part: index of the part
 * @receipt: (nullable): of what is out and gets the new content; %NULL for a new status, now or
 *   at the request's time
 *
 * Uploads the part's media, then sends the status, and checks the answer's shape.
 */
void bmn_mastodon_send_part_async (BmnMastodon *self,
                                   BmnPublishRequest *request,
                                   int part,
                                   const BmnReceipt *receipt,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * bmn_mastodon_send_part_finish:
 * @status: (out) (optional): the HTTP status of the last step
 *
 * Returns: (transfer full): what is out, or held by the server
 */
BmnReceipt *bmn_mastodon_send_part_finish (BmnMastodon *self,
                                           GAsyncResult *result,
                                           int *status,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
