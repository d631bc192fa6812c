#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnAccountsWindow: the accounts, and a page about the one that is chosen.
 *
 * Actions: `accounts.add`; `accounts.restore-slot` (xii), see #BmnAccountPage
 */

#define BMN_TYPE_ACCOUNTS_WINDOW (bmn_accounts_window_get_type ())
G_DECLARE_FINAL_TYPE (BmnAccountsWindow, bmn_accounts_window, BMN, ACCOUNTS_WINDOW, AdwWindow)

/* @parent: (nullable): Returns: (transfer none): not shown yet */
BmnAccountsWindow *bmn_accounts_window_new (GtkWindow *parent, BmnSessionThread *session);

/* Opens the page about an account. */
void bmn_accounts_window_show_account (BmnAccountsWindow *self, gint64 id);

G_END_DECLS
