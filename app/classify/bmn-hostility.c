#include "bmn-hostility.h"

#include "bmn-text-models-private.h"
#include "bmn-text-word-private.h"

#include <string.h>

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
} Judge;

static void
judge_tokens (const Judge *judge, const BmnTokens *tokens, int skip, double *p)
{
  g_autoptr (BmnTextFeatures) features = bmn_text_features_new (tokens, &judge->lists, skip);
  bmn_text_model_probabilities (judge->models->hostility, features, NULL, p);
}

static double
score_without (const BmnTokens *tokens, int skip, gpointer user_data)
{
  double p[N_CLASSES];
  judge_tokens (user_data, tokens, skip, p);
  return 1 - p[NEITHER];
}

BmnHostility *
bmn_hostility_new (const BmnTextModels *models, const char *text, gssize length)
{
  gsize size = length < 0 ? strlen (text) : (gsize)length;
  Judge judge = { models, bmn_text_models_lists_for (models, "en") };
  g_autoptr (BmnTokens) tokens = bmn_tokens_new (text, size, judge.lists.symbols);
  BmnHostility *hostility = g_new0 (BmnHostility, 1);
  if (tokens->list->len > 0)
    {
      double p[N_CLASSES];
      judge_tokens (&judge, tokens, -1, p);
      hostility->hateful = p[HATEFUL];
      hostility->offensive = p[OFFENSIVE];
    }
  hostility->words = bmn_text_words_new (text, tokens, &judge.lists, score_without, &judge);
  bmn_text_words_sort (hostility->words);
  return hostility;
}

void
bmn_hostility_free (BmnHostility *hostility)
{
  g_ptr_array_unref (hostility->words);
  g_free (hostility);
}
