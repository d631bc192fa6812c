#pragma once

#include "bmn-mastodon-private.h"

G_BEGIN_DECLS

/**
 * bmn_mastodon_examine_async:
 *
 * Asks the server who we are, what it accepts and whether it holds posts until their time, and
 * keeps that as facts. What the server does not tell for now stays as it was.
 */
void bmn_mastodon_examine_async (BmnMastodon *self,
                                 const char *purpose,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Returns: (transfer full): the handle, such as `@shop@example.org` */
char *bmn_mastodon_examine_finish (BmnMastodon *self,
                                   GAsyncResult *result,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_mastodon_probe_async:
 *
 * Finds out whether the server honours idempotency keys: a message that mentions nobody is
 * sent twice under one key, then deleted. Only where the user asked for it.
 */
void bmn_mastodon_probe_async (BmnMastodon *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Returns: %FALSE where it could not be found out, or a message could not be deleted */
gboolean bmn_mastodon_probe_finish (BmnMastodon *self, GAsyncResult *result, GError **error);

G_END_DECLS
