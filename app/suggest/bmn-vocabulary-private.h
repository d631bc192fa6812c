#pragma once

#include "bmn-state-private.h"
#include "bmn-key-map-private.h"

G_BEGIN_DECLS

/*
 * BmnVocabulary: words to numbers in the order of their first use, and back. The function
 * words of our languages come first, so that one look tells a word and whether it counts.
 */
typedef struct
{
  BmnKeyMap ids;       /* by a hash of the word, or one that follows from it: see find() */
  GPtrArray *words;    /* (owned) (element-type utf8): in @chunk */
  GStringChunk *chunk; /* (owned) */
  guint n_stop_words;
} BmnVocabulary;

#define BMN_VOCABULARY_NONE G_MAXUINT32

void bmn_vocabulary_init (BmnVocabulary *vocabulary);
void bmn_vocabulary_clear (BmnVocabulary *vocabulary);

/* Returns: the number of @word, or %BMN_VOCABULARY_NONE */
guint bmn_vocabulary_lookup (const BmnVocabulary *vocabulary, const char *word);

/* Returns: the number of @word, which is added where it is new */
guint bmn_vocabulary_intern (BmnVocabulary *vocabulary, const char *word);

static inline gboolean
bmn_vocabulary_is_stop_word (const BmnVocabulary *vocabulary, guint id)
{
  return id < vocabulary->n_stop_words;
}

/* Returns: (transfer none): the word of a number that was handed out */
const char *bmn_vocabulary_get (const BmnVocabulary *vocabulary, guint id);

void bmn_vocabulary_save (const BmnVocabulary *vocabulary, BmnStateWriter *writer);

/* Adds to a fresh @vocabulary what was saved. */
void bmn_vocabulary_load (BmnVocabulary *vocabulary, BmnStateReader *reader);

G_END_DECLS
