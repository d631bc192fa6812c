#include "bmn-spelling-private.h"
#include "bmn-key-map-private.h"
#include "bmn-scan-private.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define START_LENGTH 5

static int
compare_hashes (const void *a, const void *b)
{
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return (x > y) - (x < y);
}

static void
sort_hashes (GArray *hashes)
{
  if (hashes->len > 1)
    qsort (hashes->data, hashes->len, sizeof (guint64), compare_hashes);
}

static gboolean
has_hash (GArray *hashes, guint64 hash)
{
  return hashes->len > 0
         && bsearch (&hash, hashes->data, hashes->len, sizeof (guint64), compare_hashes);
}

/* Adds the hash of each group of @length letters, in order. */
static void
add_grams (GArray *grams, const char *text, guint length)
{
  const char *end = text;
  for (guint i = 0; i < length; i++)
    {
      if (!*end)
        return;
      end = g_utf8_next_char (end);
    }
  for (const char *start = text;; start = g_utf8_next_char (start), end = g_utf8_next_char (end))
    {
      guint64 hash = bmn_hash_bytes (start, end - start);
      g_array_append_val (grams, hash);
      if (!*end)
        return;
    }
}

static const char *
skip_letters (const char *word, guint n)
{
  while (n-- > 0 && *word)
    word = g_utf8_next_char (word);
  return word;
}

guint64
bmn_spelling_start_of (const char *word)
{
  return bmn_hash_bytes (word, skip_letters (word, START_LENGTH) - word);
}

static void
add_starts (GArray *starts, const char *lower)
{
  const char *p = lower;
  while (*p)
    {
      const char *start = p;
      while (*p && bmn_scan_is_word (bmn_scan_peek (p)))
        p = g_utf8_next_char (p);
      if (p > start)
        {
          guint64 whole = bmn_hash_bytes (start, p - start);
          const char *five = skip_letters (start, START_LENGTH);
          guint64 first = bmn_hash_bytes (start, MIN (five, p) - start);
          g_array_append_val (starts, whole);
          g_array_append_val (starts, first);
        }
      else
        p = g_utf8_next_char (p);
    }
}

BmnSpelling *
bmn_spelling_new (const char *lower_plain)
{
  BmnSpelling *spelling = g_new0 (BmnSpelling, 1);
  GString *compact = g_string_sized_new (strlen (lower_plain));
  for (const char *p = lower_plain; *p; p = g_utf8_next_char (p))
    {
      if (bmn_scan_is_word (bmn_scan_peek (p)))
        g_string_append_len (compact, p, g_utf8_next_char (p) - p);
    }
  spelling->compact = g_string_free (compact, FALSE);
  spelling->grams = g_array_new (FALSE, FALSE, sizeof (guint64));
  add_grams (spelling->grams, spelling->compact, 3);
  add_grams (spelling->grams, spelling->compact, 4);
  sort_hashes (spelling->grams);
  spelling->starts = g_array_new (FALSE, FALSE, sizeof (guint64));
  add_starts (spelling->starts, lower_plain);
  sort_hashes (spelling->starts);
  return spelling;
}

void
bmn_spelling_free (BmnSpelling *spelling)
{
  g_free (spelling->compact);
  g_array_unref (spelling->grams);
  g_array_unref (spelling->starts);
  g_free (spelling);
}

gboolean
bmn_spelling_has_gram (const BmnSpelling *spelling, guint64 gram)
{
  return has_hash (spelling->grams, gram);
}

gboolean
bmn_spelling_has_start (const BmnSpelling *spelling, guint64 start)
{
  return has_hash (spelling->starts, start);
}

guint
bmn_spelling_gram_length (const char *name)
{
  return g_utf8_strlen (name, -1) >= START_LENGTH ? 4 : 3;
}

GArray *
bmn_spelling_grams_of (const char *name)
{
  GArray *grams = g_array_new (FALSE, FALSE, sizeof (guint64));
  add_grams (grams, name, bmn_spelling_gram_length (name));
  if (grams->len == 0)
    {
      guint64 whole = bmn_hash_bytes (name, strlen (name));
      g_array_append_val (grams, whole);
    }
  return grams;
}

typedef enum
{
  LETTER_UPPER,
  LETTER_LOWER,
  LETTER_DIGIT,
  LETTER_OTHER,
} LetterKind;

static LetterKind
kind_of (const char *p)
{
  gunichar c = bmn_scan_peek (p);
  if (u_isdigit (c))
    return LETTER_DIGIT;
  if (u_isUUppercase (c))
    return LETTER_UPPER;
  return bmn_scan_is_word (c) && c != '_' ? LETTER_LOWER : LETTER_OTHER;
}

/* Where the part that starts at @p ends: `Word`, `word`, `ABC` (before `Word`) or `123`. */
static const char *
part_end (const char *p)
{
  LetterKind first = kind_of (p);
  const char *q = g_utf8_next_char (p);
  if (first == LETTER_OTHER)
    return q;
  if (first == LETTER_UPPER && *q && kind_of (q) == LETTER_LOWER)
    first = LETTER_LOWER;
  while (*q && kind_of (q) == first)
    {
      const char *next = g_utf8_next_char (q);
      if (first == LETTER_UPPER && *next && kind_of (next) == LETTER_LOWER)
        return q;
      q = next;
    }
  return q;
}

GPtrArray *
bmn_spelling_parts_of (const char *written)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *p = written;
  while (*p)
    {
      const char *end = part_end (p);
      if (g_utf8_strlen (p, end - p) >= 3)
        g_ptr_array_add (parts, g_strndup (p, end - p));
      p = end;
    }
  return parts;
}
