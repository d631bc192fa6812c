#pragma once

#include "bmn-text-model-private.h"
#include "bmn-text-models.h"

G_BEGIN_DECLS

struct _BmnTextModels
{
  gatomicrefcount references;
  GHashTable *lexicons;    /* (owned) (element-type utf8 BmnLexicon) */
  BmnTextModel *mood;      /* (owned): negative, neutral, positive */
  BmnTextModel *rating;    /* (owned): one number, −4…+4 */
  BmnTextModel *hostility; /* (owned): hateful, offensive, neither */
};

/* (nullable) (transfer none): the list named @name, a language or `emoji` or `spam` */
const BmnLexicon *bmn_text_models_get_lexicon (const BmnTextModels *models, const char *name);

/**
 * bmn_text_models_lists_for:
 * @language: (nullable): a primary subtag
 *
 * Returns: the word lists that a text in @language is read with
 */
BmnLexicons bmn_text_models_lists_for (const BmnTextModels *models, const char *language);

/**
 * bmn_text_choose_language:
 * @language: (nullable): BCP 47, as a caller gave it
 *
 * Returns: (transfer full) (nullable): the primary subtag of @language or, where there is none,
 *   of a confident guess; %NULL where neither says anything
 */
char *bmn_text_choose_language (const char *text,
                                gsize length,
                                const char *language) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
