#include "bmn-spam.h"

#include "bmn-phrase-private.h"
#include "bmn-text-models-private.h"
#include "bmn-text-word-private.h"

#include <math.h>
#include <string.h>

/* Log-odds of what is no word; judged by hand like those of data/lexicon/spam.txt. */
#define BIAS (-2.6)
#define TELEPHONE 2.2
#define SHORT_CODE 1.4
#define PRICE 1.3
#define LINK 0.5
#define CAPITALS 0.5
#define EXCLAMATION 0.25
#define NUMBER 0.2

/* Many weak signs must not add up to what one strong one says, nor a long chat to certainty. */
#define MOST_AGAINST (-3.5)
#define MOST_CAPITALS 3

/* A word that moves the log-odds by less is not worth a reader's time. */
#define LEAST_LOG_ODDS 0.2

/* From how many digits on a number is one to be called. */
#define TELEPHONE_DIGITS 9
#define SHORT_CODE_DIGITS 5

static guint
count_digits (const char *form)
{
  guint n = 0;
  for (const char *p = form; *p; p++)
    n += g_ascii_isdigit (*p);
  return n;
}

/* "150p" and "20eur", but not "9pm". */
static gboolean
is_price (const char *form)
{
  const char *unit = form + strspn (form, "0123456789");
  return unit > form
         && (g_str_equal (unit, "p") || g_str_equal (unit, "ppm") || g_str_equal (unit, "gbp")
             || g_str_equal (unit, "usd") || g_str_equal (unit, "eur"));
}

static double
odds_of_look (const BmnToken *token, const BmnToken *before)
{
  gsize length = strlen (token->form);
  switch (token->kind)
    {
    case BMN_TOKEN_NUMBER:
      if (length >= TELEPHONE_DIGITS)
        return TELEPHONE;
      if (length >= SHORT_CODE_DIGITS)
        return SHORT_CODE;
      if (before && strstr ("£ $ € ££ $$", before->form))
        return PRICE;
      return NUMBER;
    case BMN_TOKEN_WORD:
      if (is_price (token->form))
        return PRICE;
      return count_digits (token->form) >= SHORT_CODE_DIGITS ? SHORT_CODE : 0;
    case BMN_TOKEN_URL:
      return LINK;
    case BMN_TOKEN_MARK:
      return token->form[0] == '!' ? EXCLAMATION : 0;
    default:
      return 0;
    }
}

static double
log_odds_of (const BmnTokens *tokens, int skip, gpointer user_data)
{
  const BmnLexicon *list = user_data;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  double odds_for = 0;
  double odds_against = 0;
  guint capitals = 0;
  const BmnToken *before = NULL;
  for (guint i = 0; i < tokens->list->len; i++)
    {
      if ((int)i == skip)
        continue;
      const BmnToken *token = &g_array_index (tokens->list, BmnToken, i);
      guint used;
      double odds = bmn_lexicon_find_phrase (list, tokens, i, skip, &used).value;
      odds += odds_of_look (token, before);
      before = token;
      if (token->loud && capitals++ < MOST_CAPITALS)
        odds += CAPITALS;
      i += used - 1;
      /* Said twice is not twice the proof. */
      if (!g_hash_table_add (seen, (gpointer)token->form))
        odds /= 3;
      odds_for += MAX (odds, 0);
      odds_against += MIN (odds, 0);
    }
  odds_against = MAX (odds_against, MOST_AGAINST);
  return BIAS + odds_for + odds_against;
}

BmnSpam *
bmn_spam_new (const BmnTextModels *models, const char *text, gssize length)
{
  gsize size = length < 0 ? strlen (text) : (gsize)length;
  const BmnLexicon *list = bmn_text_models_get_lexicon (models, "spam");
  const BmnLexicons lists = { .own = list };
  g_autoptr (BmnTokens) tokens
      = bmn_tokens_new (text, size, bmn_text_models_get_lexicon (models, "emoji"));
  BmnSpam *spam = g_new0 (BmnSpam, 1);
  spam->probability
      = tokens->list->len ? 1 / (1 + exp (-log_odds_of (tokens, -1, (gpointer)list))) : 0;
  spam->words
      = bmn_text_words_new (text, tokens, &lists, LEAST_LOG_ODDS, log_odds_of, (gpointer)list);
  bmn_text_words_sort (spam->words);
  return spam;
}

void
bmn_spam_free (BmnSpam *spam)
{
  g_ptr_array_unref (spam->words);
  g_free (spam);
}
