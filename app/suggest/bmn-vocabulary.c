#include "bmn-vocabulary-private.h"
#include "bmn-stop-words-private.h"

#include <string.h>

void
bmn_vocabulary_init (BmnVocabulary *vocabulary)
{
  bmn_key_map_init (&vocabulary->ids);
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
  bmn_key_map_clear (&vocabulary->ids);
  g_clear_pointer (&vocabulary->words, g_ptr_array_unref);
  g_clear_pointer (&vocabulary->chunk, g_string_chunk_free);
}

/* Finds @word. @key: (out): the one it has, or that is free for it: words that happen to have
 * one hash take the next in turn. */
static guint
find (const BmnVocabulary *vocabulary, const char *word, guint64 *key)
{
  *key = bmn_hash_bytes (word, strlen (word));
  for (;;)
    {
      guint id = bmn_key_map_lookup (&vocabulary->ids, *key);
      if (id == BMN_KEY_MAP_NONE)
        return BMN_VOCABULARY_NONE;
      if (strcmp (g_ptr_array_index (vocabulary->words, id), word) == 0)
        return id;
      *key = MAX (1, *key + 1);
    }
}

guint
bmn_vocabulary_lookup (const BmnVocabulary *vocabulary, const char *word)
{
  guint64 key;
  return find (vocabulary, word, &key);
}

guint
bmn_vocabulary_intern (BmnVocabulary *vocabulary, const char *word)
{
  guint64 key;
  guint id = find (vocabulary, word, &key);
  if (id != BMN_VOCABULARY_NONE)
    return id;
  id = vocabulary->words->len;
  g_ptr_array_add (vocabulary->words, g_string_chunk_insert (vocabulary->chunk, word));
  bmn_key_map_insert (&vocabulary->ids, key, id);
  return id;
}

const char *
bmn_vocabulary_get (const BmnVocabulary *vocabulary, guint id)
{
  return g_ptr_array_index (vocabulary->words, id);
}

void
bmn_vocabulary_save (const BmnVocabulary *vocabulary, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, vocabulary->n_stop_words);
  bmn_state_put_uint (writer, vocabulary->words->len - vocabulary->n_stop_words);
  for (guint i = vocabulary->n_stop_words; i < vocabulary->words->len; i++)
    bmn_state_put_string (writer, bmn_vocabulary_get (vocabulary, i));
}

void
bmn_vocabulary_load (BmnVocabulary *vocabulary, BmnStateReader *reader)
{
  if (bmn_state_get_uint (reader, G_MAXUINT) != vocabulary->n_stop_words)
    bmn_state_fail (reader);
  guint n = bmn_state_get_count (reader, 1);
  for (guint i = 0; i < n && !reader->failed; i++)
    {
      g_autofree char *word = bmn_state_get_string (reader);
      guint id = vocabulary->words->len;
      if (bmn_vocabulary_intern (vocabulary, word) != id)
        bmn_state_fail (reader);
    }
}
