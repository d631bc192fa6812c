#include "bmn-vocabulary-private.h"
#include "bmn-stop-words-private.h"

void
bmn_vocabulary_init (BmnVocabulary *vocabulary)
{
  vocabulary->ids = g_hash_table_new (g_str_hash, g_str_equal);
  vocabulary->words = g_ptr_array_new ();
  vocabulary->chunk = g_string_chunk_new (4096);
  const char *const *languages = bmn_stop_words_get_languages ();
  for (guint i = 0; languages[i]; i++)
    {
      for (const char *const *word = bmn_stop_words_get (languages[i]); *word; word++)
        bmn_vocabulary_intern (vocabulary, *word);
    }
  vocabulary->n_stop_words = vocabulary->words->len;
}

void
bmn_vocabulary_clear (BmnVocabulary *vocabulary)
{
  g_clear_pointer (&vocabulary->ids, g_hash_table_unref);
  g_clear_pointer (&vocabulary->words, g_ptr_array_unref);
  g_clear_pointer (&vocabulary->chunk, g_string_chunk_free);
}

guint
bmn_vocabulary_lookup (const BmnVocabulary *vocabulary, const char *word)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (vocabulary->ids, word));
  return found == 0 ? BMN_VOCABULARY_NONE : found - 1;
}

guint
bmn_vocabulary_intern (BmnVocabulary *vocabulary, const char *word)
{
  guint found = bmn_vocabulary_lookup (vocabulary, word);
  if (found != BMN_VOCABULARY_NONE)
    return found;
  char *own = g_string_chunk_insert (vocabulary->chunk, word);
  g_ptr_array_add (vocabulary->words, own);
  g_hash_table_insert (vocabulary->ids, own, GUINT_TO_POINTER (vocabulary->words->len));
  return vocabulary->words->len - 1;
}

const char *
bmn_vocabulary_get (const BmnVocabulary *vocabulary, guint id)
{
  return g_ptr_array_index (vocabulary->words, id);
}
