#include "bmn-text-word-private.h"

#include <math.h>
#include <string.h>

/* Up to this many tokens all words are tried; in longer texts those that the lists know. */
#define FEW_TOKENS 120
#define MOST_WORDS 40

void
bmn_text_word_free (BmnTextWord *word)
{
  g_free (word->text);
  g_free (word);
}

static gboolean
is_wordlike (const BmnToken *token)
{
  return token->kind == BMN_TOKEN_WORD || token->kind == BMN_TOKEN_EMOJI
         || token->kind == BMN_TOKEN_EMOTICON;
}

static gboolean
is_listed (const BmnToken *token, const BmnLexicons *lists)
{
  return bmn_lexicon_look_up (lists->own, token->form).role != BMN_WORD_UNKNOWN
         || bmn_lexicon_look_up (lists->english, token->form).role != BMN_WORD_UNKNOWN
         || bmn_lexicon_look_up (lists->symbols, token->form).role != BMN_WORD_UNKNOWN;
}

GPtrArray *
bmn_text_words_new (const char *text,
                    const BmnTokens *tokens,
                    const BmnLexicons *lists,
                    double least,
                    BmnScoreText score,
                    gpointer user_data)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_text_word_free);
  double whole = score (tokens, -1, user_data);
  gboolean few = tokens->list->len <= FEW_TOKENS;
  guint tried = 0;
  for (guint i = 0; i < tokens->list->len && (few || tried < MOST_WORDS); i++)
    {
      const BmnToken *token = &g_array_index (tokens->list, BmnToken, i);
      if (!is_wordlike (token) || (!few && !is_listed (token, lists)))
        continue;
      tried++;
      double weight = whole - score (tokens, (int)i, user_data);
      if (fabs (weight) < least)
        continue;
      BmnTextWord *word = g_new0 (BmnTextWord, 1);
      word->start = token->start;
      word->end = token->end;
      word->weight = weight;
      g_autofree char *bytes = g_strndup (text + token->start, token->end - token->start);
      word->text = g_utf8_make_valid (bytes, -1);
      g_ptr_array_add (words, word);
    }
  return words;
}

static int
compare_words (const void *a, const void *b)
{
  const BmnTextWord *wa = *(BmnTextWord *const *)a;
  const BmnTextWord *wb = *(BmnTextWord *const *)b;
  double difference = fabs (wb->weight) - fabs (wa->weight);
  if (difference != 0)
    return difference > 0 ? 1 : -1;
  return wa->start < wb->start ? -1 : wa->start > wb->start;
}

void
bmn_text_words_sort (GPtrArray *words)
{
  g_ptr_array_sort (words, compare_words);
}

double
bmn_log_odds (double probability)
{
  double p = CLAMP (probability, 0.001, 0.999);
  return log (p / (1 - p));
}
