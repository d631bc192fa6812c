#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/*
 * BmnWindow: the main window with its pages, Plan and Ideas; before there is an account, the
 * welcome page.
 *
 * Actions: `win.search`; `win.connect`: adds an account; `win.show-message` (s): tells something
 * for a while, as pages do.
 */

#define BMN_TYPE_WINDOW (bmn_window_get_type ())
G_DECLARE_FINAL_TYPE (BmnWindow, bmn_window, BMN, WINDOW, AdwApplicationWindow)

/* Returns: (transfer none): a new window of @app, not shown yet */
BmnWindow *bmn_window_new (BmnApplication *app);

/* Asks the session for the accounts again and shows what fits: to be called when it opened. */
void bmn_window_refresh (BmnWindow *self);

/* Tells of a failure after which everything goes on. */
void bmn_window_show_error (BmnWindow *self, const GError *error);

/* Tells of a data folder that cannot be opened, in place of everything else. */
void bmn_window_show_fatal (BmnWindow *self, const GError *error);

/* Shows a message for a while; @undo: (nullable): a detailed action name behind «Undo» */
void bmn_window_show_toast (BmnWindow *self, const char *message, const char *undo);

G_END_DECLS
