#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnLanguage:
 * @tag: (transfer none): BCP 47, such as `de`; `und` where nothing can be said. Static
 * @confidence: from 0 to 1; below 0.5 it is a hint at best
 */
typedef struct
{
  const char *tag;
  double confidence;
} BmnLanguage;

#define BMN_LANGUAGE_UNKNOWN "und"

/**
 * bmn_language_guess:
 * @text: NUL-terminated; hashtags, mentions and links in it are passed over
 *
 * Guesses the language of a post: by its script where only few languages use it, else by
 * frequent words and letters. Meant for texts of five words and more; looks at the first few
 * thousand characters. May be called from any thread.
 *
 * Returns: the guess; `und` with confidence 0 where @text is too short, says nothing about
 *   its language or is not UTF-8
 */
BmnLanguage bmn_language_guess (const char *text);

G_END_DECLS
