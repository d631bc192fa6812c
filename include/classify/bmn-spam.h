#pragma once

#include "bmn-text-models.h"
#include "bmn-text-word.h"

G_BEGIN_DECLS

/**
 * BmnSpam:
 * @probability: that the text would be taken for spam
 * @words: (element-type BmnTextWord): what made it, strongest first
 */
typedef struct
{
  double probability;
  GPtrArray *words; /* (owned) (element-type BmnTextWord) */
} BmnSpam;

/**
 * bmn_spam_new:
 * @text: any bytes; those that are not valid UTF-8 count as blanks
 * @length: in bytes, or -1 where @text is NUL-terminated
 *
 * Estimates whether a text reads like advertising by strangers: by a list of words and phrases
 * written by hand (data/lexicon/spam.txt), and by telephone numbers, prices, capitals, links
 * and exclamation marks. Not trained on anybody's messages.
 *
 * May be called from any thread.
 */
BmnSpam *bmn_spam_new (const BmnTextModels *models,
                       const char *text,
                       gssize length) G_GNUC_WARN_UNUSED_RESULT;
void bmn_spam_free (BmnSpam *spam);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnSpam, bmn_spam_free)

G_END_DECLS
