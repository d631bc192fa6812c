#pragma once

#include "bmn-state-private.h"
#include "bmn-fragments-private.h"
#include "bmn-interval-private.h"
#include "bmn-lift-table-private.h"
#include "bmn-neighbours-private.h"
#include "bmn-reader-private.h"
#include "bmn-ridge-private.h"
#include "bmn-tag-private.h"
#include "bmn-week-private.h"
#include "bmn-weights-private.h"

G_BEGIN_DECLS

/* Posts whose counts the "recent median" is of. */
#define BMN_FORECASTER_WINDOW 50

/* Times of the last posts, for how densely the account posts. */
#define BMN_FORECASTER_TIMES 50

/* Below these numbers of counted posts there is no median, and no forecast. */
#define BMN_FORECASTER_MIN_BASE 10
#define BMN_FORECASTER_MIN_FORECAST 40

/* Features of how far off a forecast may be. */
#define BMN_N_SPREAD_FEATURES 15

/* What the account's own ridge sees: the features and what the shipped net makes of them. */
#define BMN_N_RIDGE_INPUTS (BMN_N_LIFT_FEATURES + 1)

/*
 * BmnPrediction: a forecast with all that was known when it was made. It is kept with the
 * post until the counts arrive, and learnt from as it was: features computed again later
 * would know what the counts already taught.
 */
typedef struct
{
  double features[BMN_N_LIFT_FEATURES]; /* as they are */
  double inputs[BMN_N_RIDGE_INPUTS];    /* standardised, and the net's word */
  double spread_features[BMN_N_SPREAD_FEATURES];
  double base;   /* median of the last log-engagements */
  double lift;   /* forecast */
  double spread; /* expected size of its error */
  gboolean has_interval;
  double low;         /* of log-engagement: the interval that 80 % lie in */
  double high;        /* likewise */
  gboolean is_ready;  /* enough posts were counted for it to mean something */
  gboolean is_lesson; /* whether it is learnt from when the counts arrive */
} BmnPrediction;

/* BmnForecaster: what an account's posts did, and what its next one will. */
typedef struct
{
  BmnWeights *weights; /* (owned) */
  BmnLiftTable table;
  BmnNeighbours neighbours; /* over the counted posts */
  GArray *document_lifts;   /* (owned) (element-type double) */
  BmnFragments fragments;
  BmnRidge ridge;
  BmnRidge spread_ridge;
  BmnInterval interval;
  double last_values[BMN_FORECASTER_WINDOW];   /* log-engagements, a ring */
  double sorted_values[BMN_FORECASTER_WINDOW]; /* the same in order */
  guint n_values;                              /* all there ever were */
  double last_lifts[BMN_FORECASTER_WINDOW];    /* over the median when counted, a ring */
  guint n_lifts;
  double last_times[BMN_FORECASTER_TIMES]; /* of all posts, a ring */
  guint n_times;
  double level_fast; /* moving means of log-engagement */
  double level_slow;
  double error_level;       /* moving mean of the lifts' size */
  BmnWeekSums week;         /* lifts over the median when counted */
  BmnWeekSums week_at_post; /* over the median when posted: what a choice of time is for */
} BmnForecaster;

void bmn_forecaster_init (BmnForecaster *forecaster, BmnWeights *weights);
void bmn_forecaster_clear (BmnForecaster *forecaster);

/* Returns: whether there is a median to measure by */
gboolean bmn_forecaster_has_base (const BmnForecaster *forecaster);

/* Fills @prediction for @reading going out at @moment; needs a base. */
void bmn_forecaster_predict (BmnForecaster *forecaster,
                             BmnReader *reader,
                             const BmnReading *reading,
                             const BmnMoment *moment,
                             BmnPrediction *prediction);

/* Fills in the interval of @prediction, where there are errors enough. */
void bmn_forecaster_set_interval (const BmnForecaster *forecaster, BmnPrediction *prediction);

/* Returns: what it would be, were every feature of @cause at its mean over all histories */
double bmn_forecaster_lift_without (const BmnForecaster *forecaster,
                                    const BmnPrediction *prediction,
                                    BmnCause cause);

/* Notes what a post did that went out at @moment; @lift: over the median known then. */
void bmn_forecaster_note_time (BmnForecaster *forecaster, const BmnMoment *moment, double lift);

/* Notes that a post (reply or not) went out. */
void bmn_forecaster_note_post (BmnForecaster *forecaster, double at);

/**
 * bmn_forecaster_learn:
 * @prediction: (nullable): as made when the post went out
 * @value: its log-engagement, ln (1 + likes + reposts + replies)
 * @post: number of the post
 */
void bmn_forecaster_learn (BmnForecaster *forecaster,
                           BmnReader *reader,
                           const BmnReading *reading,
                           const BmnMoment *moment,
                           const BmnPrediction *prediction,
                           double value,
                           guint post);

/* Returns: the median of the last log-engagements; @spread: (out) (optional): their
 *   interquartile range */
double bmn_forecaster_get_base (const BmnForecaster *forecaster, double *spread);

void bmn_forecaster_save (const BmnForecaster *forecaster, BmnStateWriter *writer);

/* Fills a fresh @forecaster; @times, @n_words: as for bmn_neighbours_load() */
void bmn_forecaster_load (BmnForecaster *forecaster,
                          BmnStateReader *reader,
                          const double *times,
                          guint n_times,
                          guint n_words);

void bmn_prediction_save (const BmnPrediction *prediction, BmnStateWriter *writer);
void bmn_prediction_load (BmnPrediction *prediction, BmnStateReader *reader);

G_END_DECLS
