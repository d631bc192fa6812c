#pragma once

#include "bmn-text-models.h"
#include "bmn-text-word.h"

G_BEGIN_DECLS

typedef enum
{
  BMN_SENTIMENT_NEGATIVE,
  BMN_SENTIMENT_NEUTRAL,
  BMN_SENTIMENT_POSITIVE,
} BmnSentimentLabel;

/* Stable names for JSON: `negative`, `neutral`, `positive`. */
const char *bmn_sentiment_label_to_nick (BmnSentimentLabel label);

/**
 * BmnSentiment:
 * @score: −1 (negative) to +1 (positive)
 * @label: what readers would most likely call it; found by a model of its own, so that a
 *   score near 0 may have any label
 * @language: the one the text was read in, BCP 47, `und` where it is not known
 * @words: (element-type BmnTextWord): what made the score, in the order of the text
 */
typedef struct
{
  double score;
  BmnSentimentLabel label;
  char *language;   /* (owned) */
  GPtrArray *words; /* (owned) (element-type BmnTextWord) */
} BmnSentiment;

/**
 * bmn_sentiment_new:
 * @text: any bytes; those that are not valid UTF-8 count as blanks. Judged by its first 600
 *   words and marks
 * @length: in bytes, or -1 where @text is NUL-terminated
 * @language: (nullable): BCP 47; %NULL to have it guessed
 *
 * Judges the mood of a text. In English the score estimates the mean rating by human readers
 * (trained on the ratings published with VADER, Hutto and Gilbert, ICWSM 2014), divided by 4;
 * in other languages it is the probability of positive less that of negative. Languages the
 * model has not learned are judged by what all languages share.
 *
 * May be called from any thread.
 *
 * Returns: (transfer full): never %NULL; a text without words is neutral with score 0
 */
BmnSentiment *bmn_sentiment_new (const BmnTextModels *models,
                                 const char *text,
                                 gssize length,
                                 const char *language) G_GNUC_WARN_UNUSED_RESULT;
void bmn_sentiment_free (BmnSentiment *sentiment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnSentiment, bmn_sentiment_free)

G_END_DECLS
