#pragma once

#include "bmn-vocabulary-private.h"

G_BEGIN_DECLS

/**
 * bmn_camel_case:
 * @spelling: a hashtag as it is written
 * @vocabulary: the words of the account's history
 *
 * Returns: (transfer full) (nullable): @spelling with a capital at the start of each word,
 *   where it has none inside and can be cut into two or more words of the history; %NULL
 *   otherwise
 */
char *
bmn_camel_case (const char *spelling, const BmnVocabulary *vocabulary) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
