#include "bmn-suggestion-settling-private.h"
#include "bmn-tag-name-private.h"

#include "bmn-entity-finder.h"
#include "bmn-entity.h"
#include "bmn-instant.h"
#include "bmn-suggestions.h"

#include <string.h>

static gboolean
has_tag (const char *text, const char *tag)
{
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (text, BMN_TEXT_DIALECT_MASTODON, NULL);
  for (guint i = 0; entities && i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (entity->kind != BMN_ENTITY_HASHTAG)
        continue;
      g_autofree char *name = bmn_tag_name (entity->text);
      if (g_str_equal (name, tag))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_words (const char *text, const char *words)
{
  g_autofree char *hay = g_utf8_casefold (text, -1);
  g_autofree char *needle = g_utf8_casefold (words, -1);
  return strstr (hay, needle) != NULL;
}

static gboolean
is_in_minute_of (const char *suggested, gint64 due_at)
{
  gint64 at;
  return bmn_instant_parse (suggested, &at, NULL)
         && at / G_TIME_SPAN_MINUTE == due_at / G_TIME_SPAN_MINUTE;
}

static gboolean
was_taken (const BmnPublishedSuggestion *published)
{
  const BmnShownSuggestion *suggestion = published->suggestion;
  switch (suggestion->kind)
    {
    case BMN_SUGGESTION_TOPIC:
      return suggestion->outcome == BMN_SUGGESTION_TAKEN
             || has_words (published->text, suggestion->text);
    case BMN_SUGGESTION_TIME:
      return is_in_minute_of (suggestion->text, published->due_at);
    case BMN_SUGGESTION_HASHTAG:
    case BMN_SUGGESTION_EXPERIMENT:
    default:
      return has_tag (published->text, suggestion->text);
    }
}

gboolean
bmn_suggestion_settling_run (BmnTransaction *tx, gint64 account_id, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) all = bmn_suggestions_list_published (tx, account_id, error);
  if (!all)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const BmnPublishedSuggestion *published = all->pdata[i];
      BmnShownSuggestion *suggestion = published->suggestion;
      if (was_taken (published))
        suggestion->outcome = BMN_SUGGESTION_TAKEN;
      else if (suggestion->outcome != BMN_SUGGESTION_DISMISSED)
        suggestion->outcome = BMN_SUGGESTION_IGNORED;
      suggestion->settled_at = now;
      if (!bmn_suggestions_settle (tx, suggestion, error))
        return FALSE;
    }
  return bmn_suggestions_forget_lost (tx, error);
}
