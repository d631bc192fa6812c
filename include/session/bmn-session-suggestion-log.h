#pragma once

#include "bmn-advice.h"
#include "bmn-engines.h"
#include "bmn-session.h"
#include "bmn-shown-suggestion.h"
#include "bmn-suggestion-report.h"

G_BEGIN_DECLS

/*
 * The log of what was suggested and what became of it. It stays on this computer and goes with
 * its account.
 */

/**
 * bmn_session_log_advice_async:
 * @post_id: the stored draft that @advice is about
 * @n_hashtags: how many of its hashtags the window really showed, from the first on; likewise
 *   @n_experiments, @n_topics and @n_times
 *
 * Puts on record what was on screen. Called in the session's main context; calling it again
 * for the same draft is fine.
 */
void bmn_session_log_advice_async (BmnSession *self,
                                   gint64 post_id,
                                   const BmnAdvice *advice,
                                   guint n_hashtags,
                                   guint n_experiments,
                                   guint n_topics,
                                   guint n_times,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean bmn_session_log_advice_finish (BmnSession *self, GAsyncResult *result, GError **error);

/**
 * bmn_session_log_choice:
 * @text: as #BmnShownSuggestion.text; a hashtag may have its sign and any case
 * @outcome: %BMN_SUGGESTION_TAKEN, %BMN_SUGGESTION_DISMISSED, or %BMN_SUGGESTION_WAITING to
 *   take either back
 *
 * Puts on record that the user took or dismissed something that was shown. Not needed for
 * hashtags and times that are taken: that is seen from the post as it went out, which has the
 * last word on them. Waits for the disk, briefly; any thread. %BMN_ERROR_NOT_FOUND where
 * nothing of the kind was shown for the draft.
 */
gboolean bmn_session_log_choice (BmnSession *self,
                                 gint64 account_id,
                                 gint64 post_id,
                                 BmnSuggestionKind kind,
                                 const char *text,
                                 BmnSuggestionOutcome outcome,
                                 GError **error);

/**
 * bmn_session_drop_dismissed:
 * @advice: changed
 *
 * Takes the hashtags that the user dismissed for this draft out of an advice, so that a «no»
 * holds. Waits for the disk, briefly; any thread.
 */
gboolean
bmn_session_drop_dismissed (BmnSession *self, gint64 post_id, BmnAdvice *advice, GError **error);

/**
 * bmn_session_list_suggestions:
 * @limit: most lines; 0 for all
 *
 * Finds first what became of the suggestions for posts that went out meanwhile. Waits for the
 * disk; any thread.
 *
 * Returns: (transfer full) (element-type BmnShownSuggestion): newest first
 */
GPtrArray *bmn_session_list_suggestions (BmnSession *self,
                                         gint64 account_id,
                                         guint limit,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_report_suggestions:
 * @engines: the caller's own, used on this thread
 * @report: (out caller-allocates): whether hashtag suggestions helped
 *
 * Takes as long as bmn_engines_get(): for a worker thread; any thread.
 */
gboolean bmn_session_report_suggestions (BmnSession *self,
                                         BmnEngines *engines,
                                         gint64 account_id,
                                         BmnSuggestionReport *report,
                                         GError **error);

/* As bmn_session_report_suggestions(), on the advisor's thread; main context. */
void bmn_session_report_suggestions_async (BmnSession *self,
                                           gint64 account_id,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean bmn_session_report_suggestions_finish (BmnSession *self,
                                                GAsyncResult *result,
                                                BmnSuggestionReport *report,
                                                GError **error);

G_END_DECLS
