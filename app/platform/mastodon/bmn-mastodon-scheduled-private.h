#pragma once

#include "bmn-mastodon-private.h"

G_BEGIN_DECLS

/* What a server holds for us until its time (docs.joinmastodon.org/entities/ScheduledStatus). */

/* Returns: (transfer full) (nullable): a held receipt; %NULL for what is no scheduled status */
BmnReceipt *
bmn_mastodon_scheduled_to_receipt (JsonObject *object, int part) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_mastodon_find_scheduled_async:
 * @request: with the time that it was to be held for
 *
 * Looks through all that the server holds for the part that @request is about: the same text and
 * warning for the same time, and not known under another receipt.
 */
void bmn_mastodon_find_scheduled_async (BmnMastodon *self,
                                        BmnPublishRequest *request,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/**
 * bmn_mastodon_find_scheduled_finish:
 * @receipt: (out) (transfer full) (nullable): %NULL where it is certain that it is not held
 *
 * Returns: %FALSE with a #BmnPlatformError where we cannot know
 */
gboolean bmn_mastodon_find_scheduled_finish (BmnMastodon *self,
                                             GAsyncResult *result,
                                             BmnReceipt **receipt,
                                             GError **error);

G_END_DECLS
