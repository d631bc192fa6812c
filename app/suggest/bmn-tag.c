#include "bmn-tag-private.h"

#include <math.h>

#define DAY 86400.0

static const double half_life[BMN_N_FADES] = { 2 * DAY, 14 * DAY, 90 * DAY };

/* Gaps to start from, in logarithms: two days, twenty posts. */
#define START_LOG_GAP 4.0
#define START_LOG_POST_GAP 3.0

static void
clear_spelling (gpointer data)
{
  g_free (((BmnTagSpelling *)data)->text);
}

static GArray *
starts_of_parts (const char *spelling)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GPtrArray) parts = bmn_spelling_parts_of (spelling);
  for (guint i = 0; i < parts->len; i++)
    {
      g_autofree char *lower = g_utf8_strdown (g_ptr_array_index (parts, i), -1);
      guint64 start = bmn_spelling_start_of (lower);
      g_array_append_val (starts, start);
    }
  return starts;
}

BmnTag *
bmn_tag_new (const char *name, const char *spelling, double repeat)
{
  BmnTag *tag = g_new0 (BmnTag, 1);
  tag->name = g_strdup (name);
  tag->spellings = g_array_new (FALSE, FALSE, sizeof (BmnTagSpelling));
  g_array_set_clear_func (tag->spellings, clear_spelling);
  tag->mean_log_gap = START_LOG_GAP;
  tag->mean_log_post_gap = START_LOG_POST_GAP;
  tag->repeat = repeat;
  tag->grams = bmn_spelling_grams_of (name);
  tag->gram_length = bmn_spelling_gram_length (name);
  tag->n_letters = (guint)g_utf8_strlen (name, -1);
  tag->part_starts = starts_of_parts (spelling);
  tag->start = bmn_spelling_start_of (name);
  return tag;
}

void
bmn_tag_free (BmnTag *tag)
{
  g_free (tag->name);
  g_array_unref (tag->spellings);
  g_free (tag->uses);
  bmn_tag_links_clear (&tag->next);
  bmn_tag_links_clear (&tag->next_but_one);
  g_array_unref (tag->grams);
  g_array_unref (tag->part_starts);
  g_free (tag);
}

static void
count_spelling (BmnTag *tag, const char *text)
{
  for (guint i = 0; i < tag->spellings->len; i++)
    {
      BmnTagSpelling *spelling = &g_array_index (tag->spellings, BmnTagSpelling, i);
      if (g_str_equal (spelling->text, text))
        {
          spelling->count++;
          return;
        }
    }
  BmnTagSpelling fresh = { g_strdup (text), 1 };
  g_array_append_val (tag->spellings, fresh);
}

static void
learn_gaps (BmnTag *tag, double at, guint n_posts)
{
  double rate = bmn_tag_count (tag) > 2 ? .3 : .5;
  double gap = log (1 + (at - bmn_tag_last_at (tag)) / 3600);
  double post_gap = log (n_posts - tag->last_post);
  tag->mean_log_gap += rate * (gap - tag->mean_log_gap);
  tag->mean_log_post_gap += rate * (post_gap - tag->mean_log_post_gap);
}

void
bmn_tag_append_use (BmnTag *tag, double at, guint document)
{
  gboolean is_full = (tag->n_uses & (tag->n_uses - 1)) == 0;
  if (is_full)
    tag->uses = g_renew (BmnTagUse, tag->uses, MAX (1, tag->n_uses * 2));
  tag->uses[tag->n_uses++] = (BmnTagUse){ at, document };
}

void
bmn_tag_use (BmnTag *tag,
             const char *spelling,
             const BmnMoment *moment,
             guint document,
             guint n_posts,
             guint n_tagged)
{
  gboolean is_first = bmn_tag_count (tag) == 0;
  if (!is_first)
    learn_gaps (tag, moment->at, n_posts);
  for (guint i = 0; i < BMN_N_FADES; i++)
    tag->faded[i] = is_first ? 1 : bmn_tag_get_faded (tag, i, moment->at) + 1;
  tag->last_post = n_posts;
  tag->last_tagged = n_tagged;
  tag->by_weekday[moment->weekday]++;
  tag->by_part_of_day[moment->hour / 3]++;
  tag->by_hour[moment->hour]++;
  bmn_tag_append_use (tag, moment->at, document);
  count_spelling (tag, spelling);
}

double
bmn_tag_first_at (const BmnTag *tag)
{
  return bmn_tag_get_use (tag, 0)->at;
}

double
bmn_tag_last_at (const BmnTag *tag)
{
  return bmn_tag_get_use (tag, tag->n_uses - 1)->at;
}

double
bmn_tag_get_faded (const BmnTag *tag, BmnFade fade, double at)
{
  return tag->faded[fade] * exp2 (MIN (0, bmn_tag_last_at (tag) - at) / half_life[fade]);
}

double
bmn_tag_get_fade_rank (const BmnTag *tag, BmnFade fade)
{
  return log2 (tag->faded[fade]) + bmn_tag_last_at (tag) / half_life[fade];
}

gboolean
bmn_tag_used_between (const BmnTag *tag, double from, double to)
{
  guint low = 0, high = tag->n_uses;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (bmn_tag_get_use (tag, middle)->at < from)
        low = middle + 1;
      else
        high = middle;
    }
  return low < tag->n_uses && bmn_tag_get_use (tag, low)->at <= to;
}

const char *
bmn_tag_get_spelling (const BmnTag *tag)
{
  const BmnTagSpelling *best = &g_array_index (tag->spellings, BmnTagSpelling, 0);
  for (guint i = 1; i < tag->spellings->len; i++)
    {
      const BmnTagSpelling *spelling = &g_array_index (tag->spellings, BmnTagSpelling, i);
      if (spelling->count > best->count)
        best = spelling;
    }
  return best->text;
}

void
bmn_tag_save (const BmnTag *tag, BmnStateWriter *writer)
{
  bmn_state_put_string (writer, tag->name);
  bmn_state_put_uint (writer, tag->spellings->len);
  for (guint i = 0; i < tag->spellings->len; i++)
    {
      const BmnTagSpelling *spelling = &g_array_index (tag->spellings, BmnTagSpelling, i);
      bmn_state_put_string (writer, spelling->text);
      bmn_state_put_uint (writer, spelling->count);
    }
  bmn_state_put_doubles (writer, tag->faded, BMN_N_FADES);
  bmn_state_put_uint (writer, tag->last_post);
  bmn_state_put_uint (writer, tag->last_tagged);
  bmn_state_put_uints (writer, tag->by_weekday, G_N_ELEMENTS (tag->by_weekday));
  bmn_state_put_uints (writer, tag->by_part_of_day, G_N_ELEMENTS (tag->by_part_of_day));
  bmn_state_put_uints (writer, tag->by_hour, G_N_ELEMENTS (tag->by_hour));
  bmn_state_put_uints (writer, tag->by_trait, G_N_ELEMENTS (tag->by_trait));
  bmn_state_put_double (writer, tag->mean_log_gap);
  bmn_state_put_double (writer, tag->mean_log_post_gap);
  bmn_state_put_double (writer, tag->repeat);
  bmn_tag_links_save (&tag->next, writer);
  bmn_tag_links_save (&tag->next_but_one, writer);
}

static void
load_spellings (BmnTag *tag, BmnStateReader *reader, guint n)
{
  for (guint i = 0; i < n && !reader->failed; i++)
    {
      BmnTagSpelling spelling = { bmn_state_get_string (reader), 0 };
      spelling.count = (guint)bmn_state_get_uint (reader, G_MAXINT);
      g_array_append_val (tag->spellings, spelling);
    }
}

BmnTag *
bmn_tag_load (BmnStateReader *reader, guint n_tags)
{
  g_autofree char *name = bmn_state_get_string (reader);
  guint n_spellings = bmn_state_get_count (reader, 2);
  if (reader->failed || *name == '\0' || n_spellings == 0)
    return NULL;
  g_autofree char *first = bmn_state_get_string (reader);
  g_autoptr (BmnTag) tag = bmn_tag_new (name, first, 0);
  BmnTagSpelling spelling
      = { g_steal_pointer (&first), (guint)bmn_state_get_uint (reader, G_MAXINT) };
  g_array_append_val (tag->spellings, spelling);
  load_spellings (tag, reader, n_spellings - 1);
  bmn_state_get_doubles (reader, tag->faded, BMN_N_FADES);
  tag->last_post = (guint)bmn_state_get_uint (reader, G_MAXINT);
  tag->last_tagged = (guint)bmn_state_get_uint (reader, G_MAXINT);
  bmn_state_get_uints (reader, tag->by_weekday, G_N_ELEMENTS (tag->by_weekday), G_MAXINT);
  bmn_state_get_uints (reader, tag->by_part_of_day, G_N_ELEMENTS (tag->by_part_of_day), G_MAXINT);
  bmn_state_get_uints (reader, tag->by_hour, G_N_ELEMENTS (tag->by_hour), G_MAXINT);
  bmn_state_get_uints (reader, tag->by_trait, G_N_ELEMENTS (tag->by_trait), G_MAXINT);
  tag->mean_log_gap = bmn_state_get_double (reader);
  tag->mean_log_post_gap = bmn_state_get_double (reader);
  tag->repeat = bmn_state_get_double (reader);
  bmn_tag_links_load (&tag->next, reader, n_tags);
  bmn_tag_links_load (&tag->next_but_one, reader, n_tags);
  return reader->failed ? NULL : g_steal_pointer (&tag);
}
