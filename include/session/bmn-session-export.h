#pragma once

#include "bmn-export-format.h"
#include "bmn-progress.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * bmn_session_export_async:
 * @account_id: 0 for all accounts
 * @path: what is there already is replaced once the new file is whole
 * @progress: (nullable): hears of posts, in the session's main context
 *
 * Writes the history, or a calendar of what is planned and was published. To be cancelled and
 * waited for before the session is closed.
 */
void bmn_session_export_async (BmnSession *self,
                               BmnExportFormat format,
                               gint64 account_id,
                               const char *path,
                               BmnProgressFunc progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* @n: (out) (optional): how many posts were written. Returns: %FALSE with the errors of
 * bmn_export_write() */
gboolean
bmn_session_export_finish (BmnSession *self, GAsyncResult *result, guint *n, GError **error);

G_END_DECLS
