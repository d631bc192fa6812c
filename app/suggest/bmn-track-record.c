#include "bmn-track-record.h"
#include "bmn-engine-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define TOP 5

/* Posts that a forecast is compared with: those counted just before. */
#define NEAR 10

/* Engagements closer than by this factor are as good as equal. */
#define MIN_FACTOR 1.25

typedef struct
{
  double lift;
  double forecast;
  double by_hour;
} Counted;

typedef struct
{
  BmnTrackRecord *record;
  guint hits;
  guint hits_last;  /* of the hashtags used last */
  guint hits_often; /* of those used most of late */
  Counted near[NEAR];
  guint n_near;
  guint covered;
  guint pairs;
  double right;
  double right_by_hour;
} Tally;

static gboolean
is_used (const BmnTagHistory *history, const BmnReading *reading, guint id)
{
  const BmnTag *tag = bmn_tag_history_get (history, id);
  for (guint i = 0; i < reading->tags->len; i++)
    {
      if (g_str_equal (g_array_index (reading->tags, BmnReadTag, i).name, tag->name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
any_used (const BmnTagHistory *history, const BmnReading *reading, const guint *ids, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (is_used (history, reading, ids[i]))
        return TRUE;
    }
  return FALSE;
}

/* The five different hashtags used last. Returns: how many there are */
static guint
last_used (const BmnTagHistory *history, guint *ids)
{
  guint n = 0;
  for (guint i = 0; i < history->n_recent_uses && n < TOP; i++)
    {
      gboolean known = FALSE;
      for (guint j = 0; j < n && !known; j++)
        known = ids[j] == history->recent_uses[i];
      if (!known)
        ids[n++] = history->recent_uses[i];
    }
  return n;
}

static void
tally_ranked (const BmnTagQuery *query,
              const BmnTagRanking *ranking,
              const BmnTagHistory *history,
              const BmnReading *reading,
              gpointer data)
{
  Tally *tally = data;
  guint best[TOP], last[TOP];
  guint n_best = MIN (TOP, ranking->n);
  for (guint i = 0; i < n_best; i++)
    best[i] = ranking->ids[ranking->order[i]];
  tally->record->n_tagged++;
  tally->hits += any_used (history, reading, best, n_best);
  tally->hits_last += any_used (history, reading, last, last_used (history, last));
  tally->hits_often
      += any_used (history, reading, history->freshest.ids, MIN (TOP, history->freshest.n));
}

/* 1 where @a and @b are ordered as @difference is, ½ where they are equal. */
static double
agreement (double a, double b, double difference)
{
  if (a == b)
    return .5;
  return (a > b) == (difference > 0) ? 1 : 0;
}

static void
tally_counted (const BmnPrediction *prediction, double value, gpointer data)
{
  Tally *tally = data;
  if (!prediction->is_ready)
    return;
  Counted now = { value - prediction->base, prediction->lift,
                  prediction->features[BMN_LIFT_FEATURE_WEEK_HOUR] };
  tally->record->n_forecasts++;
  if (prediction->has_interval)
    {
      tally->record->n_intervals++;
      tally->covered += value >= prediction->low && value <= prediction->high;
    }
  for (guint i = 0; i < MIN (NEAR, tally->n_near); i++)
    {
      const Counted *before = &tally->near[i];
      double difference = now.lift - before->lift;
      if (fabs (difference) < log (MIN_FACTOR))
        continue;
      tally->pairs++;
      tally->right += agreement (now.forecast, before->forecast, difference);
      tally->right_by_hour += agreement (now.by_hour, before->by_hour, difference);
    }
  tally->near[tally->n_near++ % NEAR] = now;
}

BmnTrackRecord *
bmn_engine_get_track_record (BmnEngine *engine)
{
  BmnTrackRecord *record = g_new0 (BmnTrackRecord, 1);
  Tally tally = { .record = record };
  BmnEngineTrace trace = { tally_ranked, tally_counted, &tally };
  bmn_engine_replay (engine, &trace);

  double n = MAX (1, record->n_tagged), pairs = MAX (1, tally.pairs);
  guint plain = MAX (tally.hits_last, tally.hits_often);
  record->hit5 = tally.hits / n;
  record->plain_hit5 = plain / n;
  record->hashtags_help = record->n_tagged < BMN_TRACK_RECORD_MIN || tally.hits > plain;
  record->covered = tally.covered / (double)MAX (1, record->n_intervals);
  record->pair_accuracy = tally.right / pairs;
  record->plain_pair_accuracy = tally.right_by_hour / pairs;
  record->forecast_helps
      = record->n_forecasts < BMN_TRACK_RECORD_MIN || tally.right > tally.right_by_hour;
  return record;
}

void
bmn_track_record_free (BmnTrackRecord *record)
{
  g_free (record);
}

char *
bmn_track_record_describe_hashtags (const BmnTrackRecord *record)
{
  if (record->n_tagged < BMN_TRACK_RECORD_MIN)
    return g_strdup_printf (ngettext ("Not enough data: suggestions were tried on %u post, and %u "
                                      "are needed.",
                                      "Not enough data: suggestions were tried on %u posts, and "
                                      "%u are needed.",
                                      record->n_tagged),
                            record->n_tagged, BMN_TRACK_RECORD_MIN);
  if (!record->hashtags_help)
    return g_strdup_printf (
        _ ("For this account, the hashtags used last do as well as ranking by the draft: the top "
           "five held one you used in %.0f %% of %u posts, ranking in %.0f %%."),
        100 * record->plain_hit5, record->n_tagged, 100 * record->hit5);
  return g_strdup_printf (
      _ ("The top five suggestions held a hashtag you used in %.0f %% of %u posts; the hashtags "
         "used last would have in %.0f %%."),
      100 * record->hit5, record->n_tagged, 100 * record->plain_hit5);
}

char *
bmn_track_record_describe_forecasts (const BmnTrackRecord *record)
{
  if (record->n_forecasts < BMN_TRACK_RECORD_MIN)
    return g_strdup_printf (ngettext ("Not enough data: forecasts were tried on %u post, and %u "
                                      "are needed.",
                                      "Not enough data: forecasts were tried on %u posts, and %u "
                                      "are needed.",
                                      record->n_forecasts),
                            record->n_forecasts, BMN_TRACK_RECORD_MIN);
  if (!record->forecast_helps)
    return g_strdup_printf (
        _ ("For this account, forecasts name the better of two posts no more often (%.0f %%) than "
           "the hour of the week does (%.0f %%)."),
        100 * record->pair_accuracy, 100 * record->plain_pair_accuracy);
  return g_strdup_printf (
      _ ("Of two posts, forecasts named the better in %.0f %% of cases, the hour of the week in "
         "%.0f %%; the 80 %% interval held %.0f %% of %u posts."),
      100 * record->pair_accuracy, 100 * record->plain_pair_accuracy, 100 * record->covered,
      record->n_intervals);
}
