#pragma once

#include "bmn-text-features-private.h"
#include "bmn-text-word.h"

G_BEGIN_DECLS

/**
 * BmnScoreText:
 * @skip: index of a token to be left out, or -1
 *
 * Judges a text without one of its tokens.
 */
typedef double (*BmnScoreText) (const BmnTokens *tokens, int skip, gpointer user_data);

/**
 * bmn_text_words_new:
 * @text: what @tokens were read from
 * @lists: tell which words are worth a look where there are many
 * @least: a word that moves the score by less is left out
 *
 * Returns: (transfer full) (element-type BmnTextWord): the words, hashtags and emoji without
 *   which the score would be another, in the order of the text
 */
GPtrArray *bmn_text_words_new (const char *text,
                               const BmnTokens *tokens,
                               const BmnLexicons *lists,
                               double least,
                               BmnScoreText score,
                               gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_log_odds:
 * @probability: 0…1; what is next to 0 or 1 counts as a thousandth away from it
 *
 * Words are weighed by this where the score is a probability: near certainty one word more or
 * less moves a probability by nothing, however much it says.
 */
double bmn_log_odds (double probability);

/* Strongest first. */
void bmn_text_words_sort (GPtrArray *words);

G_END_DECLS
