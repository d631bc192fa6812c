#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/*
 * BmnImportWindow: the import assistant. A file and an account are chosen; what is in the file is
 * said, with a preview and counts, before anything is stored; then it comes in, and may be stopped
 * and gone on with.
 */

#define BMN_TYPE_IMPORT_WINDOW (bmn_import_window_get_type ())
G_DECLARE_FINAL_TYPE (BmnImportWindow, bmn_import_window, BMN, IMPORT_WINDOW, AdwWindow)

/**
 * bmn_import_window_new:
 * @account_id: whose history it is to be; 0 for the first account
 *
 * Returns: (transfer none): not shown yet
 */
BmnImportWindow *bmn_import_window_new (BmnApplication *app, GtkWindow *parent, gint64 account_id);

G_END_DECLS
