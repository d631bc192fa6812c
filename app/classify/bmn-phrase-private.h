#pragma once

#include "bmn-token-private.h"

G_BEGIN_DECLS

/**
 * bmn_lexicon_find_phrase:
 * @lexicon: (nullable): %NULL knows no words
 * @first: index of the token the phrase begins with
 * @skip: index of a token that counts as not there, or -1
 * @used: (out) (optional): how many tokens the phrase has; 1 where there is none
 *
 * Returns: the sense of the longest entry, up to four words, that stands at @first
 */
BmnWordSense bmn_lexicon_find_phrase (
    const BmnLexicon *lexicon, const BmnTokens *tokens, guint first, int skip, guint *used);

G_END_DECLS
