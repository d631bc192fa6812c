#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnAccountPage: all about one account, and all that can be decided about it. What is changed
 * is kept at once.
 *
 * Signals: `toast` (AdwToast *toast): something to tell; its Undo is an action of the window:
 * `accounts.restore-slot` (xii), an account, a weekday and a minute
 */

#define BMN_TYPE_ACCOUNT_PAGE (bmn_account_page_get_type ())
G_DECLARE_FINAL_TYPE (BmnAccountPage, bmn_account_page, BMN, ACCOUNT_PAGE, AdwBin)

void bmn_account_page_set_session (BmnAccountPage *self, BmnSessionThread *session);
/* Shows an account as it is now; what the user is typing stays. @id: 0 for none */
void bmn_account_page_show (BmnAccountPage *self, gint64 id);
/* Returns: the account on screen, 0 for none */
gint64 bmn_account_page_get_id (BmnAccountPage *self);
/* Puts a time in the queue, on each day of the bits 1 << ISO weekday. */
void bmn_account_page_add_slots (BmnAccountPage *self, gint64 id, guint days, int minute);

G_END_DECLS
