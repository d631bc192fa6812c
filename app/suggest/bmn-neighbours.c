#include "bmn-neighbours-private.h"
#include "bmn-top-private.h"

#include <math.h>

/* BM25's saturation and length normalisation, tuned for short posts. */
#define K1 1.2
#define B 0.4

/* How many of the newest posts with a word are looked at: bounds the time of a question
 * whatever the length of the history. */
#define MAX_POSTINGS 150

typedef struct
{
  guint document;
  guint16 count;
  guint16 length; /* of the document: the sum over postings then reads one block of memory */
} Posting;

/* The documents with one word, oldest first; room for the next power of two. */
typedef struct
{
  Posting *items; /* (owned) (nullable) */
  guint n;
} Postings;

static void
clear_postings (gpointer data)
{
  g_free (((Postings *)data)->items);
}

static void
add_posting (Postings *postings, const Posting *posting)
{
  gboolean is_full = (postings->n & (postings->n - 1)) == 0;
  if (is_full)
    postings->items = g_renew (Posting, postings->items, MAX (1, postings->n * 2));
  postings->items[postings->n++] = *posting;
}

void
bmn_neighbours_init (BmnNeighbours *neighbours)
{
  *neighbours = (BmnNeighbours){ 0 };
  neighbours->postings = g_array_new (FALSE, TRUE, sizeof (Postings));
  g_array_set_clear_func (neighbours->postings, clear_postings);
  neighbours->documents = g_array_new (FALSE, FALSE, sizeof (BmnDocument));
  neighbours->touched = g_array_new (FALSE, FALSE, sizeof (guint));
}

void
bmn_neighbours_clear (BmnNeighbours *neighbours)
{
  g_clear_pointer (&neighbours->postings, g_array_unref);
  g_clear_pointer (&neighbours->documents, g_array_unref);
  g_clear_pointer (&neighbours->touched, g_array_unref);
  g_clear_pointer (&neighbours->scores, g_free);
}

static Postings
postings_of (const BmnNeighbours *neighbours, guint word)
{
  return word < neighbours->postings->len ? g_array_index (neighbours->postings, Postings, word)
                                          : (Postings){ 0 };
}

static void
make_room (BmnNeighbours *neighbours)
{
  guint needed = neighbours->documents->len;
  if (needed <= neighbours->n_scores)
    return;
  guint grown = MAX (needed, MAX (64, neighbours->n_scores * 2));
  neighbours->scores = g_renew (double, neighbours->scores, grown);
  for (guint i = neighbours->n_scores; i < grown; i++)
    neighbours->scores[i] = 0;
  neighbours->n_scores = grown;
}

void
bmn_neighbours_add (BmnNeighbours *neighbours, const BmnReading *reading, guint post, double at)
{
  BmnDocument document = { post, reading->sequence->len, at };
  guint number = neighbours->documents->len;
  g_array_append_val (neighbours->documents, document);
  neighbours->total_length += document.length;
  make_room (neighbours);
  for (guint i = 0; i < reading->words->len; i++)
    {
      const BmnReadWord *word = &g_array_index (reading->words, BmnReadWord, i);
      if (word->id >= neighbours->postings->len)
        g_array_set_size (neighbours->postings, word->id + 1);
      Posting posting = { number, (guint16)MIN (word->count, G_MAXUINT16),
                          (guint16)MIN (document.length, G_MAXUINT16) };
      add_posting (&g_array_index (neighbours->postings, Postings, word->id), &posting);
    }
}

double
bmn_neighbours_rarity (const BmnNeighbours *neighbours, guint word)
{
  double n = neighbours->documents->len;
  double with = postings_of (neighbours, word).n;
  return log (1 + (n - with + .5) / (with + .5));
}

static void
add_scores (BmnNeighbours *neighbours, guint word, double mean_length)
{
  Postings postings = postings_of (neighbours, word);
  double rarity = bmn_neighbours_rarity (neighbours, word);
  for (guint i = postings.n > MAX_POSTINGS ? postings.n - MAX_POSTINGS : 0; i < postings.n; i++)
    {
      const Posting *posting = &postings.items[i];
      double *score = &neighbours->scores[posting->document];
      if (*score == 0)
        g_array_append_val (neighbours->touched, posting->document);
      *score += rarity * posting->count * (K1 + 1)
                / (posting->count + K1 * (1 - B + B * posting->length / mean_length));
    }
}

guint
bmn_neighbours_find (BmnNeighbours *neighbours,
                     const BmnReading *reading,
                     BmnNeighbour *found,
                     guint max)
{
  guint n_documents = neighbours->documents->len;
  if (n_documents == 0)
    return 0;
  double mean_length = MAX (1, (double)neighbours->total_length) / n_documents;
  for (guint i = 0; i < reading->words->len; i++)
    add_scores (neighbours, g_array_index (reading->words, BmnReadWord, i).id, mean_length);

  BmnTop top;
  bmn_top_init (&top, max);
  for (guint i = 0; i < neighbours->touched->len; i++)
    {
      guint document = g_array_index (neighbours->touched, guint, i);
      bmn_top_add (&top, document, neighbours->scores[document]);
      neighbours->scores[document] = 0;
    }
  g_array_set_size (neighbours->touched, 0);
  for (guint i = 0; i < top.n; i++)
    found[i] = (BmnNeighbour){ top.ids[i], top.values[i] };
  return top.n;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;
  return (x > y) - (x < y);
}

GArray *
bmn_neighbours_with_words (const BmnNeighbours *neighbours, const guint *words, guint n_words)
{
  GArray *documents = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n_words; i++)
    {
      Postings postings = postings_of (neighbours, words[i]);
      guint n = postings.n;
      for (guint j = n > MAX_POSTINGS ? n - MAX_POSTINGS : 0; j < n; j++)
        g_array_append_val (documents, postings.items[j].document);
    }
  g_array_sort (documents, compare_numbers);
  guint *values = (guint *)documents->data, kept = 0;
  for (guint i = 0; i < documents->len; i++)
    {
      if (kept == 0 || values[kept - 1] != values[i])
        values[kept++] = values[i];
    }
  g_array_set_size (documents, kept);
  return documents;
}

void
bmn_neighbours_save (const BmnNeighbours *neighbours, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, neighbours->documents->len);
  guint before = 0;
  for (guint i = 0; i < neighbours->documents->len; i++)
    {
      const BmnDocument *document = &g_array_index (neighbours->documents, BmnDocument, i);
      bmn_state_put_int (writer, (gint64)document->post - before);
      bmn_state_put_uint (writer, document->length);
      before = document->post;
    }
  bmn_state_put_uint (writer, neighbours->postings->len);
  for (guint i = 0; i < neighbours->postings->len; i++)
    {
      const Postings *postings = &g_array_index (neighbours->postings, Postings, i);
      guint next = 0;
      bmn_state_put_uint (writer, postings->n);
      for (guint j = 0; j < postings->n; j++)
        {
          bmn_state_put_uint (writer, postings->items[j].document - next);
          bmn_state_put_uint (writer, postings->items[j].count);
          next = postings->items[j].document + 1;
        }
    }
}

static void
load_documents (BmnNeighbours *neighbours,
                BmnStateReader *reader,
                const double *times,
                guint n_times)
{
  guint n = bmn_state_get_count (reader, 2);
  gint64 post = 0;
  for (guint i = 0; i < n && !reader->failed; i++)
    {
      gint64 step = bmn_state_get_int (reader);
      post += CLAMP (step, -G_MAXINT, G_MAXINT);
      guint length = (guint)bmn_state_get_uint (reader, G_MAXINT);
      if (post < 0 || post >= n_times)
        {
          bmn_state_fail (reader);
          return;
        }
      BmnDocument document = { (guint)post, length, times[post] };
      g_array_append_val (neighbours->documents, document);
      neighbours->total_length += length;
    }
  make_room (neighbours);
}

static void
load_postings (BmnNeighbours *neighbours, BmnStateReader *reader, Postings *postings)
{
  guint n = bmn_state_get_count (reader, 2), n_documents = neighbours->documents->len;
  guint next = 0;
  for (guint i = 0; i < n; i++)
    {
      guint document = next + (guint)bmn_state_get_uint (reader, G_MAXINT - next);
      guint count = (guint)bmn_state_get_uint (reader, G_MAXUINT16);
      if (document >= n_documents)
        bmn_state_fail (reader);
      if (reader->failed)
        return;
      guint length = g_array_index (neighbours->documents, BmnDocument, document).length;
      Posting posting = { document, (guint16)count, (guint16)MIN (length, G_MAXUINT16) };
      add_posting (postings, &posting);
      next = document + 1;
    }
}

void
bmn_neighbours_load (BmnNeighbours *neighbours,
                     BmnStateReader *reader,
                     const double *times,
                     guint n_times,
                     guint n_words)
{
  load_documents (neighbours, reader, times, n_times);
  guint n = (guint)bmn_state_get_uint (reader, n_words);
  g_array_set_size (neighbours->postings, n);
  for (guint i = 0; i < n && !reader->failed; i++)
    load_postings (neighbours, reader, &g_array_index (neighbours->postings, Postings, i));
}
