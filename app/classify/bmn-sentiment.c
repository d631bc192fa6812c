#include "bmn-sentiment.h"

#include "bmn-language.h"
#include "bmn-text-models-private.h"
#include "bmn-text-word-private.h"

#include <string.h>

/* A word that moves the score by less is not worth a reader's time. */
#define LEAST_WEIGHT 0.02

/* Human ratings run from −4 to +4. */
#define RATING_RANGE 4.0

const char *
bmn_sentiment_label_to_nick (BmnSentimentLabel label)
{
  static const char *const nicks[] = { "negative", "neutral", "positive" };
  g_return_val_if_fail ((gsize)label < G_N_ELEMENTS (nicks), NULL);
  return nicks[label];
}

/* What judging one text needs. */
typedef struct
{
  const BmnTextModels *models;
  BmnLexicons lists;
  const char *language;
} Judge;

static double
score_features (const Judge *judge, const BmnTextFeatures *features)
{
  if (g_strcmp0 (judge->language, "en") == 0)
    {
      double rating;
      bmn_text_model_score (judge->models->rating, features, NULL, &rating);
      return CLAMP (rating / RATING_RANGE, -1, 1);
    }
  double p[3];
  bmn_text_model_probabilities (judge->models->mood, features, judge->language, p);
  return p[BMN_SENTIMENT_POSITIVE] - p[BMN_SENTIMENT_NEGATIVE];
}

static double
score_without (const BmnTokens *tokens, int skip, gpointer user_data)
{
  const Judge *judge = user_data;
  g_autoptr (BmnTextFeatures) features = bmn_text_features_new (tokens, &judge->lists, skip);
  return score_features (judge, features);
}

static BmnSentimentLabel
label_features (const Judge *judge, const BmnTextFeatures *features)
{
  double p[3];
  bmn_text_model_probabilities (judge->models->mood, features, judge->language, p);
  BmnSentimentLabel best = BMN_SENTIMENT_NEUTRAL;
  for (guint i = 0; i < G_N_ELEMENTS (p); i++)
    if (p[i] > p[best])
      best = i;
  return best;
}

BmnSentiment *
bmn_sentiment_new (const BmnTextModels *models,
                   const char *text,
                   gssize length,
                   const char *language)
{
  gsize size = length < 0 ? strlen (text) : (gsize)length;
  g_autofree char *chosen = bmn_text_choose_language (text, size, language);
  Judge judge = { models, bmn_text_models_lists_for (models, chosen), chosen };
  g_autoptr (BmnTokens) tokens = bmn_tokens_new (text, size, judge.lists.symbols);

  BmnSentiment *sentiment = g_new0 (BmnSentiment, 1);
  sentiment->language = g_strdup (chosen ? chosen : BMN_LANGUAGE_UNKNOWN);
  sentiment->label = BMN_SENTIMENT_NEUTRAL;
  if (tokens->list->len == 0)
    {
      sentiment->words = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_text_word_free);
      return sentiment;
    }
  g_autoptr (BmnTextFeatures) features = bmn_text_features_new (tokens, &judge.lists, -1);
  sentiment->score = score_features (&judge, features);
  sentiment->label = label_features (&judge, features);
  sentiment->words
      = bmn_text_words_new (text, tokens, &judge.lists, LEAST_WEIGHT, score_without, &judge);
  return sentiment;
}

void
bmn_sentiment_free (BmnSentiment *sentiment)
{
  g_free (sentiment->language);
  g_ptr_array_unref (sentiment->words);
  g_free (sentiment);
}
