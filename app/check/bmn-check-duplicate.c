#include "bmn-check-private.h"

#include "bmn-segmenter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Two posts that share so many of their pairs of words (Jaccard) say the same to a reader, and
 * platforms that punish repetition take them for one. */
#define NEARLY_THE_SAME 0.7

/* Greetings may come back; what is shorter is compared as a whole. */
#define FEW_WORDS 5

/* The words of @text, folded, each with the one before it: a set of hashes. */
static GHashTable *
shingle (BmnSegmenter *segmenter, const char *text, guint *n_words)
{
  GHashTable *pairs = g_hash_table_new (NULL, NULL);
  *n_words = 0;
  if (!bmn_segmenter_set_text (segmenter, text, -1, NULL))
    return pairs;
  BmnSegment segment;
  guint previous = 0;
  while (bmn_segmenter_next (segmenter, &segment))
    {
      g_autofree char *word
          = g_utf8_casefold (text + segment.start, (gssize)(segment.end - segment.start));
      guint hash = g_str_hash (word);
      if ((*n_words)++ > 0)
        g_hash_table_add (pairs, GUINT_TO_POINTER (previous * 31u + hash));
      previous = hash;
    }
  return pairs;
}

static double
jaccard (GHashTable *a, GHashTable *b)
{
  guint shared = 0;
  GHashTableIter iter;
  gpointer pair;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &pair, NULL))
    shared += g_hash_table_contains (b, pair);
  guint all = g_hash_table_size (a) + g_hash_table_size (b) - shared;
  return all ? (double)shared / all : 0;
}

/* A repeat says the same on purpose, and a post is no copy of itself. */
static gboolean
is_own (const BmnPost *post, const BmnEarlierText *earlier)
{
  if (earlier->post_id != 0 && earlier->post_id == post->id)
    return TRUE;
  gint64 series = post->series_id ? post->series_id : post->id;
  return series != 0 && (earlier->series_id == series || earlier->post_id == series);
}

static char *
join_parts (const BmnPost *post)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < post->parts->len; i++)
    g_string_append_printf (text, i ? "\n%s" : "%s",
                            ((const BmnPart *)post->parts->pdata[i])->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_same_line (const char *a, const char *b)
{
  g_autofree char *x = g_strstrip (g_utf8_casefold (a, -1));
  g_autofree char *y = g_strstrip (g_utf8_casefold (b, -1));
  return *x && g_str_equal (x, y);
}

static void
report (BmnCheckRun *run, const BmnCheckPart *part, double likeness)
{
  gsize end = strlen (part->part->text);
  if (likeness >= 1)
    bmn_check_run_add (run, part, BMN_CHECK_DUPLICATE, BMN_SEVERITY_WARNING, 0, end,
                       g_strdup (_ ("You have posted or queued exactly this before. Platforms may "
                                    "hide repeated posts.")));
  else
    bmn_check_run_add (
        run, part, BMN_CHECK_DUPLICATE, BMN_SEVERITY_WARNING, 0, end,
        /* Translators: %.0f is a number from 70 to 99, %% a percent sign */
        g_strdup_printf (_ ("This is %.0f %% the same as an earlier post of yours. Platforms may "
                            "hide repeated posts."),
                         CLAMP (likeness * 100, 0, 99)));
}

void
bmn_check_duplicate (BmnCheckRun *run, const BmnCheckPart *part)
{
  if (part != run->parts->pdata[0] || run->context->n_earlier == 0)
    return;
  g_autofree char *text = join_parts (run->post);
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (BMN_SEGMENT_WORDS, run->post->language);
  guint n_words;
  g_autoptr (GHashTable) pairs = shingle (segmenter, text, &n_words);
  double most = 0;
  for (gsize i = 0; i < run->context->n_earlier && most < 1; i++)
    {
      const BmnEarlierText *earlier = &run->context->earlier[i];
      if (is_own (run->post, earlier))
        continue;
      if (is_same_line (text, earlier->text))
        most = 1;
      if (most >= 1 || n_words < FEW_WORDS)
        continue;
      guint n_earlier_words;
      g_autoptr (GHashTable) other = shingle (segmenter, earlier->text, &n_earlier_words);
      most = MAX (most, MIN (jaccard (pairs, other), 0.99));
    }
  if (most >= NEARLY_THE_SAME)
    report (run, part, most);
}
