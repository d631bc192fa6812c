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
 *
 * Returns: (transfer full) (element-type BmnTextWord): the words, hashtags and emoji without
 *   which the score would be another, in the order of the text
 */
GPtrArray *bmn_text_words_new (const char *text, const BmnTokens *tokens, const BmnLexicons *lists,
                               BmnScoreText score, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

/* Strongest first. */
void bmn_text_words_sort (GPtrArray *words);

G_END_DECLS
