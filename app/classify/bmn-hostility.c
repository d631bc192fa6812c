#include "bmn-hostility.h"

#include "bmn-phrase-private.h"
#include "bmn-text-models-private.h"
#include "bmn-text-word-private.h"

#include <string.h>

/* What data/lexicon/insults.txt says of an insult; what is above it is worse. */
#define INSULT 3.0f

/* The lists hold words that are rarely meant well, but quoted now and then. */
#define LISTED_PROBABILITY 0.8

/* A word that moves the log-odds by less is not worth a reader's time. */
#define LEAST_LOG_ODDS 0.2

/* The order of the model's classes. */
enum
{
  HATEFUL,
  OFFENSIVE,
  NEITHER,
  N_CLASSES,
};

/* What judging one text needs. */
typedef struct
{
  const BmnTextModels *models;
  BmnLexicons lists;
  gboolean english;
} Judge;

/* In other languages than English a list says what it knows: the worst word decides between
 * hateful and offensive, and each one leaves less doubt. */
static void
judge_by_list (const Judge *judge, const BmnTokens *tokens, int skip, double *p)
{
  float worst = 0;
  p[NEITHER] = 1;
  for (guint i = 0; i < tokens->list->len; i++)
    {
      if ((int)i == skip)
        continue;
      float value = bmn_lexicon_find_phrase (judge->lists.own, tokens, i, skip, NULL).value;
      worst = MAX (worst, value);
      if (value > 0)
        p[NEITHER] *= 1 - LISTED_PROBABILITY;
    }
  p[HATEFUL] = worst > INSULT ? 1 - p[NEITHER] : 0;
  p[OFFENSIVE] = 1 - p[NEITHER] - p[HATEFUL];
}

static void
judge_tokens (const Judge *judge, const BmnTokens *tokens, int skip, double *p)
{
  if (!judge->english)
    {
      judge_by_list (judge, tokens, skip, p);
      return;
    }
  g_autoptr (BmnTextFeatures) features = bmn_text_features_new (tokens, &judge->lists, skip);
  bmn_text_model_probabilities (judge->models->hostility, features, NULL, p);
}

static double
score_without (const BmnTokens *tokens, int skip, gpointer user_data)
{
  double p[N_CLASSES];
  judge_tokens (user_data, tokens, skip, p);
  return bmn_log_odds (1 - p[NEITHER]);
}

BmnHostility *
bmn_hostility_new (const BmnTextModels *models,
                   const char *text,
                   gssize length,
                   const char *language)
{
  gsize size = length < 0 ? strlen (text) : (gsize)length;
  g_autofree char *chosen = bmn_text_choose_language (text, size, language);
  Judge judge
      = { models, bmn_text_models_lists_for (models, "en"), !chosen || g_str_equal (chosen, "en") };
  if (!judge.english)
    judge.lists = (BmnLexicons){ .own = bmn_text_models_get_lexicon (models, "insults"),
                                 .symbols = judge.lists.symbols };
  g_autoptr (BmnTokens) tokens = bmn_tokens_new (text, size, judge.lists.symbols);
  BmnHostility *hostility = g_new0 (BmnHostility, 1);
  if (tokens->list->len > 0)
    {
      double p[N_CLASSES];
      judge_tokens (&judge, tokens, -1, p);
      hostility->hateful = p[HATEFUL];
      hostility->offensive = p[OFFENSIVE];
    }
  hostility->words
      = bmn_text_words_new (text, tokens, &judge.lists, LEAST_LOG_ODDS, score_without, &judge);
  bmn_text_words_sort (hostility->words);
  return hostility;
}

void
bmn_hostility_free (BmnHostility *hostility)
{
  g_ptr_array_unref (hostility->words);
  g_free (hostility);
}
