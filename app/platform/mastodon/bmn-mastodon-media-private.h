#pragma once

#include "bmn-mastodon-private.h"

G_BEGIN_DECLS

/**
 * bmn_mastodon_upload_async:
 * @media: (element-type BmnMedia): a part's
 * @deadline: when it has to be done, µs
 *
 * Prepares and uploads media one after the other and waits until the server has processed
 * each. Media that no status uses are forgotten by the server.
 */
void bmn_mastodon_upload_async (BmnMastodon *self,
                                GPtrArray *media,
                                gint64 deadline,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * bmn_mastodon_upload_finish:
 *
 * Returns: (transfer full) (element-type utf8): their ids in order; %NULL with an error that
 *   is certain: no status was made
 */
GPtrArray *bmn_mastodon_upload_finish (BmnMastodon *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
