#pragma once

#include <glib.h>
#include <unicode/uscript.h>

G_BEGIN_DECLS

/**
 * BmnLanguageProfile:
 * @tag: BCP 47
 * @script: what it is written in
 * @words: frequent short words, lower case, between single blanks
 * @endings: frequent endings of words, likewise
 * @letters: its letters beyond the basic ones of the script, lower case
 *
 * What tells a language from others of the same script.
 */
typedef struct
{
  const char *tag;
  UScriptCode script;
  const char *words;
  const char *endings;
  const char *letters;
} BmnLanguageProfile;

/* All languages that share their script with another. Of each script the most spoken one
 * comes first: it is the guess where nothing else is known. At most 32. */
extern const BmnLanguageProfile bmn_language_profiles[];
extern const guint bmn_language_n_profiles;

G_END_DECLS
