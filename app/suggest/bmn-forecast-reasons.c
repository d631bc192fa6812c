#include "bmn-lift-features-forecaster-private.h"
#include "bmn-reasons-private.h"

#include <math.h>
#include <stdlib.h>

#define N_SIMILAR 10
#define N_WORDS 3

/* Posts without lift that the numbers shown are shrunk by. */
#define DOUBT 4.0

/* A word that fewer counted posts had is no reason. */
#define MIN_POSTS 2

typedef struct
{
  const BmnEngine *engine;
  const BmnReading *reading;
  const BmnMoment *moment;
} Subject;

/* Names the things whose lift points the way of the effect the most. */
static gboolean
show_things (const Subject *subject,
             BmnReason *reason,
             const guint *ids,
             const guint64 *keys,
             guint n_things)
{
  const BmnLiftTable *table = &subject->engine->forecaster.table;
  BmnTop top;
  bmn_top_init (&top, N_WORDS);
  for (guint i = 0; i < n_things; i++)
    {
      const BmnLiftCell *cell = bmn_lift_table_lookup (table, keys[i]);
      if (!cell || cell->n < MIN_POSTS)
        continue;
      double pull = bmn_lift_cell_mean (cell, DOUBT) * (reason->effect > 0 ? 1 : -1);
      if (pull > 0)
        bmn_top_add (&top, i, pull);
    }
  if (top.n == 0)
    return FALSE;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  double sum = 0, n = 0;
  for (guint i = 0; i < top.n; i++)
    {
      const BmnLiftCell *cell = bmn_lift_table_lookup (table, keys[top.ids[i]]);
      g_strv_builder_add (words,
                          bmn_vocabulary_get (&subject->engine->vocabulary, ids[top.ids[i]]));
      sum += cell->sum;
      n += cell->n;
    }
  reason->words = g_strv_builder_end (words);
  reason->n = (guint)n;
  reason->factor = exp (sum / (n + DOUBT));
  return TRUE;
}

static gboolean
show_words_or_mentions (const Subject *subject, BmnReason *reason, gboolean mentions)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; i < subject->reading->words->len; i++)
    {
      const BmnReadWord *word = &g_array_index (subject->reading->words, BmnReadWord, i);
      if (word->is_mention != mentions)
        continue;
      guint64 key = bmn_key (BMN_KEY_WORD, word->id, 0);
      g_array_append_val (ids, word->id);
      g_array_append_val (keys, key);
    }
  return show_things (subject, reason, (const guint *)ids->data, (const guint64 *)keys->data,
                      ids->len);
}

static gboolean
show_words (const Subject *subject, BmnReason *reason)
{
  return show_words_or_mentions (subject, reason, FALSE);
}

static gboolean
show_mentions (const Subject *subject, BmnReason *reason)
{
  return show_words_or_mentions (subject, reason, TRUE);
}

static gboolean
show_tags (const Subject *subject, BmnReason *reason)
{
  guint ids[BMN_READING_MAX_TAGS];
  guint64 keys[BMN_READING_MAX_TAGS];
  guint n = subject->reading->tags->len;
  for (guint i = 0; i < n; i++)
    {
      ids[i] = g_array_index (subject->reading->tags, BmnReadTag, i).id;
      keys[i] = bmn_key (BMN_KEY_TAG, ids[i], 0);
    }
  return show_things (subject, reason, ids, keys, n);
}

static gboolean
show_similar (const Subject *subject, BmnReason *reason)
{
  /* The search uses the index's scratch, which is part of no state. */
  BmnForecaster *forecaster = (BmnForecaster *)&subject->engine->forecaster;
  BmnNeighbour found[N_SIMILAR];
  guint n = bmn_neighbours_find (&forecaster->neighbours, subject->reading, found, N_SIMILAR);
  double sum = 0;
  for (guint i = 0; i < n; i++)
    {
      double lift = g_array_index (forecaster->document_lifts, double, found[i].document);
      const BmnDocument *document
          = &g_array_index (forecaster->neighbours.documents, BmnDocument, found[i].document);
      gboolean agrees = (lift > 0) == (reason->effect > 0);
      sum += lift;
      bmn_reasons_add_example (subject->engine, agrees ? reason->posts_for : reason->posts_against,
                               document->post);
    }
  reason->n = n;
  reason->factor = exp (sum / (n + DOUBT));
  return n > 0 && (sum > 0) == (reason->effect > 0);
}

static gboolean
show_time (const Subject *subject, BmnReason *reason)
{
  const BmnWeekSums *week = &subject->engine->forecaster.week;
  double n = 0, sum = 0;
  for (int i = -1; i <= 1; i++)
    {
      int hour = subject->moment->weekday * 24 + (subject->moment->hour + 24 + i) % 24;
      n += week->n[hour];
      sum += week->sum[hour];
    }
  reason->weekday = subject->moment->weekday;
  reason->hour = subject->moment->hour;
  reason->n = (guint)n;
  reason->factor = exp (sum / (n + DOUBT));
  return n > 0 && (sum > 0) == (reason->effect > 0);
}

static gboolean
show_effect (const Subject *subject, BmnReason *reason)
{
  return TRUE;
}

static const struct
{
  BmnCause cause;
  BmnReasonKind kind;
  gboolean (*show) (const Subject *subject, BmnReason *reason);
} causes[] = {
  { BMN_CAUSE_WORDS, BMN_REASON_LIFT_WORDS, show_words },
  { BMN_CAUSE_SIMILAR, BMN_REASON_LIFT_SIMILAR, show_similar },
  { BMN_CAUSE_TAGS, BMN_REASON_LIFT_TAGS, show_tags },
  { BMN_CAUSE_MENTION, BMN_REASON_LIFT_MENTION, show_mentions },
  { BMN_CAUSE_LINK, BMN_REASON_LIFT_LINK, show_effect },
  { BMN_CAUSE_TIME, BMN_REASON_LIFT_TIME, show_time },
  { BMN_CAUSE_LEVEL, BMN_REASON_LIFT_LEVEL, show_effect },
  { BMN_CAUSE_DENSITY, BMN_REASON_LIFT_DENSITY, show_effect },
  { BMN_CAUSE_LENGTH, BMN_REASON_LIFT_LENGTH, show_effect },
  { BMN_CAUSE_STYLE, BMN_REASON_LIFT_STYLE, show_effect },
  { BMN_CAUSE_REPETITION, BMN_REASON_LIFT_REPETITION, show_effect },
};

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  double x = fabs ((*(const BmnReason *const *)a)->effect);
  double y = fabs ((*(const BmnReason *const *)b)->effect);
  return (x < y) - (x > y);
}

GPtrArray *
bmn_forecast_reasons_explain (const BmnEngine *engine,
                              const BmnReading *reading,
                              const BmnMoment *moment,
                              const BmnPrediction *prediction)
{
  GPtrArray *reasons = bmn_reasons_new ();
  Subject subject = { engine, reading, moment };
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      double effect
          = prediction->lift
            - bmn_forecaster_lift_without (&engine->forecaster, prediction, causes[i].cause);
      if (fabs (effect) < BMN_MIN_EFFECT)
        continue;
      g_autoptr (BmnReason) reason = bmn_reason_new (causes[i].kind, effect);
      if (causes[i].show (&subject, reason))
        g_ptr_array_add (reasons, g_steal_pointer (&reason));
    }
  g_ptr_array_sort (reasons, compare_sizes);
  if (reasons->len > BMN_MAX_REASONS)
    g_ptr_array_set_size (reasons, BMN_MAX_REASONS);
  return reasons;
}
