#pragma once

#include "bmn-clock.h"
#include "bmn-platform-reader.h"
#include "bmn-store.h"
#include "bmn-sync-report.h"

G_BEGIN_DECLS

/**
 * BmnSyncMode:
 * @BMN_SYNC_DUE: what is due by now: the newest posts and followers once a day, counts at
 *   their times, and a list that is under way
 * @BMN_SYNC_ASKED: somebody asked: all of that now, and the counts of the last 30 days
 */
typedef enum
{
  BMN_SYNC_DUE,
  BMN_SYNC_ASKED,
} BmnSyncMode;

/**
 * bmn_sync_run_async:
 * @platform: of the account
 * @progress: (nullable): called in the thread-default main context
 *
 * Reads the account's own posts, their counts, its followers, and the hashtags that it follows
 * and that are trending on its server into the store. The list goes
 * back as far as the server gives, once, and again every 30 days; in between it ends at what is
 * known. Each page is stored together with the place where the list goes on, so that a sync that
 * was cancelled, killed or refused goes on there. One process reads an account at a time: this
 * waits for another one.
 *
 * Posts that are no longer there are marked as gone. A count that is not told stays unknown.
 */
void bmn_sync_run_async (BmnStore *store,
                         BmnClock *clock,
                         BmnPlatform *platform,
                         BmnSyncMode mode,
                         BmnSyncProgressFunc progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/**
 * bmn_sync_run_finish:
 *
 * Returns: (transfer full): what was done; %NULL with a #BmnPlatformError (REJECTED where the
 *   platform tells nothing of what was published, RATE_LIMITED also where an earlier limit still
 *   holds), a keyring's error, the store's, or %G_IO_ERROR_CANCELLED. What was stored before the
 *   error stays.
 */
BmnSyncReport *bmn_sync_run_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
