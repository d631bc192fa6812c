#pragma once

#include "bmn-import-plan.h"
#include "bmn-import-report.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/*
 * Bringing in what was posted before: first the plan, which is shown and may be changed, then
 * a dry run that counts, then the import. None of these holds up the main loop.
 */

/**
 * bmn_session_import_open_async:
 * @path: the file
 * @wishes: what the user said already; copied. bmn_import_plan_new() for nothing
 *
 * Finds out how the file is to be imported into the account.
 */
void bmn_session_import_open_async (BmnSession *self,
                                    const char *path,
                                    gint64 account_id,
                                    const BmnImportPlan *wishes,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND (file, account, a column that was
 *   wished for) or %BMN_ERROR_INVALID (nothing that can be imported) */
BmnImportPlan *bmn_session_import_open_finish (BmnSession *self,
                                               GAsyncResult *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_import_run_async:
 * @plan: from bmn_session_import_open_finish(), perhaps changed
 * @dry_run: only count; nothing is stored
 * @progress: (nullable): called in the session's main context while it is under way
 *
 * Imports the file, while everything else goes on. Where it is cancelled or cut, what came in
 * stays, and the same import run again finishes it: no post comes twice.
 */
void bmn_session_import_run_async (BmnSession *self,
                                   const char *path,
                                   gint64 account_id,
                                   const BmnImportPlan *plan,
                                   gboolean dry_run,
                                   BmnImportProgressFunc progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Returns: (transfer full): what came in, or would; %NULL with %BMN_ERROR_NOT_FOUND,
 *   %BMN_ERROR_INVALID, the store's error or %G_IO_ERROR_CANCELLED */
BmnImportReport *bmn_session_import_run_finish (BmnSession *self,
                                                GAsyncResult *result,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
