#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnPreferencesWindow: what the user prefers for all accounts. It is kept at once. */

#define BMN_TYPE_PREFERENCES_WINDOW (bmn_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (
    BmnPreferencesWindow, bmn_preferences_window, BMN, PREFERENCES_WINDOW, AdwPreferencesWindow)

/* @parent: (nullable): Returns: (transfer none): not shown yet */
BmnPreferencesWindow *bmn_preferences_window_new (GtkWindow *parent, BmnSessionThread *session);

G_END_DECLS
