#pragma once

#include "bmn-session-thread.h"

G_BEGIN_DECLS

/* Asking an account's platform something, for a window that waits for the answer. */

/* @message: the answer, in words */
typedef void (*BmnAccountVisitFunc) (const char *message, gpointer data);

/* Whether the account works. @data: (transfer full): unreferenced after @done */
void bmn_account_visit_check (BmnSessionThread *session,
                              gint64 id,
                              BmnAccountVisitFunc done,
                              GObject *data);
/* Reads its posts, counts and followers. @data: (transfer full): likewise */
void bmn_account_visit_sync (BmnSessionThread *session,
                             gint64 id,
                             BmnAccountVisitFunc done,
                             GObject *data);

G_END_DECLS
