#pragma once

#include "bmn-shown-suggestion.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* The log of what was suggested. All of these run inside a transaction. */

/**
 * bmn_suggestions_put:
 *
 * Puts on record that a suggestion was on screen. What was shown for the same draft before
 * gets the new place, probability and time and keeps its outcome; what is settled stays as it
 * is.
 */
gboolean
bmn_suggestions_put (BmnTransaction *tx, const BmnShownSuggestion *suggestion, GError **error);

/* Sets the outcome of what @suggestion names by account, post, kind and text, as long as it is
 * not settled; %BMN_ERROR_NOT_FOUND where there is none. */
gboolean
bmn_suggestions_choose (BmnTransaction *tx, const BmnShownSuggestion *suggestion, GError **error);

/* Returns: (transfer full): the texts of what the user dismissed for a post and is not settled */
GStrv bmn_suggestions_list_dismissed (BmnTransaction *tx,
                                      gint64 account_id,
                                      gint64 post_id,
                                      BmnSuggestionKind kind,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type BmnShownSuggestion): newest first */
GPtrArray *bmn_suggestions_list (BmnTransaction *tx, gint64 account_id, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnPublishedSuggestion:
 * @suggestion: with the history post that its draft became
 * @text: all of the post as it went out
 * @due_at: µs: when it was planned for
 *
 * A suggestion that is not settled although its post is out.
 */
typedef struct
{
  BmnShownSuggestion *suggestion; /* (owned) */
  char *text;                     /* (owned) */
  gint64 due_at;
} BmnPublishedSuggestion;

void bmn_published_suggestion_free (BmnPublishedSuggestion *published);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPublishedSuggestion, bmn_published_suggestion_free)

/* @account_id: 0 for all. Returns: (transfer full) (element-type BmnPublishedSuggestion) */
GPtrArray *bmn_suggestions_list_published (BmnTransaction *tx,
                                           gint64 account_id,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Stores outcome, settled_at and history_id. */
gboolean
bmn_suggestions_settle (BmnTransaction *tx, const BmnShownSuggestion *suggestion, GError **error);

/* Forgets what was shown for drafts that were deleted before they went out. */
gboolean bmn_suggestions_forget_lost (BmnTransaction *tx, GError **error);

G_END_DECLS
