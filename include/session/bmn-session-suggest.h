#pragma once

#include "bmn-engine.h"
#include "bmn-session.h"
#include "bmn-text-models.h"

G_BEGIN_DECLS

/**
 * bmn_session_make_engine:
 *
 * Builds the suggestion engine of an account from its history. Takes as long as the history
 * is long, so a window does it on a worker thread; any thread. Where the account's own track
 * record shows that ranking hashtags does no better than the ones used last, the engine is
 * told to suggest those.
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND or the store's error
 */
BmnEngine *bmn_session_make_engine (BmnSession *self,
                                    gint64 account_id,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_list_free_times:
 * @from: µs: from when on
 * @days: how far ahead to look
 *
 * Returns: (transfer full) (element-type gint64): the account's free slots, or every full hour
 *   where it has no slots, that keep its gap to what is planned; µs, in order
 */
GArray *bmn_session_list_free_times (BmnSession *self,
                                     gint64 account_id,
                                     gint64 from,
                                     guint days,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_get_models:
 *
 * Returns: (transfer none): the word lists and models for sentiment and checks, loaded when
 *   first asked for; %NULL with %BMN_ERROR_DAMAGED
 */
BmnTextModels *bmn_session_get_models (BmnSession *self, GError **error);

G_END_DECLS
