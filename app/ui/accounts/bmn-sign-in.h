#pragma once

#include "bmn-account.h"
#include "bmn-session-thread.h"

G_BEGIN_DECLS

/**
 * BmnSignInAskFunc:
 * @task: (transfer full): to be completed with the answer, a string, or an error
 *
 * Asks the user something on the way, in the main context.
 */
typedef void (*BmnSignInAskFunc) (const char *question, GTask *task, gpointer data);

/**
 * bmn_sign_in_async:
 * @id: a known account, or 0 to add one
 * @inputs: (element-type utf8 utf8): as for bmn_session_add_account_async(); taken over, and not
 *   to be touched afterwards
 * @ask_data: handed to @ask; alive until the end
 *
 * Signs in on the session's thread; pages are shown in the user's browser.
 */
void bmn_sign_in_async (BmnSessionThread *session,
                        gint64 id,
                        const char *platform,
                        GHashTable *inputs,
                        BmnSignInAskFunc ask,
                        GObject *ask_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
/* Returns: (transfer full): the account as it is now */
BmnAccount *bmn_sign_in_finish (BmnSessionThread *session,
                                GAsyncResult *result,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
