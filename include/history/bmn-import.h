#pragma once

#include "bmn-account.h"
#include "bmn-import-plan.h"
#include "bmn-import-report.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * bmn_import_find_out:
 * @path: the file
 * @account: whose history it is to become
 * @plan: (inout): what it does not say yet is found out from the file
 *
 * Finds out how a file is to be imported: its format, and of a table all that #BmnImportPlan
 * speaks of. Reads the file's head, or the names in an archive. Blocks: for worker threads.
 *
 * Returns: %FALSE with %BMN_ERROR_NOT_FOUND or %BMN_ERROR_INVALID
 */
gboolean bmn_import_find_out (const char *path,
                              const BmnAccount *account,
                              BmnImportPlan *plan,
                              GError **error);

/**
 * bmn_import_run_async:
 * @plan: from bmn_import_find_out(), perhaps changed by the user
 * @dry_run: only count what would come in; nothing is stored
 * @now: µs
 * @progress: (nullable): see #BmnImportProgressFunc
 *
 * Imports a file, on a thread of its own and in little memory, however long it is. Posts come
 * into the store by batches of a few milliseconds, each wholly or not at all, and whatever
 * else is to be written goes between them. Each post is known by its identifier, so after a
 * crash, or when cancelled, the same import run again finishes the work: nothing is lost, and
 * nothing comes twice.
 */
void bmn_import_run_async (BmnStore *store,
                           const char *path,
                           const BmnAccount *account,
                           const BmnImportPlan *plan,
                           gboolean dry_run,
                           gint64 now,
                           BmnImportProgressFunc progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * bmn_import_run_finish:
 *
 * Returns: (transfer full): what came in; also of a file that breaks off in the middle, see
 *   #BmnImportReport.is_whole. %NULL with %BMN_ERROR_NOT_FOUND or %BMN_ERROR_INVALID where
 *   nothing of it can be read, with the store's error, or with %G_IO_ERROR_CANCELLED; batches
 *   that were stored before stay
 */
BmnImportReport *
bmn_import_run_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
