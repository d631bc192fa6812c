#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/**
 * bmn_eraser_run:
 *
 * Erases everything: closes all windows but the main one, signs out of all accounts, deletes the
 * data folder and begins anew with the welcome page. The user has agreed; this is no action of the
 * application, as others on the message bus could call that.
 */
void bmn_eraser_run (BmnApplication *app);

G_END_DECLS
