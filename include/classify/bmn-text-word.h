#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnTextWord:
 * @text: as it stands in the text
 * @start: in bytes of the text
 * @end: in bytes of the text
 * @weight: by how much the score, or the log-odds of a probability, would be lower if the
 *   word were not there; negative where it would be higher
 *
 * A word, hashtag or emoji that a judgement rests on. The weight is measured by judging the
 * text again without the word, so it holds for every kind of model.
 */
typedef struct
{
  char *text; /* (owned) */
  gsize start;
  gsize end;
  double weight;
} BmnTextWord;

void bmn_text_word_free (BmnTextWord *word);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTextWord, bmn_text_word_free)

G_END_DECLS
