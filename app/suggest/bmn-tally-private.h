#pragma once

#include "bmn-state-private.h"
#include "bmn-forecaster-private.h"
#include "bmn-tag-ranker-private.h"

G_BEGIN_DECLS

/* Posts that a forecast is compared with: those counted just before. */
#define BMN_TALLY_NEAR 10

/* How often the first five hashtags held one that was used, of all posts ranked to learn. */
typedef struct
{
  guint n;
  guint hits;
  guint hits_last;  /* of the hashtags used last */
  guint hits_often; /* of those used most of late */
} BmnHashtagTally;

typedef struct
{
  double lift;
  double forecast;
  double by_hour;
} BmnTallyPost;

/* How forecasts did, of all posts forecast to learn. */
typedef struct
{
  guint n;
  guint n_intervals;
  guint covered;
  guint pairs;
  double right;
  double right_by_hour;
  BmnTallyPost near[BMN_TALLY_NEAR]; /* a ring */
} BmnForecastTally;

/* Counts a list that was ranked before @reading's own hashtags were known. */
void bmn_hashtag_tally_add (BmnHashtagTally *tally,
                            const BmnTagRanking *ranking,
                            const BmnTagHistory *history,
                            const BmnReading *reading);

/* Counts a forecast whose log-engagement turned out as @value. */
void
bmn_forecast_tally_add (BmnForecastTally *tally, const BmnPrediction *prediction, double value);

void bmn_hashtag_tally_save (const BmnHashtagTally *tally, BmnStateWriter *writer);
void bmn_hashtag_tally_load (BmnHashtagTally *tally, BmnStateReader *reader);
void bmn_forecast_tally_save (const BmnForecastTally *tally, BmnStateWriter *writer);
void bmn_forecast_tally_load (BmnForecastTally *tally, BmnStateReader *reader);

G_END_DECLS
