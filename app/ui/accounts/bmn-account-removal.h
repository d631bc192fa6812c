#pragma once

#include "bmn-account-overview.h"
#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* @message: what to tell the user afterwards: that it is done, what could not be revoked, or why
 * the account is still there */
typedef void (*BmnAccountRemovedFunc) (const char *message, gpointer data);

/**
 * bmn_account_remove:
 * @data: (transfer full): handed to @done, then unreferenced
 *
 * Says what removing an account does, asks whether to, and does it: signs out, with the access
 * revoked, and forgets the account.
 */
void bmn_account_remove (GtkWindow *parent,
                         BmnSessionThread *session,
                         const BmnAccountOverview *overview,
                         BmnAccountRemovedFunc done,
                         GObject *data);

G_END_DECLS
