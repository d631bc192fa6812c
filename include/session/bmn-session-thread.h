#pragma once

#include "bmn-session.h"

G_BEGIN_DECLS

/*
 * BmnSessionThread: a session with a thread and a main context of its own, so that a window
 * never waits for a disk, another process or a platform, and a busy window never makes a post
 * late. What is asked of it runs there; answers and signals come to the main context that
 * this object was made in.
 *
 * All functions here belong to that context. Values that cross (posts, targets, lists) are
 * handed over, never shared.
 */

#define BMN_TYPE_SESSION_THREAD (bmn_session_thread_get_type ())
G_DECLARE_FINAL_TYPE (BmnSessionThread, bmn_session_thread, BMN, SESSION_THREAD, GObject)

/* Returns: (transfer full): without a session yet; to be closed before it is let go of */
BmnSessionThread *bmn_session_thread_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_thread_open_async:
 * @folder: (nullable): as for bmn_session_open()
 *
 * Starts the thread and opens the session in it. May be called again where it failed, and
 * after bmn_session_thread_close().
 */
void bmn_session_thread_open_async (BmnSessionThread *self,
                                    const char *folder,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Returns: %FALSE with the errors of bmn_session_open() */
gboolean
bmn_session_thread_open_finish (BmnSessionThread *self, GAsyncResult *result, GError **error);

/**
 * bmn_session_thread_close:
 *
 * Ends what is under way as bmn_session_close() does, then the thread, and waits for both.
 * What was asked for and has not begun is answered with %G_IO_ERROR_CANCELLED. For a good end
 * stop publishing first.
 */
void bmn_session_thread_close (BmnSessionThread *self);

/* Returns: whether there is a session */
gboolean bmn_session_thread_is_open (BmnSessionThread *self);

/**
 * BmnSessionFunc:
 * @data: as given to bmn_session_thread_call_async()
 *
 * Asks something of the session that answers at once. Runs on the session's thread, so
 * nothing of it may touch a widget.
 *
 * Returns: (nullable): the answer; an error decides, not %NULL
 */
typedef gpointer (*BmnSessionFunc) (BmnSession *session, gpointer data, GError **error);

/**
 * bmn_session_thread_call_async:
 * @data: handed to @func; freed with @destroy, maybe on the session's thread
 * @free_answer: (nullable): frees an answer that nobody took
 *
 * Calls are made in the order they were asked for. Cancelling prevents one that has not begun,
 * and drops the answer of one that has.
 */
void bmn_session_thread_call_async (BmnSessionThread *self,
                                    BmnSessionFunc func,
                                    gpointer data,
                                    GDestroyNotify destroy,
                                    GDestroyNotify free_answer,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Returns: (transfer full) (nullable): the answer; @error is set where there is none */
gpointer
bmn_session_thread_call_finish (BmnSessionThread *self, GAsyncResult *result, GError **error);

/**
 * BmnSessionStartFunc:
 * @task: (transfer full): to be completed, on any thread, with what
 *   bmn_session_thread_call_finish() gives; carries the cancellable
 *
 * Starts something that takes its time, on the session's thread and its main context.
 */
typedef void (*BmnSessionStartFunc) (BmnSession *session, gpointer data, GTask *task);

/* As bmn_session_thread_call_async(), for the session's own asynchronous functions; to be
 * finished by bmn_session_thread_call_finish(). @data lives as long as the task. */
void bmn_session_thread_start_async (BmnSessionThread *self,
                                     BmnSessionStartFunc func,
                                     gpointer data,
                                     GDestroyNotify destroy,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/**
 * bmn_session_thread_work_async:
 *
 * As bmn_session_thread_call_async(), on a worker thread: for functions of the session that
 * may be called on any thread and take long. These run beside the session's own thread.
 */
void bmn_session_thread_work_async (BmnSessionThread *self,
                                    BmnSessionFunc func,
                                    gpointer data,
                                    GDestroyNotify destroy,
                                    GDestroyNotify free_answer,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/*
 * Signals, those of the session, in the context of this object:
 *
 * BmnSessionThread::settled (BmnTarget *target)
 * BmnSessionThread::idle ()
 * BmnSessionThread::trouble (GError *error)
 * BmnSessionThread::changed (): several changes in quick succession are told once.
 */

G_END_DECLS
