#pragma once

#include "bmn-mastodon-private.h"

G_BEGIN_DECLS

/* Receipts of statuses that the server holds for us have this before the server's id. */
#define BMN_MASTODON_SCHEDULED_PREFIX "scheduled:"

/* Returns: (nullable) (transfer none): the server's id of a scheduled status, %NULL for others */
const char *bmn_mastodon_scheduled_id (const BmnReceipt *receipt);

/**
 * BmnMastodonSendMode:
 * @BMN_MASTODON_SEND_NEW: a new status, now or at the request's time
 * @BMN_MASTODON_SEND_AGAIN: a new scheduled status in the place of one that was taken back; has
 *   a key of its own for each revision
 * @BMN_MASTODON_SEND_CHANGE: what is out gets the new content
 */
typedef enum
{
  BMN_MASTODON_SEND_NEW,
  BMN_MASTODON_SEND_AGAIN,
  BMN_MASTODON_SEND_CHANGE,
} BmnMastodonSendMode;

/**
 * bmn_mastodon_send_part_async:
 * @part: index of the part
 * @receipt: (nullable): of what is out, for %BMN_MASTODON_SEND_CHANGE
 *
 * Uploads the part's media, then sends the status, and checks the answer's shape.
 */
void bmn_mastodon_send_part_async (BmnMastodon *self,
                                   BmnPublishRequest *request,
                                   int part,
                                   BmnMastodonSendMode mode,
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
