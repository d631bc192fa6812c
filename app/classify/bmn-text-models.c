#include "bmn-text-models-private.h"

#include "bmn-classify-data.h"
#include "bmn-error.h"
#include "bmn-language.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE_FOLDER "/io/github/bellman_app/Bellman/classify"

/* Below this a guess of the language says less than what all languages share. */
#define LEAST_CONFIDENCE 0.5

static const char *const lexicon_names[]
    = { "ar", "de", "en", "es", "fr", "hi", "it", "pt", "emoji", "insults", "spam" };

static GBytes *
load (const char *folder, const char *sub_folder, const char *name, GError **error)
{
  if (!folder)
    {
      g_autofree char *path = g_strconcat (RESOURCE_FOLDER "/", sub_folder, "/", name, NULL);
      return g_resource_lookup_data (bmn_classify_data_get_resource (), path,
                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    }
  g_autofree char *path = g_build_filename (folder, sub_folder, name, NULL);
  g_autofree char *content = NULL;
  gsize length;
  if (!g_file_get_contents (path, &content, &length, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&content), length);
}

static gboolean
load_lexicon (BmnTextModels *models, const char *folder, const char *name, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autoptr (GBytes) data = load (folder, "lexicon", file, error);
  BmnLexicon *lexicon = data ? bmn_lexicon_new (data, error) : NULL;
  if (!lexicon)
    {
      g_prefix_error (error, "%s: ", file);
      return FALSE;
    }
  g_hash_table_insert (models->lexicons, g_strdup (name), lexicon);
  return TRUE;
}

static BmnTextModel *
load_model (const char *folder, const char *name, guint n_classes, GError **error)
{
  g_autoptr (GBytes) data = load (folder, "models", name, error);
  g_autoptr (BmnTextModel) model = data ? bmn_text_model_new (data, error) : NULL;
  if (model && bmn_text_model_get_n_classes (model) != n_classes)
    {
      g_clear_pointer (&model, bmn_text_model_free);
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_DAMAGED, "this is another model's file");
    }
  if (!model)
    g_prefix_error (error, "%s: ", name);
  return g_steal_pointer (&model);
}

BmnTextModels *
bmn_text_models_new (const char *folder, GError **error)
{
  g_autoptr (BmnTextModels) models = g_new0 (BmnTextModels, 1);
  g_atomic_ref_count_init (&models->references);
  models->lexicons
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)bmn_lexicon_free);
  for (gsize i = 0; i < G_N_ELEMENTS (lexicon_names); i++)
    if (!load_lexicon (models, folder, lexicon_names[i], error))
      return NULL;
  models->mood = load_model (folder, "mood.bin", 3, error);
  if (!models->mood)
    return NULL;
  models->rating = load_model (folder, "rating.bin", 1, error);
  if (!models->rating)
    return NULL;
  models->hostility = load_model (folder, "hostility.bin", 3, error);
  if (!models->hostility)
    return NULL;
  return g_steal_pointer (&models);
}

BmnTextModels *
bmn_text_models_ref (BmnTextModels *models)
{
  g_atomic_ref_count_inc (&models->references);
  return models;
}

void
bmn_text_models_unref (BmnTextModels *models)
{
  if (!g_atomic_ref_count_dec (&models->references))
    return;
  g_hash_table_unref (models->lexicons);
  g_clear_pointer (&models->mood, bmn_text_model_free);
  g_clear_pointer (&models->rating, bmn_text_model_free);
  g_clear_pointer (&models->hostility, bmn_text_model_free);
  g_free (models);
}

const BmnLexicon *
bmn_text_models_get_lexicon (const BmnTextModels *models, const char *name)
{
  return name ? g_hash_table_lookup (models->lexicons, name) : NULL;
}

BmnLexicons
bmn_text_models_lists_for (const BmnTextModels *models, const char *language)
{
  gboolean english = g_strcmp0 (language, "en") == 0;
  return (BmnLexicons){
    /* No language has a tag as long as the names of the lists that are for none. */
    .own
    = language && strlen (language) <= 3 ? bmn_text_models_get_lexicon (models, language) : NULL,
    .english = english ? NULL : bmn_text_models_get_lexicon (models, "en"),
    .symbols = bmn_text_models_get_lexicon (models, "emoji"),
  };
}

static char *
primary_subtag (const char *language)
{
  return g_ascii_strdown (language, (gssize)strcspn (language, "-_"));
}

char *
bmn_text_choose_language (const char *text, gsize length, const char *language)
{
  if (language && *language)
    {
      g_autofree char *primary = primary_subtag (language);
      return g_str_equal (primary, BMN_LANGUAGE_UNKNOWN) ? NULL : g_steal_pointer (&primary);
    }
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)length);
  BmnLanguage guess = bmn_language_guess (valid);
  if (guess.confidence < LEAST_CONFIDENCE || g_str_equal (guess.tag, BMN_LANGUAGE_UNKNOWN))
    return NULL;
  return primary_subtag (guess.tag);
}
