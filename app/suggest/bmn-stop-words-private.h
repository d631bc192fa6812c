#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer none) (nullable): the function words of @language (its first subtag
 *   counts: `pt-BR` is `pt`), %NULL-terminated, lower case; %NULL where we have none */
const char *const *bmn_stop_words_get (const char *language);

/* Returns: (transfer full) (element-type utf8): the function words of all our languages
 *   together; keys are static */
GHashTable *bmn_stop_words_get_all (void) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none) (array zero-terminated=1): the languages that have a list */
const char *const *bmn_stop_words_get_languages (void);

G_END_DECLS
