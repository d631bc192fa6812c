#pragma once

#include "bmn-session.h"
#include "bmn-text-models.h"

G_BEGIN_DECLS

/**
 * bmn_session_list_free_times:
 * @from: µs: from when on
 * @days: how far ahead to look
 *
 * Returns: (transfer full) (element-type gint64): the account's free slots, or every full hour
 *   where it has no slots, that keep its gap to what is planned and lie in none of its
 *   never-hours; µs, in order. Any thread
 */
GArray *bmn_session_list_free_times (BmnSession *self,
                                     gint64 account_id,
                                     gint64 from,
                                     guint days,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_get_models:
 *
 * Any thread.
 *
 * Returns: (transfer none): the word lists and models for sentiment and checks, loaded when
 *   first asked for; %NULL with %BMN_ERROR_DAMAGED
 */
BmnTextModels *bmn_session_get_models (BmnSession *self, GError **error);

G_END_DECLS
