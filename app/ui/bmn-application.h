#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnApplication: the GTK program. It opens the session in a thread of its own, publishes
 * while it runs, and opens windows.
 *
 * Actions: `app.new-post`, `app.new-post-at` (x: µs), `app.edit-post` (x: a post's id),
 * `app.duplicate-post` (x: a post's id), `app.try-sample`, `app.remove-sample`, `app.about`,
 * `app.quit`; and those of bmn-transfers.h.
 */

#define BMN_TYPE_APPLICATION (bmn_application_get_type ())
G_DECLARE_FINAL_TYPE (BmnApplication, bmn_application, BMN, APPLICATION, AdwApplication)

BmnApplication *bmn_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none): the session, which may not be open yet */
BmnSessionThread *bmn_application_get_session (BmnApplication *self);

/* Returns: (transfer none): the user's own data folder, whether it is open or not */
const char *bmn_application_get_folder (BmnApplication *self);

/* Ends publishing and closes the session, so that its folder can be exchanged. Until
 * bmn_application_resume() whatever is asked of the session is answered as cancelled. */
void bmn_application_suspend_async (BmnApplication *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void bmn_application_suspend_finish (BmnApplication *self, GAsyncResult *result);
/* Opens the session again. */
void bmn_application_resume (BmnApplication *self);

/* Returns: whether the sample workspace is open in place of the user's own data */
gboolean bmn_application_shows_sample (BmnApplication *self);

G_END_DECLS
