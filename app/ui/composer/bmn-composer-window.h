#pragma once

#include "bmn-application.h"

G_BEGIN_DECLS

/* BmnComposerWindow: writes one post. Several may be open at once. */

#define BMN_TYPE_COMPOSER_WINDOW (bmn_composer_window_get_type ())
G_DECLARE_FINAL_TYPE (
    BmnComposerWindow, bmn_composer_window, BMN, COMPOSER_WINDOW, AdwApplicationWindow)

/**
 * bmn_composer_window_new:
 * @post_id: the post to go on with; 0 for a new one
 *
 * Returns: (transfer none): a new window of @app, or the one that has the post open
 */
BmnComposerWindow *bmn_composer_window_new (BmnApplication *app, gint64 post_id);

/* As bmn_composer_window_new() for a new post that is to go out at @instant, µs. */
BmnComposerWindow *bmn_composer_window_new_at (BmnApplication *app, gint64 instant);

/* Makes a draft of a post and opens it; what goes wrong is said in the window that is active. */
void bmn_composer_window_duplicate (BmnApplication *app, gint64 post_id);

/* Opens what was on screen when the program ended without closing it. The session is open. */
void bmn_composer_window_restore (BmnApplication *app);

G_END_DECLS
