#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer none) (nullable): the function words of @language (its first subtag
 *   counts: `pt-BR` is `pt`), %NULL-terminated, lower case; %NULL where we have none */
const char *const *bmn_stop_words_get (const char *language);

/* Returns: (transfer none) (array zero-terminated=1): the languages that have a list */
const char *const *bmn_stop_words_get_languages (void);

G_END_DECLS
