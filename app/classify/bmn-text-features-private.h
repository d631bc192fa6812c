#pragma once

#include "bmn-token-private.h"

G_BEGIN_DECLS

/* How many numbers describe a text as a whole; see bmn-text-features.c for what each is. */
#define BMN_N_DENSE 56

/**
 * BmnFeature:
 * @hash: of the word, pair of words or letters
 * @value: how much it counts in this text
 */
typedef struct
{
  guint32 hash;
  float value;
} BmnFeature;

/**
 * BmnLexicons:
 * @own: (nullable): of the text's language
 * @english: (nullable): for words borrowed from English; %NULL where @own is English
 * @symbols: (nullable): pictographs and smileys
 *
 * The word lists a text is read with; none is owned.
 */
typedef struct
{
  const BmnLexicon *own;
  const BmnLexicon *english;
  const BmnLexicon *symbols;
} BmnLexicons;

/**
 * BmnTextFeatures:
 * @sparse: (element-type BmnFeature): sorted by hash within each kind
 * @dense: what the word lists and the look of the text say
 *
 * What the models see of a text. tools/text-features.c hands the same to the trainer, so that
 * there is one definition of it.
 */
typedef struct
{
  GArray *sparse; /* (owned) */
  float dense[BMN_N_DENSE];
} BmnTextFeatures;

/**
 * bmn_text_features_new:
 * @skip: index of a token to be left out, or -1
 */
BmnTextFeatures *bmn_text_features_new (const BmnTokens *tokens,
                                        const BmnLexicons *lexicons,
                                        int skip) G_GNUC_WARN_UNUSED_RESULT;
void bmn_text_features_free (BmnTextFeatures *features);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTextFeatures, bmn_text_features_free)

/**
 * bmn_feature_hash:
 *
 * Returns: FNV-1a of @text with @seed in front, stirred so that its low bits can be used alone
 */
guint32 bmn_feature_hash (guint32 seed, const char *text);

/* The hash a feature has in the part of a model that is for @language alone. */
guint32 bmn_feature_hash_in_language (guint32 hash, guint32 language);

G_END_DECLS
