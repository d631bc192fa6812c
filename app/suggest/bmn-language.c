#include "bmn-language-private.h"
#include "bmn-scan-private.h"
#include "bmn-stop-words-private.h"

#include <string.h>

/* Words from the start that are looked at, and function words that make a language. */
#define MAX_WORDS 60
#define MIN_HITS 2

static gboolean
contains (const char *const *words, const char *word)
{
  for (; *words; words++)
    {
      if (g_str_equal (*words, word))
        return TRUE;
    }
  return FALSE;
}

static void
count_word (const char *word, guint *hits)
{
  const char *const *languages = bmn_stop_words_get_languages ();
  for (guint i = 0; languages[i]; i++)
    hits[i] += contains (bmn_stop_words_get (languages[i]), word) ? 1 : 0;
}

const char *
bmn_language_of (const char *declared, const char *text)
{
  if (declared && *declared)
    return declared;
  const char *const *languages = bmn_stop_words_get_languages ();
  guint hits[16] = { 0 };
  const char *p = text;
  for (guint n = 0; *p && n < MAX_WORDS;)
    {
      const char *start = p;
      while (*p && bmn_scan_is_word (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      if (p == start)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      g_autofree char *word = g_utf8_strdown (start, p - start);
      count_word (word, hits);
      n++;
    }
  guint best = 0;
  for (guint i = 1; languages[i]; i++)
    best = hits[i] > hits[best] ? i : best;
  return hits[best] >= MIN_HITS ? languages[best] : "und";
}
