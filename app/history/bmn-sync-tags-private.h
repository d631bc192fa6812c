#pragma once

#include "bmn-clock.h"
#include "bmn-platform-reader.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * bmn_sync_tags_async:
 * @reader: of the account
 *
 * Reads which hashtags the account follows and which are trending on its server into the store
 * (see bmn-outside-tags.h). What the platform, its server or the sign-in does not offer is
 * stored as such and no error.
 */
void bmn_sync_tags_async (BmnStore *store,
                          BmnClock *clock,
                          BmnPlatformReader *reader,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* Returns: %FALSE with a #BmnPlatformError, the store's, or %G_IO_ERROR_CANCELLED */
gboolean bmn_sync_tags_finish (GAsyncResult *result, GError **error);

G_END_DECLS
