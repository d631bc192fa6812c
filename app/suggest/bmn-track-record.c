#include "bmn-track-record.h"
#include "bmn-engine-private.h"

#include <glib/gi18n-lib.h>

BmnTrackRecord *
bmn_engine_get_track_record (BmnEngine *engine)
{
  bmn_engine_refresh (engine);
  const BmnHashtagTally *hashtags = &engine->hashtag_tally;
  const BmnForecastTally *forecasts = &engine->forecast_tally;
  double n = MAX (1, hashtags->n), pairs = MAX (1, forecasts->pairs);
  guint plain = MAX (hashtags->hits_last, hashtags->hits_often);
  BmnTrackRecord *record = g_new0 (BmnTrackRecord, 1);
  record->n_tagged = hashtags->n;
  record->hit5 = hashtags->hits / n;
  record->plain_hit5 = plain / n;
  record->hashtags_help = hashtags->n < BMN_TRACK_RECORD_MIN || hashtags->hits > plain;
  record->n_forecasts = forecasts->n;
  record->n_intervals = forecasts->n_intervals;
  record->covered = forecasts->covered / (double)MAX (1, forecasts->n_intervals);
  record->pair_accuracy = forecasts->right / pairs;
  record->plain_pair_accuracy = forecasts->right_by_hour / pairs;
  record->forecast_helps
      = forecasts->n < BMN_TRACK_RECORD_MIN || forecasts->right > forecasts->right_by_hour;
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
