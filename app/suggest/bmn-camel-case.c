#include "bmn-camel-case-private.h"

#include <string.h>

/* Shorter tags are read as they stand; longer ones are no words at all. */
#define MIN_LETTERS 6
#define MAX_LETTERS 60
#define MIN_WORD 3

/* What each word costs: the fewest, longest words win. */
#define NO_CUT G_MAXUINT

static gboolean
is_word (const BmnVocabulary *vocabulary, const char *start, gsize bytes, glong letters)
{
  if (letters < MIN_WORD)
    return FALSE;
  g_autofree char *word = g_strndup (start, bytes);
  return bmn_vocabulary_lookup (vocabulary, word) != BMN_VOCABULARY_NONE;
}

/* Whether capitals inside already show where its words begin. */
static gboolean
has_inner_capital (const char *spelling)
{
  for (const char *p = g_utf8_next_char (spelling); *p; p = g_utf8_next_char (p))
    {
      if (g_unichar_isupper (g_utf8_get_char (p)) || *p == '_')
        return TRUE;
    }
  return FALSE;
}

/* Finds the cut into the fewest words. @from: (out): for each letter but the first, where
 * the word that ends before it starts. Returns: the number of words, or %NO_CUT */
static guint
cut (const char *lower, glong n, const BmnVocabulary *vocabulary, glong *from)
{
  guint fewest[MAX_LETTERS + 1];
  const char *at[MAX_LETTERS + 1];
  at[0] = lower;
  for (glong i = 1; i <= n; i++)
    at[i] = g_utf8_next_char (at[i - 1]);
  fewest[0] = 0;
  for (glong end = 1; end <= n; end++)
    {
      fewest[end] = NO_CUT;
      for (glong start = 0; start < end; start++)
        {
          if (fewest[start] == NO_CUT || fewest[start] + 1 >= fewest[end]
              || !is_word (vocabulary, at[start], at[end] - at[start], end - start))
            continue;
          fewest[end] = fewest[start] + 1;
          from[end] = start;
        }
    }
  return fewest[n];
}

char *
bmn_camel_case (const char *spelling, const BmnVocabulary *vocabulary)
{
  glong n = g_utf8_strlen (spelling, -1);
  if (n < MIN_LETTERS || n > MAX_LETTERS || has_inner_capital (spelling))
    return NULL;
  g_autofree char *lower = g_utf8_strdown (spelling, -1);
  glong from[MAX_LETTERS + 1] = { 0 };
  gboolean starts[MAX_LETTERS + 1] = { FALSE };
  /* Lowering may change how many letters there are; such a tag is left alone. */
  if (g_utf8_strlen (lower, -1) != n)
    return NULL;
  guint n_words = cut (lower, n, vocabulary, from);
  if (n_words == NO_CUT || n_words < 2)
    return NULL;
  for (glong end = n; end > 0; end = from[end])
    starts[from[end]] = TRUE;

  GString *out = g_string_sized_new (strlen (lower));
  const char *p = lower;
  for (glong i = 0; i < n; i++, p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      g_string_append_unichar (out, starts[i] ? g_unichar_toupper (c) : c);
    }
  return g_string_free (out, FALSE);
}
