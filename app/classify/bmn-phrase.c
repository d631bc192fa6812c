#include "bmn-phrase-private.h"

#define LONGEST_PHRASE 4

BmnWordSense
bmn_lexicon_find_phrase (
    const BmnLexicon *lexicon, const BmnTokens *tokens, guint first, int skip, guint *used)
{
  g_autoptr (GString) phrase = g_string_new (NULL);
  BmnWordSense best = { BMN_WORD_UNKNOWN, 0 };
  guint length = 1;
  for (guint i = first; i < MIN (tokens->list->len, first + LONGEST_PHRASE); i++)
    {
      const BmnToken *token = &g_array_index (tokens->list, BmnToken, i);
      if (token->kind != BMN_TOKEN_WORD || (int)i == skip)
        break;
      if (i > first)
        g_string_append_c (phrase, '_');
      g_string_append (phrase, token->form);
      BmnWordSense sense = bmn_lexicon_look_up (lexicon, phrase->str);
      if (sense.role == BMN_WORD_UNKNOWN)
        continue;
      best = sense;
      length = i - first + 1;
    }
  if (used)
    *used = length;
  return best;
}
