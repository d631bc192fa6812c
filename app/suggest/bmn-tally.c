#include "bmn-tally-private.h"

#include <math.h>

#define TOP 5

/* Engagements closer than by this factor are as good as equal. */
#define MIN_FACTOR 1.25

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

void
bmn_hashtag_tally_add (BmnHashtagTally *tally,
                       const BmnTagRanking *ranking,
                       const BmnTagHistory *history,
                       const BmnReading *reading)
{
  guint best[TOP], last[TOP];
  guint n_best = MIN (TOP, ranking->n);
  for (guint i = 0; i < n_best; i++)
    best[i] = ranking->ids[ranking->order[i]];
  tally->n++;
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

void
bmn_forecast_tally_add (BmnForecastTally *tally, const BmnPrediction *prediction, double value)
{
  if (!prediction->is_ready)
    return;
  BmnTallyPost now = { value - prediction->base, prediction->lift,
                       prediction->features[BMN_LIFT_FEATURE_WEEK_HOUR] };
  if (prediction->has_interval)
    {
      tally->n_intervals++;
      tally->covered += value >= prediction->low && value <= prediction->high;
    }
  for (guint i = 0; i < MIN (BMN_TALLY_NEAR, tally->n); i++)
    {
      const BmnTallyPost *before = &tally->near[i];
      double difference = now.lift - before->lift;
      if (fabs (difference) < log (MIN_FACTOR))
        continue;
      tally->pairs++;
      tally->right += agreement (now.forecast, before->forecast, difference);
      tally->right_by_hour += agreement (now.by_hour, before->by_hour, difference);
    }
  tally->near[tally->n++ % BMN_TALLY_NEAR] = now;
}

void
bmn_hashtag_tally_save (const BmnHashtagTally *tally, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, tally->n);
  bmn_state_put_uint (writer, tally->hits);
  bmn_state_put_uint (writer, tally->hits_last);
  bmn_state_put_uint (writer, tally->hits_often);
}

void
bmn_hashtag_tally_load (BmnHashtagTally *tally, BmnStateReader *reader)
{
  tally->n = (guint)bmn_state_get_uint (reader, G_MAXINT);
  tally->hits = (guint)bmn_state_get_uint (reader, tally->n);
  tally->hits_last = (guint)bmn_state_get_uint (reader, tally->n);
  tally->hits_often = (guint)bmn_state_get_uint (reader, tally->n);
}

void
bmn_forecast_tally_save (const BmnForecastTally *tally, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, tally->n);
  bmn_state_put_uint (writer, tally->n_intervals);
  bmn_state_put_uint (writer, tally->covered);
  bmn_state_put_uint (writer, tally->pairs);
  bmn_state_put_double (writer, tally->right);
  bmn_state_put_double (writer, tally->right_by_hour);
  for (guint i = 0; i < BMN_TALLY_NEAR; i++)
    {
      bmn_state_put_double (writer, tally->near[i].lift);
      bmn_state_put_double (writer, tally->near[i].forecast);
      bmn_state_put_double (writer, tally->near[i].by_hour);
    }
}

void
bmn_forecast_tally_load (BmnForecastTally *tally, BmnStateReader *reader)
{
  tally->n = (guint)bmn_state_get_uint (reader, G_MAXINT);
  tally->n_intervals = (guint)bmn_state_get_uint (reader, tally->n);
  tally->covered = (guint)bmn_state_get_uint (reader, tally->n_intervals);
  tally->pairs = (guint)bmn_state_get_uint (reader, G_MAXINT);
  tally->right = bmn_state_get_double (reader);
  tally->right_by_hour = bmn_state_get_double (reader);
  for (guint i = 0; i < BMN_TALLY_NEAR; i++)
    {
      tally->near[i].lift = bmn_state_get_double (reader);
      tally->near[i].forecast = bmn_state_get_double (reader);
      tally->near[i].by_hour = bmn_state_get_double (reader);
    }
}
