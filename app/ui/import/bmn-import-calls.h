#pragma once

#include "bmn-import-plan.h"
#include "bmn-import-report.h"
#include "bmn-progress-relay.h"
#include "bmn-session-thread.h"

G_BEGIN_DECLS

/*
 * What the import assistant asks of the session, from the main context. Nothing here waits; every
 * call may be cancelled.
 */

/* As bmn_session_import_open_async(). */
void bmn_import_calls_open_async (BmnSessionThread *session,
                                  const char *path,
                                  gint64 account_id,
                                  const BmnImportPlan *wishes,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
BmnImportPlan *bmn_import_calls_open_finish (BmnSessionThread *session,
                                             GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As bmn_session_import_run_async(). @relay: hears of bytes, and of posts as its count */
void bmn_import_calls_run_async (BmnSessionThread *session,
                                 const char *path,
                                 gint64 account_id,
                                 const BmnImportPlan *plan,
                                 gboolean dry_run,
                                 BmnProgressRelay *relay,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
BmnImportReport *bmn_import_calls_run_finish (BmnSessionThread *session,
                                              GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Asks how many posts the account's suggestions rest on; learns the history for that. */
void bmn_import_calls_count_async (BmnSessionThread *session,
                                   gint64 account_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Returns: the number; −1 with an error */
gint64
bmn_import_calls_count_finish (BmnSessionThread *session, GAsyncResult *result, GError **error);

G_END_DECLS
