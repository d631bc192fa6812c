#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnTextModels:
 *
 * The word lists and trained models that Bellman comes with. They do not change once loaded, so
 * that one object serves all threads; loading takes some milliseconds and a few megabytes, so
 * the program makes one and hands it down.
 */
typedef struct _BmnTextModels BmnTextModels;

/**
 * bmn_text_models_new:
 * @folder: (nullable): a folder with `lexicon/` and `models/` as in the source tree, to try
 *   newly trained ones; %NULL for those built into the program
 * @error: %BMN_ERROR_DAMAGED with the file that cannot be used
 *
 * Returns: (transfer full):
 */
BmnTextModels *bmn_text_models_new (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
BmnTextModels *bmn_text_models_ref (BmnTextModels *models) G_GNUC_WARN_UNUSED_RESULT;
void bmn_text_models_unref (BmnTextModels *models);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTextModels, bmn_text_models_unref)

G_END_DECLS
