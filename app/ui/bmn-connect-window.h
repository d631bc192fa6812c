#pragma once

#include "bmn-account.h"
#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnConnectWindow: asks what a platform wants to know of a new account and signs in. */

#define BMN_TYPE_CONNECT_WINDOW (bmn_connect_window_get_type ())
G_DECLARE_FINAL_TYPE (BmnConnectWindow, bmn_connect_window, BMN, CONNECT_WINDOW, AdwWindow)

/* Returns: (transfer none): not shown yet */
BmnConnectWindow *bmn_connect_window_new (GtkWindow *parent, BmnSessionThread *session);

/* For signing in anew to an account that is known. Returns: (transfer none): not shown yet */
BmnConnectWindow *bmn_connect_window_new_again (GtkWindow *parent,
                                                BmnSessionThread *session,
                                                const BmnAccount *account);

G_END_DECLS
