#include "bmn-lift-features-forecaster-private.h"
#include "bmn-scan-private.h"
#include "bmn-shape-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define HOUR 3600.0
#define DAY 86400.0
#define N_NEIGHBOURS 25

/* Posts without lift that each mean is shrunk by. */
#define DOUBT 4.0
#define SHAPE_DOUBT 6.0
#define FADED_DOUBT 3.0
#define SIMILAR_DOUBT 8.0
#define TIME_DOUBT 8.0

/* A word that faded below half a post says nothing. */
#define MIN_FADED 0.5

static const struct
{
  const char *name;
  BmnCause cause;
} features[] = {
#define F(id, name, cause) { name, BMN_CAUSE_##cause },
  BMN_LIFT_FEATURES (F)
#undef F
};

const char *
bmn_lift_feature_get_name (BmnLiftFeature feature)
{
  return features[feature].name;
}

BmnCause
bmn_lift_feature_get_cause (BmnLiftFeature feature)
{
  return features[feature].cause;
}

/* What one question needs. */
typedef struct
{
  BmnForecaster *forecaster;
  BmnReader *reader;
  const BmnReading *reading;
  const BmnMoment *moment;
  double base;
  double *x;
} Ask;

/* Moments of a few numbers. */
typedef struct
{
  guint n;
  double sum, squares, min, max;
} Summary;

static void
summary_add (Summary *summary, double value)
{
  summary->min = summary->n == 0 ? value : MIN (summary->min, value);
  summary->max = summary->n == 0 ? value : MAX (summary->max, value);
  summary->sum += value;
  summary->squares += value * value;
  summary->n++;
}

static double
summary_mean (const Summary *summary)
{
  return summary->n > 0 ? summary->sum / summary->n : 0;
}

static double
summary_deviation (const Summary *summary)
{
  double mean = summary_mean (summary);
  return summary->n > 0 ? sqrt (MAX (0, summary->squares / summary->n - mean * mean)) : 0;
}

static const BmnReadWord *
word_at (const BmnReading *reading, guint i)
{
  return &g_array_index (reading->words, BmnReadWord, i);
}

static guint64
tag_key (const BmnReading *reading, guint i)
{
  return bmn_key (BMN_KEY_TAG, g_array_index (reading->tags, BmnReadTag, i).id, 0);
}

GArray *
bmn_lift_model_keys (const BmnReading *reading, const BmnMoment *moment)
{
  GArray *keys = bmn_shape_of_post (reading, moment->weekday, moment->hour);
  for (guint i = 0; i < reading->words->len; i++)
    {
      guint64 key = bmn_key (BMN_KEY_WORD, word_at (reading, i)->id, 0);
      g_array_append_val (keys, key);
    }
  for (guint i = 0; i < reading->tags->len; i++)
    {
      guint64 key = tag_key (reading, i);
      g_array_append_val (keys, key);
    }
  guint64 any = bmn_key (BMN_KEY_ANY, 0, 0);
  g_array_append_val (keys, any);
  return keys;
}

GArray *
bmn_lift_fragments_of (BmnReader *reader, const BmnReading *reading)
{
  g_autofree char *plain = bmn_scan_replace_links (reading->text, " ");
  g_autofree char *lower = bmn_reader_lower (reader, plain);
  return bmn_fragments_of (lower);
}

static void
set_words (const Ask *ask)
{
  const BmnLiftTable *table = &ask->forecaster->table;
  double *x = ask->x;
  Summary words = { 0 }, mentions = { 0 }, faded = { 0 }, faded_mentions = { 0 };
  double weighted = 0, weight = 0;
  for (guint i = 0; i < ask->reading->words->len; i++)
    {
      const BmnReadWord *word = word_at (ask->reading, i);
      const BmnLiftCell *cell = bmn_lift_table_lookup (table, bmn_key (BMN_KEY_WORD, word->id, 0));
      double mean = bmn_lift_cell_mean (cell, DOUBT);
      if (cell && cell->n >= 2)
        summary_add (&words, mean);
      if (word->is_mention)
        summary_add (&mentions, mean);
      double n;
      double faded_mean = bmn_lift_cell_faded_mean (cell, FADED_DOUBT, ask->moment->at, &n);
      if (n < MIN_FADED)
        continue;
      summary_add (&faded, faded_mean);
      weighted += faded_mean * sqrt (n);
      weight += n;
      if (word->is_mention)
        summary_add (&faded_mentions, faded_mean);
    }
  x[BMN_LIFT_FEATURE_WORD_MEAN] = summary_mean (&words);
  x[BMN_LIFT_FEATURE_WORD_MAX] = words.max;
  x[BMN_LIFT_FEATURE_WORD_MIN] = words.min;
  x[BMN_LIFT_FEATURE_WORD_SUM] = words.sum;
  x[BMN_LIFT_FEATURE_MENTION_MEAN] = summary_mean (&mentions);
  x[BMN_LIFT_FEATURE_WORD_FADED_MEAN] = summary_mean (&faded);
  x[BMN_LIFT_FEATURE_WORD_FADED_MAX] = faded.max;
  x[BMN_LIFT_FEATURE_WORD_FADED_MIN] = faded.min;
  x[BMN_LIFT_FEATURE_WORD_SPREAD] = summary_deviation (&faded);
  x[BMN_LIFT_FEATURE_WORD_WEIGHTED] = weighted / (sqrt (weight) + 1);
  x[BMN_LIFT_FEATURE_MENTION_FADED] = summary_mean (&faded_mentions);
  x[BMN_LIFT_FEATURE_MENTION_BEST] = faded_mentions.max;
  x[BMN_LIFT_FEATURE_N_WORDS] = ask->reading->words->len / 20.0;
}

static double
faded_mean_of (const Ask *ask, guint64 key)
{
  double n;
  const BmnLiftCell *cell = bmn_lift_table_lookup (&ask->forecaster->table, key);
  double mean = bmn_lift_cell_faded_mean (cell, FADED_DOUBT, ask->moment->at, &n);
  return n < MIN_FADED ? 0 : mean;
}

static void
set_contexts (const Ask *ask)
{
  const BmnReading *reading = ask->reading;
  if (reading->words->len > 0)
    ask->x[BMN_LIFT_FEATURE_FIRST_WORD]
        = faded_mean_of (ask, bmn_key (BMN_KEY_FIRST, word_at (reading, 0)->id, 0));
  guint64 link = bmn_key (BMN_KEY_NO_LINK, 0, 0);
  if (reading->domains->len > 0)
    link = bmn_key (BMN_KEY_DOMAIN, g_array_index (reading->domains, guint, 0), 0);
  ask->x[BMN_LIFT_FEATURE_DOMAIN] = faded_mean_of (ask, link);
}

static void
set_tags (const Ask *ask)
{
  const BmnReading *reading = ask->reading;
  const BmnLiftTable *table = &ask->forecaster->table;
  Summary tags = { 0 }, faded = { 0 };
  for (guint i = 0; i < reading->tags->len; i++)
    {
      const BmnLiftCell *cell = bmn_lift_table_lookup (table, tag_key (reading, i));
      if (!cell)
        continue;
      double n;
      summary_add (&tags, bmn_lift_cell_mean (cell, DOUBT));
      double mean = bmn_lift_cell_faded_mean (cell, FADED_DOUBT, ask->moment->at, &n);
      if (n >= MIN_FADED)
        summary_add (&faded, mean);
    }
  const BmnLiftCell *none = bmn_lift_table_lookup (table, bmn_key (BMN_KEY_NO_TAG, 0, 0));
  ask->x[BMN_LIFT_FEATURE_TAG_MEAN]
      = tags.n > 0 ? summary_mean (&tags) : bmn_lift_cell_mean (none, DOUBT);
  ask->x[BMN_LIFT_FEATURE_TAG_MAX] = tags.max;
  ask->x[BMN_LIFT_FEATURE_TAG_FADED] = summary_mean (&faded);
  ask->x[BMN_LIFT_FEATURE_N_TAGS] = MIN (4, reading->tags->len) / 4.0;
}

static void
set_similar (const Ask *ask)
{
  BmnForecaster *forecaster = ask->forecaster;
  double *x = ask->x;
  BmnNeighbour found[N_NEIGHBOURS];
  guint n = bmn_neighbours_find (&forecaster->neighbours, ask->reading, found, N_NEIGHBOURS);
  double all = 0, all_weight = SIMILAR_DOUBT, faded = 0, faded_weight = SIMILAR_DOUBT;
  double fresh = 0, fresh_weight = DOUBT, tight = 0, tight_weight = 0;
  for (guint i = 0; i < n; i++)
    {
      double lift = g_array_index (forecaster->document_lifts, double, found[i].document);
      double at
          = g_array_index (forecaster->neighbours.documents, BmnDocument, found[i].document).at;
      double age = MAX (0, ask->moment->at - at);
      double weight = found[i].score;
      all += weight * lift;
      all_weight += weight;
      faded += weight * exp2 (-age / (45 * DAY)) * lift;
      faded_weight += weight * exp2 (-age / (45 * DAY));
      fresh += age < 14 * DAY ? weight * lift : 0;
      fresh_weight += age < 14 * DAY ? weight : 0;
      double closeness = pow (weight / found[0].score, 4);
      tight += closeness * lift;
      tight_weight += closeness;
    }
  x[BMN_LIFT_FEATURE_SIMILAR] = all / all_weight;
  x[BMN_LIFT_FEATURE_SIMILAR_45_DAYS] = faded / faded_weight;
  x[BMN_LIFT_FEATURE_SIMILAR_14_DAYS] = fresh / fresh_weight;
  x[BMN_LIFT_FEATURE_SIMILAR_TIGHT] = n > 0 ? tight / tight_weight : 0;
  if (n == 0)
    return;
  double duplicate = MIN (1.5, found[0].score / (5 + 2.0 * ask->reading->words->len));
  x[BMN_LIFT_FEATURE_DUPLICATE] = duplicate;
  x[BMN_LIFT_FEATURE_DUPLICATE_LIFT]
      = duplicate * g_array_index (forecaster->document_lifts, double, found[0].document);
}

static void
set_sums (const Ask *ask)
{
  const BmnLiftTable *table = &ask->forecaster->table;
  g_autoptr (GArray) shape
      = bmn_shape_of_post (ask->reading, ask->moment->weekday, ask->moment->hour);
  double shape_sum = 0, learnt = 0;
  for (guint i = 0; i < shape->len; i++)
    shape_sum += bmn_lift_cell_mean (
        bmn_lift_table_lookup (table, g_array_index (shape, guint64, i)), SHAPE_DOUBT);
  g_autoptr (GArray) keys = bmn_lift_model_keys (ask->reading, ask->moment);
  for (guint i = 0; i < keys->len; i++)
    {
      const BmnLiftCell *cell = bmn_lift_table_lookup (table, g_array_index (keys, guint64, i));
      learnt += cell ? cell->weight : 0;
    }
  g_autoptr (GArray) fragments = bmn_lift_fragments_of (ask->reader, ask->reading);
  ask->x[BMN_LIFT_FEATURE_SHAPE] = shape_sum;
  ask->x[BMN_LIFT_FEATURE_LEARNT_SUM] = learnt;
  ask->x[BMN_LIFT_FEATURE_FRAGMENTS]
      = bmn_fragments_predict (&ask->forecaster->fragments, fragments);
}

/* Mean of the last @n lifts. */
static double
mean_of_last (const BmnForecaster *forecaster, guint n)
{
  guint have = MIN (n, forecaster->n_lifts);
  double sum = 0;
  for (guint i = 1; i <= have; i++)
    sum += forecaster->last_lifts[(forecaster->n_lifts - i) % BMN_FORECASTER_WINDOW];
  return sum / n;
}

static void
set_level (const Ask *ask)
{
  const BmnForecaster *forecaster = ask->forecaster;
  double *x = ask->x;
  x[BMN_LIFT_FEATURE_LAST] = mean_of_last (forecaster, 1);
  x[BMN_LIFT_FEATURE_LAST_3] = mean_of_last (forecaster, 3);
  x[BMN_LIFT_FEATURE_LAST_20] = mean_of_last (forecaster, 20);
  x[BMN_LIFT_FEATURE_LEVEL_FAST] = forecaster->level_fast - ask->base;
  x[BMN_LIFT_FEATURE_LEVEL_SLOW] = forecaster->level_slow - ask->base;
  x[BMN_LIFT_FEATURE_LEVEL_SLOPE] = forecaster->level_fast - forecaster->level_slow;
  x[BMN_LIFT_FEATURE_ERROR_LEVEL] = forecaster->error_level;
}

static void
set_time (const Ask *ask)
{
  const BmnForecaster *forecaster = ask->forecaster;
  const BmnMoment *moment = ask->moment;
  double *x = ask->x;
  double hour_n = TIME_DOUBT, hour = 0, day_n = TIME_DOUBT, day = 0;
  for (int i = 0; i < 7; i++)
    {
      hour_n += forecaster->week.n[i * 24 + moment->hour];
      hour += forecaster->week.sum[i * 24 + moment->hour];
    }
  for (int i = 0; i < 24; i++)
    {
      day_n += forecaster->week.n[moment->weekday * 24 + i];
      day += forecaster->week.sum[moment->weekday * 24 + i];
    }
  x[BMN_LIFT_FEATURE_WEEK_HOUR]
      = bmn_week_sums_around (&forecaster->week, moment->weekday * 24 + moment->hour);
  x[BMN_LIFT_FEATURE_HOUR] = hour / hour_n;
  x[BMN_LIFT_FEATURE_WEEKDAY] = day / day_n;

  double now = moment->at, last = now - DAY;
  guint have = MIN (forecaster->n_times, BMN_FORECASTER_TIMES), in_hour = 0, in_day = 0;
  if (have > 0)
    last = forecaster->last_times[(forecaster->n_times - 1) % BMN_FORECASTER_TIMES];
  for (guint i = 0; i < have; i++)
    {
      double age = now - forecaster->last_times[i];
      in_hour += age < HOUR ? 1 : 0;
      in_day += age < DAY ? 1 : 0;
    }
  double gap = MAX (0, now - last);
  x[BMN_LIFT_FEATURE_GAP] = log (1 + gap / HOUR);
  x[BMN_LIFT_FEATURE_POSTS_HOUR] = in_hour / 3.0;
  x[BMN_LIFT_FEATURE_POSTS_DAY] = log (1 + in_day);
  x[BMN_LIFT_FEATURE_THREAD] = gap < HOUR / 2;
}

static gboolean
is_upper (gunichar c)
{
  return u_isUUppercase (c);
}

static gboolean
is_alphabetic (gunichar c)
{
  return u_isalpha (c);
}

static gboolean
is_digit (gunichar c)
{
  return u_isdigit (c);
}

static void
set_style (const Ask *ask)
{
  const BmnReading *reading = ask->reading;
  const char *text = reading->text;
  double *x = ask->x;
  g_autofree char *raw = bmn_scan_replace_links (text, "");
  guint letters = bmn_reading_count (raw, is_alphabetic, G_MAXUINT);
  x[BMN_LIFT_FEATURE_DRAFT_LENGTH] = log1p (g_utf8_strlen (reading->draft, -1)) / 5;
  x[BMN_LIFT_FEATURE_LENGTH] = g_utf8_strlen (raw, -1) / 140.0;
  x[BMN_LIFT_FEATURE_N_MENTIONS] = MIN (3, bmn_shape_count_sign (text, '@')) / 3.0;
  x[BMN_LIFT_FEATURE_HAS_LINK] = reading->n_links > 0;
  x[BMN_LIFT_FEATURE_HAS_PICTURE] = bmn_shape_has_picture (reading) || reading->n_links > 1;
  x[BMN_LIFT_FEATURE_QUESTION] = strchr (text, '?') != NULL;
  x[BMN_LIFT_FEATURE_QUOTE] = bmn_shape_starts_with_quote (text) || text[0] == '.';
  x[BMN_LIFT_FEATURE_STARTS_UPPER] = u_isUUppercase (g_utf8_get_char (text));
  x[BMN_LIFT_FEATURE_EMOJI] = bmn_reading_count (text, bmn_scan_is_emoji, 3) / 3.0;
  x[BMN_LIFT_FEATURE_CAPITALS]
      = (double)bmn_reading_count (raw, is_upper, G_MAXUINT) / MAX (1, letters);
  x[BMN_LIFT_FEATURE_EXCLAMATIONS] = MIN (3, bmn_shape_count_sign (text, '!')) / 3.0;
  x[BMN_LIFT_FEATURE_DIGITS] = bmn_reading_count (raw, is_digit, 1);
  x[BMN_LIFT_FEATURE_REPOST_STYLE] = g_str_has_prefix (text, "RT") || g_str_has_prefix (text, ".@")
                                     || bmn_shape_starts_with_quote (text);
}

void
bmn_lift_features_compute (BmnForecaster *forecaster,
                           BmnReader *reader,
                           const BmnReading *reading,
                           const BmnMoment *moment,
                           double base,
                           double *x)
{
  Ask ask = { forecaster, reader, reading, moment, base, x };
  memset (x, 0, BMN_N_LIFT_FEATURES * sizeof (double));
  x[BMN_LIFT_FEATURE_ONE] = 1;
  set_words (&ask);
  set_contexts (&ask);
  set_tags (&ask);
  set_similar (&ask);
  set_sums (&ask);
  set_level (&ask);
  set_time (&ask);
  set_style (&ask);
}
