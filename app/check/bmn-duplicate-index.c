#include "bmn-duplicate-index.h"

#include "bmn-segmenter.h"

#include <stdlib.h>
#include <string.h>

/* Greetings may come back; what is shorter is compared as a whole. */
#define FEW_WORDS 5

/* A text of this many words is no post; the rest of it is not compared. */
#define MOST_WORDS 5000

/* One text: where its pairs lie in the index, in rising order. */
typedef struct
{
  gint64 post_id;
  gint64 series_id;
  guint64 whole; /* hash of the folded text; 0 for an empty one */
  guint first;
  guint n_pairs;
} Entry;

struct _BmnDuplicateIndex
{
  GArray *entries;         /* (owned) (element-type Entry) */
  GArray *pairs;           /* (owned) (element-type guint32): of all entries */
  BmnSegmenter *segmenter; /* (owned) */
};

BmnDuplicateIndex *
bmn_duplicate_index_new (void)
{
  BmnDuplicateIndex *self = g_new0 (BmnDuplicateIndex, 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->pairs = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->segmenter = bmn_segmenter_new (BMN_SEGMENT_WORDS, NULL);
  return self;
}

void
bmn_duplicate_index_free (BmnDuplicateIndex *self)
{
  g_array_unref (self->entries);
  g_array_unref (self->pairs);
  bmn_segmenter_free (self->segmenter);
  g_free (self);
}

/* FNV-1a. */
static guint64
hash_bytes (const char *text, gsize length)
{
  guint64 hash = 0xcbf29ce484222325u;
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar)text[i]) * 0x100000001b3u;
  return hash;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return (x > y) - (x < y);
}

/* Sorts what was appended from @first on and drops what is there twice. */
static void
settle (GArray *pairs, guint first)
{
  guint32 *numbers = (guint32 *)pairs->data + first;
  guint n = pairs->len - first, kept = 0;
  qsort (numbers, n, sizeof *numbers, compare_numbers);
  for (guint i = 0; i < n; i++)
    if (i == 0 || numbers[i] != numbers[kept - 1])
      numbers[kept++] = numbers[i];
  g_array_set_size (pairs, first + kept);
}

/* Appends to @pairs the words of @text, folded, each with the one before it. */
static Entry
read_text (BmnSegmenter *segmenter, const char *text, GArray *pairs)
{
  Entry entry = { .first = pairs->len };
  g_autofree char *folded = g_strstrip (g_utf8_casefold (text, -1));
  if (*folded)
    entry.whole = hash_bytes (folded, strlen (folded)) | 1;
  BmnSegment word;
  guint32 previous = 0;
  guint n_words = 0;
  if (!bmn_segmenter_set_text (segmenter, folded, -1, NULL))
    return entry;
  for (; n_words < MOST_WORDS && bmn_segmenter_next (segmenter, &word); n_words++)
    {
      guint64 hash = hash_bytes (folded + word.start, word.end - word.start);
      guint32 number = (guint32)(hash ^ hash >> 32);
      guint32 pair = previous * 31 + number;
      if (n_words > 0)
        g_array_append_val (pairs, pair);
      previous = number;
    }
  settle (pairs, entry.first);
  if (n_words < FEW_WORDS)
    g_array_set_size (pairs, entry.first);
  entry.n_pairs = pairs->len - entry.first;
  return entry;
}

void
bmn_duplicate_index_add (BmnDuplicateIndex *self,
                         gint64 post_id,
                         gint64 series_id,
                         const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return;
  Entry entry = read_text (self->segmenter, text, self->pairs);
  entry.post_id = post_id;
  entry.series_id = series_id;
  g_array_append_val (self->entries, entry);
}

/* Both in rising order. */
static double
jaccard (const guint32 *a, guint n_a, const guint32 *b, guint n_b)
{
  guint shared = 0;
  for (guint i = 0, j = 0; i < n_a && j < n_b;)
    {
      shared += a[i] == b[j];
      guint32 x = a[i], y = b[j];
      i += x <= y;
      j += y <= x;
    }
  guint all = n_a + n_b - shared;
  return all ? (double)shared / all : 0;
}

/* A repeat says the same on purpose, and a post is no copy of itself. */
static gboolean
is_own (const Entry *entry, gint64 post_id, gint64 series_id)
{
  if (post_id != 0 && entry->post_id == post_id)
    return TRUE;
  gint64 series = series_id ? series_id : post_id;
  return series != 0 && (entry->series_id == series || entry->post_id == series);
}

double
bmn_duplicate_index_find (const BmnDuplicateIndex *self,
                          gint64 post_id,
                          gint64 series_id,
                          const char *text)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (guint32));
  const Entry draft = read_text (self->segmenter, text, pairs);
  double most = 0;
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      if (is_own (entry, post_id, series_id))
        continue;
      if (draft.whole != 0 && entry->whole == draft.whole)
        return 1;
      /* Sets of very different sizes cannot be more alike than this. */
      double bound = (double)MIN (entry->n_pairs, draft.n_pairs)
                     / MAX (1, MAX (entry->n_pairs, draft.n_pairs));
      if (bound <= most)
        continue;
      double likeness = jaccard ((const guint32 *)pairs->data, draft.n_pairs,
                                 (const guint32 *)self->pairs->data + entry->first, entry->n_pairs);
      most = MAX (most, MIN (likeness, 0.99));
    }
  return most;
}
