#include "bmn-language-private.h"
#include "bmn-scan-private.h"
#include "bmn-stop-words-private.h"

/* Words from the start that are looked at, and function words that make a language. */
#define MAX_WORDS 60
#define MIN_HITS 2

/* Returns: (transfer none) (element-type utf8 guint): for each function word a bit for each
 * language that has it. Built once and kept as long as the program runs, like the lists. */
static GHashTable *
get_index (void)
{
  static gsize once = 0;
  static GHashTable *index;
  if (g_once_init_enter (&once))
    {
      const char *const *languages = bmn_stop_words_get_languages ();
      index = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; languages[i]; i++)
        for (const char *const *word = bmn_stop_words_get (languages[i]); *word; word++)
          {
            guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (index, *word)) | 1u << i;
            g_hash_table_insert (index, (gpointer)*word, GUINT_TO_POINTER (bits));
          }
      g_once_init_leave (&once, 1);
    }
  return index;
}

static void
count_word (const char *word, guint *hits)
{
  guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (get_index (), word));
  for (guint i = 0; bits != 0; i++, bits >>= 1)
    hits[i] += bits & 1;
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
