#pragma once

#include "bmn-text-dialect.h"

G_BEGIN_DECLS

/**
 * BmnTextBorder:
 * @BMN_TEXT_BORDER_NONE: inside a character
 * @BMN_TEXT_BORDER_CODE_POINT: inside a grapheme
 * @BMN_TEXT_BORDER_ENTITY: between graphemes of a link, mention or hashtag
 * @BMN_TEXT_BORDER_GRAPHEME: between graphemes of a word
 * @BMN_TEXT_BORDER_LINE: where a line may be broken, for instance after a hyphen
 * @BMN_TEXT_BORDER_WORD: between words
 * @BMN_TEXT_BORDER_SENTENCE: between sentences
 *
 * How good a place in a text is to cut it, the best last.
 */
typedef enum
{
  BMN_TEXT_BORDER_NONE,
  BMN_TEXT_BORDER_CODE_POINT,
  BMN_TEXT_BORDER_ENTITY,
  BMN_TEXT_BORDER_GRAPHEME,
  BMN_TEXT_BORDER_LINE,
  BMN_TEXT_BORDER_WORD,
  BMN_TEXT_BORDER_SENTENCE,
} BmnTextBorder;

/**
 * bmn_text_borders_new:
 * @text: valid UTF-8
 * @language: (nullable): BCP 47
 *
 * Returns: (transfer full): a #BmnTextBorder for each byte of @text and for its end: how good
 *   it is to cut before that byte
 */
guint8 *bmn_text_borders_new (const char *text,
                              BmnTextDialect dialect,
                              const char *language) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
