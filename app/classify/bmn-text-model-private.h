#pragma once

#include "bmn-text-features-private.h"

G_BEGIN_DECLS

/* No model tells more classes apart. */
#define BMN_MAX_CLASSES 8

/**
 * BmnTextModel:
 *
 * A linear model over hashed words and letters, as tools/train_models.py writes it. Does not
 * change once made, so it can be read from several threads.
 *
 * The file, numbers in little-endian order: the magic `BMNTXT1\n`; uint32 each: a check sum
 * (FNV-1a) of all that follows it, bits, classes, dense features, languages; a name of 8 bytes
 * for each language; floats: the scale of a weight, a bias per class, then for all languages
 * together and for each of them dense features × classes; int8: 2^bits × classes weights for
 * all languages together and, where there are languages, the same again for single ones. A
 * weight is scale × w × |w|: squares give the many small ones finer steps than the few large.
 */
typedef struct _BmnTextModel BmnTextModel;

/**
 * bmn_text_model_new:
 * @data: a model file; kept, not copied
 * @error: %BMN_ERROR_DAMAGED where it is not whole or not of this program's version
 */
BmnTextModel *bmn_text_model_new (GBytes *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_text_model_free (BmnTextModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTextModel, bmn_text_model_free)

guint bmn_text_model_get_n_classes (const BmnTextModel *model);

/**
 * bmn_text_model_score:
 * @language: (nullable): a primary subtag; one the model does not know counts as none
 * @scores: (out): one for each class: a log-odds, or the estimate itself for a regression
 */
void bmn_text_model_score (const BmnTextModel *model,
                           const BmnTextFeatures *features,
                           const char *language,
                           double *scores);

/**
 * bmn_text_model_probabilities:
 *
 * As bmn_text_model_score(), brought to probabilities that add up to 1 (softmax).
 */
void bmn_text_model_probabilities (const BmnTextModel *model,
                                   const BmnTextFeatures *features,
                                   const char *language,
                                   double *probabilities);

G_END_DECLS
