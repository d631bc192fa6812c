#include "bmn-shown-suggestion.h"
#include "bmn-nick-private.h"

static const char *const kind_nicks[] = { "hashtag", "experiment", "topic", "time", NULL };

static const char *const outcome_nicks[] = { "waiting", "taken", "ignored", "dismissed", NULL };

const char *
bmn_suggestion_kind_to_nick (BmnSuggestionKind kind)
{
  return bmn_nick_get (kind_nicks, kind);
}

gboolean
bmn_suggestion_kind_from_nick (const char *nick, BmnSuggestionKind *kind)
{
  int value = bmn_nick_find (kind_nicks, nick);
  if (value < 0)
    return FALSE;
  *kind = value;
  return TRUE;
}

const char *
bmn_suggestion_outcome_to_nick (BmnSuggestionOutcome outcome)
{
  return bmn_nick_get (outcome_nicks, outcome);
}

gboolean
bmn_suggestion_outcome_from_nick (const char *nick, BmnSuggestionOutcome *outcome)
{
  int value = bmn_nick_find (outcome_nicks, nick);
  if (value < 0)
    return FALSE;
  *outcome = value;
  return TRUE;
}

BmnShownSuggestion *
bmn_shown_suggestion_new (gint64 account_id,
                          gint64 post_id,
                          BmnSuggestionKind kind,
                          const char *text)
{
  BmnShownSuggestion *suggestion = g_new0 (BmnShownSuggestion, 1);
  suggestion->account_id = account_id;
  suggestion->post_id = post_id;
  suggestion->kind = kind;
  suggestion->text = g_strdup (text);
  return suggestion;
}

void
bmn_shown_suggestion_free (BmnShownSuggestion *suggestion)
{
  g_free (suggestion->text);
  g_free (suggestion);
}
