#pragma once

#include "bmn-target.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnSession: the composition root. It opens a data folder, builds everything that works on
 * it and hands each part what it needs. Windows and the command line see this module and the
 * values of the model alone; what they can do is in bmn-session-accounts.h,
 * bmn-session-posts.h and bmn-session-slots.h.
 *
 * A session belongs to the main context it was opened in. Functions without `_async` wait for
 * the disk; a window calls them on a worker thread where they say so.
 */

#define BMN_TYPE_SESSION (bmn_session_get_type ())
G_DECLARE_FINAL_TYPE (BmnSession, bmn_session, BMN, SESSION, GObject)

/**
 * bmn_session_open:
 * @folder: (nullable): absolute path of the data folder; %NULL for `XDG_DATA_HOME/bellman`
 *
 * Returns: (transfer full): %NULL with the errors of bmn_store_open()
 */
BmnSession *bmn_session_open (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_close:
 *
 * Ends the session's work before the program does: whatever was asked to be written is on the
 * disk, and no thread of the store is left, when this returns. Then lets go of what waits in
 * the main context. The session can do nothing afterwards but be unreferenced.
 */
void bmn_session_close (BmnSession *self);

/* Returns: (transfer none): the data folder */
const char *bmn_session_get_folder (BmnSession *self);

/* Returns: µs since the epoch, by the session's clock */
gint64 bmn_session_now (BmnSession *self);

/**
 * BmnOpenUriFunc:
 *
 * Shows @uri to the user at sign-in.
 */
typedef gboolean (*BmnOpenUriFunc) (const char *uri, gpointer data, GError **error);

/**
 * BmnAskFunc:
 * @task: to be completed with the answer (a string) or an error; may take its time
 */
typedef void (*BmnAskFunc) (const char *question, GTask *task, gpointer data);

/* Says how the user is reached at sign-in; without this nobody can be asked. */
void
bmn_session_set_prompt (BmnSession *self, BmnOpenUriFunc open_uri, BmnAskFunc ask, gpointer data);

/**
 * bmn_session_start_publishing:
 * @idle_horizon: seconds; with 0 or more, #BmnSession::idle is emitted once nothing is being
 *   published and nothing is due within it; −1 for never
 *
 * Publishes what is due from now on, or stands by while another process does.
 */
gboolean bmn_session_start_publishing (BmnSession *self, gint64 idle_horizon, GError **error);

/**
 * bmn_session_check_data_async:
 *
 * Looks through the whole data file for damage, beside everything else. For who stays: after
 * start, never before the first post or the first frame.
 */
void bmn_session_check_data_async (BmnSession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Returns: %FALSE with %BMN_ERROR_DAMAGED naming the file and the newest backup */
gboolean bmn_session_check_data_finish (BmnSession *self, GAsyncResult *result, GError **error);

/* Returns: whether this process is the one that publishes for the folder */
gboolean bmn_session_is_publishing (BmnSession *self);

/* Ends it once what was sent has its answer on record. */
void bmn_session_stop_publishing_async (BmnSession *self,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
bmn_session_stop_publishing_finish (BmnSession *self, GAsyncResult *result, GError **error);

/* Returns: how many targets due since the start are neither published nor cancelled */
guint bmn_session_get_unsettled (BmnSession *self);

/*
 * Signals:
 *
 * BmnSession::elected (): this process became the one that publishes for the folder.
 * BmnSession::settled (BmnTarget *target): a target came to rest or was put off.
 * BmnSession::idle (): see bmn_session_start_publishing().
 * BmnSession::trouble (GError *error): the data folder gives trouble; tried again by itself.
 * BmnSession::changed (): this or another process changed something.
 */

G_END_DECLS
