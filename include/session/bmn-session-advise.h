#pragma once

#include "bmn-advice.h"
#include "bmn-engine.h"
#include "bmn-history-post.h"
#include "bmn-post.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/*
 * What a composer asks while somebody writes. All of it is called in the session's main
 * context; the work is done on one thread of the session's own (“advisor”), which keeps the
 * accounts' engines in memory and learns what is new before each answer, so nothing has to be
 * told when the history, the levers or the plan change.
 */

/**
 * bmn_session_advise_async:
 * @account_id: the account the draft is meant for
 * @draft: copied; its parts are taken as they would go out on this account. Its id, 0 where it
 *   is not stored yet, tells which draft is asked about
 * @when: µs since the epoch: when it would go out; 0 for now
 *
 * Asks what to say of a draft. A call for the same account and draft replaces the ones before
 * it that are still under way: those end with %G_IO_ERROR_CANCELLED, as one whose @cancellable
 * is cancelled. So a window calls this after each pause in typing and shows whatever comes.
 * The first call for an account reads its saved engine or learns its history, which may take a
 * second for a very long one.
 */
void bmn_session_advise_async (BmnSession *self,
                               gint64 account_id,
                               const BmnPost *draft,
                               gint64 when,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * bmn_session_advise_finish:
 *
 * Returns: (transfer full): the advice; %NULL with %BMN_ERROR_NOT_FOUND (no such account),
 *   %G_IO_ERROR_CANCELLED or the store's error
 */
BmnAdvice *bmn_session_advise_finish (BmnSession *self,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnEngineFunc:
 * @engine: of the account, with all that is known by now
 * @now: µs since the epoch, by the session's clock
 *
 * Asks an engine something. Runs on the advisor's thread.
 *
 * Returns: (transfer full) (nullable): the answer
 */
typedef gpointer (*BmnEngineFunc) (BmnEngine *engine, gint64 now, gpointer data);

/**
 * bmn_session_ask_engine_async:
 * @data: handed to @func; freed with @destroy_data once the call has ended
 * @destroy: (nullable): frees an answer that nobody takes
 *
 * Lets @func ask the engine of an account, such as for topics, the week, the track record or
 * the audit: for whatever a window shows beside a draft.
 */
void bmn_session_ask_engine_async (BmnSession *self,
                                   gint64 account_id,
                                   BmnEngineFunc func,
                                   gpointer data,
                                   GDestroyNotify destroy_data,
                                   GDestroyNotify destroy,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Returns: (transfer full): what the function returned; %NULL with an error as for
 * bmn_session_advise_finish() */
gpointer bmn_session_ask_engine_finish (BmnSession *self,
                                        GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_list_history_posts:
 * @ids: (array length=n_ids): of history posts, as reasons and topics name them
 *
 * Waits for the disk, briefly; any thread.
 *
 * Returns: (transfer full) (element-type BmnHistoryPost): those that are there, in the order
 *   of @ids
 */
GPtrArray *bmn_session_list_history_posts (BmnSession *self,
                                           const gint64 *ids,
                                           guint n_ids,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
