#pragma once

#include "bmn-application.h"
#include "bmn-progress-relay.h"

G_BEGIN_DECLS

/*
 * BmnTransferWindow: how far something long is that was asked for (an export, a backup, a sync),
 * with a button to cancel it, and what came of it. Closing it cancels. The program stays until
 * the work has ended.
 */

#define BMN_TYPE_TRANSFER_WINDOW (bmn_transfer_window_get_type ())
G_DECLARE_FINAL_TYPE (BmnTransferWindow, bmn_transfer_window, BMN, TRANSFER_WINDOW, AdwWindow)

/* Returns: (transfer none): shown. To be ended once the work is done, by one of the two below;
 *   who works holds a reference meanwhile */
BmnTransferWindow *
bmn_transfer_window_new (BmnApplication *app, GtkWindow *parent, const char *title);

/* Returns: (transfer none): of the application it was made for */
BmnSessionThread *bmn_transfer_window_get_session (BmnTransferWindow *self);
BmnApplication *bmn_transfer_window_get_application (BmnTransferWindow *self);

/* Returns: (transfer none) */
GCancellable *bmn_transfer_window_get_cancellable (BmnTransferWindow *self);

/* Returns: (transfer none): shows what it is told */
BmnProgressRelay *bmn_transfer_window_get_relay (BmnTransferWindow *self);

/* Says what is being done now. */
void bmn_transfer_window_set_doing (BmnTransferWindow *self, const char *doing);

/* The work is done. @result: a sentence or several */
void bmn_transfer_window_end (BmnTransferWindow *self, const char *result);
/* The work failed; where it was cancelled, the window closes. */
void bmn_transfer_window_fail (BmnTransferWindow *self, const GError *error);

G_END_DECLS
