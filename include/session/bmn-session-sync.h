#pragma once

#include "bmn-session.h"
#include "bmn-sync-report.h"

G_BEGIN_DECLS

/**
 * bmn_session_sync_account_async:
 * @progress: (nullable): called in the session's main context while it is under way
 *
 * Reads the account's own posts, the counts of the last 30 days and its followers, now. May be
 * asked in any process. Where it is cancelled, refused or cut, what was read stays, and another
 * one goes on from there. To be cancelled and waited for before the session is closed.
 */
void bmn_session_sync_account_async (BmnSession *self,
                                     gint64 account_id,
                                     BmnSyncProgressFunc progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full): %NULL with the errors of bmn_sync_run_finish() */
BmnSyncReport *bmn_session_sync_account_finish (BmnSession *self,
                                                GAsyncResult *result,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: whether the account's platform tells anything of what was published; %FALSE also
 * where there is no such account or platform */
gboolean bmn_session_can_sync_account (BmnSession *self, gint64 account_id);

G_END_DECLS
