#pragma once

#include "bmn-export-format.h"
#include "bmn-progress.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * bmn_export_write:
 * @account_id: 0 for all accounts
 * @path: what is there already is replaced once the new file is whole
 * @now: µs, for what tells when it was written
 * @progress: (nullable): called on the calling thread with posts done and in all
 * @n: (out) (optional): how many posts were written
 *
 * Writes the history as a table or as Bellman's own file, or a calendar of what is planned and
 * was published. Blocks: call it on a worker thread, not one of the store's.
 *
 * Returns: %FALSE with %BMN_ERROR_NOT_FOUND (the account, the folder), _INVALID (@path is a
 *   folder or a device), _STORAGE or %G_IO_ERROR_CANCELLED; @path is as it was then
 */
gboolean bmn_export_write (BmnStore *store,
                           BmnExportFormat format,
                           gint64 account_id,
                           const char *path,
                           gint64 now,
                           BmnProgressFunc progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           guint *n,
                           GError **error);

G_END_DECLS
