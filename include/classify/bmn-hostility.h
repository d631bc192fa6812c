#pragma once

#include "bmn-text-models.h"
#include "bmn-text-word.h"

G_BEGIN_DECLS

/**
 * BmnHostility:
 * @hateful: probability that readers find the text hateful
 * @offensive: probability that readers find it offensive without being hateful
 * @words: (element-type BmnTextWord): what made @hateful and @offensive, strongest first
 *
 * The three judgements of the data it learned from: hateful, offensive, neither.
 */
typedef struct
{
  double hateful;
  double offensive;
  GPtrArray *words; /* (owned) (element-type BmnTextWord) */
} BmnHostility;

/**
 * bmn_hostility_new:
 * @text: any bytes; those that are not valid UTF-8 count as blanks
 * @length: in bytes, or -1 where @text is NUL-terminated
 * @language: (nullable): BCP 47; %NULL to have it guessed
 *
 * Estimates how readers take a text. For English it learned from tweets judged by crowd
 * workers (Davidson et al., ICWSM 2017): the judgements are noisy, and later work found them
 * harsher on African-American English. For other languages it only knows a short list of
 * words (data/lexicon/insults.txt). Fit for a hint to read the text again, never for a block.
 *
 * May be called from any thread.
 */
BmnHostility *bmn_hostility_new (const BmnTextModels *models,
                                 const char *text,
                                 gssize length,
                                 const char *language) G_GNUC_WARN_UNUSED_RESULT;
void bmn_hostility_free (BmnHostility *hostility);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnHostility, bmn_hostility_free)

G_END_DECLS
