#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnSuggestionKind:
 * @BMN_SUGGESTION_HASHTAG: a hashtag that the account used before
 * @BMN_SUGGESTION_EXPERIMENT: a hashtag that it never used
 * @BMN_SUGGESTION_TOPIC: something to write about again
 * @BMN_SUGGESTION_TIME: when to publish
 */
typedef enum
{
  BMN_SUGGESTION_HASHTAG,
  BMN_SUGGESTION_EXPERIMENT,
  BMN_SUGGESTION_TOPIC,
  BMN_SUGGESTION_TIME,
} BmnSuggestionKind;

/* Stable names for the store and JSON: `hashtag`, `experiment`, `topic`, `time`. */
const char *bmn_suggestion_kind_to_nick (BmnSuggestionKind kind);
gboolean bmn_suggestion_kind_from_nick (const char *nick, BmnSuggestionKind *kind);

/**
 * BmnSuggestionOutcome:
 * @BMN_SUGGESTION_WAITING: the post is not out yet
 * @BMN_SUGGESTION_TAKEN: the post went out with it
 * @BMN_SUGGESTION_IGNORED: the post went out without it
 * @BMN_SUGGESTION_DISMISSED: the user said no to it, and the post went out without it
 */
typedef enum
{
  BMN_SUGGESTION_WAITING,
  BMN_SUGGESTION_TAKEN,
  BMN_SUGGESTION_IGNORED,
  BMN_SUGGESTION_DISMISSED,
} BmnSuggestionOutcome;

/* Stable names for the store and JSON: `waiting`, `taken`, `ignored`, `dismissed`. */
const char *bmn_suggestion_outcome_to_nick (BmnSuggestionOutcome outcome);
gboolean bmn_suggestion_outcome_from_nick (const char *nick, BmnSuggestionOutcome *outcome);

/**
 * BmnShownSuggestion:
 * @id: the store's number, 0 until stored
 * @account_id: on which account the post was to go out
 * @post_id: the draft it was made for
 * @kind: see #BmnSuggestionKind
 * @text: what was suggested: a hashtag in lower case without the sign, a topic, or a time as
 *   bmn_instant_format() writes it
 * @rank: place in the list, from 0
 * @probability: as it was shown, 0 to 1; 0 where none was
 * @shown_at: µs since the epoch: when it was last on screen
 * @outcome: see #BmnSuggestionOutcome
 * @settled_at: µs since the epoch: when @outcome was found; 0 for not yet
 * @history_id: the history post that the draft became; 0 for none yet
 *
 * One line of the log of what was suggested. What was shown for one draft several times is one
 * line, of the last time.
 */
typedef struct
{
  gint64 id;
  gint64 account_id;
  gint64 post_id;
  BmnSuggestionKind kind;
  char *text; /* (owned) */
  guint rank;
  double probability;
  gint64 shown_at;
  BmnSuggestionOutcome outcome;
  gint64 settled_at;
  gint64 history_id;
} BmnShownSuggestion;

BmnShownSuggestion *bmn_shown_suggestion_new (gint64 account_id,
                                              gint64 post_id,
                                              BmnSuggestionKind kind,
                                              const char *text) G_GNUC_WARN_UNUSED_RESULT;
void bmn_shown_suggestion_free (BmnShownSuggestion *suggestion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnShownSuggestion, bmn_shown_suggestion_free)

G_END_DECLS
