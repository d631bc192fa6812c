#include "bmn-forecaster-private.h"
#include "bmn-lift-features-forecaster-private.h"

#include <math.h>
#include <string.h>

#define INPUT_LIMIT 4.0

/* Lifts beyond this (a factor of 33) teach no more than those at it. */
#define LIFT_LIMIT 3.5

/* The prior of the own ridge: half the shipped ridge, half the shipped net, counted as 300
 * posts; older posts weigh half after 1400 newer ones, and the prior never fades. */
#define PRIOR_SHARE 0.5
#define PRIOR_STRENGTH 300.0
#define FADE 0.9995
#define PULL 0.15

#define SPREAD_STRENGTH 20.0
#define SPREAD_FADE 0.999
#define SPREAD_PULL 0.004
#define SPREAD_LIMIT 4.0

#define MODEL_RATE 0.12
#define MODEL_SHRINK 0.02

void
bmn_forecaster_init (BmnForecaster *forecaster, BmnWeights *weights)
{
  double prior[BMN_N_RIDGE_INPUTS], no_prior[BMN_N_SPREAD_FEATURES] = { 0 };
  for (guint i = 0; i < BMN_N_LIFT_FEATURES; i++)
    prior[i] = PRIOR_SHARE * weights->lift_linear[i];
  prior[BMN_N_LIFT_FEATURES] = 1 - PRIOR_SHARE;

  *forecaster = (BmnForecaster){ .error_level = .8 };
  forecaster->weights = bmn_weights_ref (weights);
  bmn_lift_table_init (&forecaster->table);
  bmn_neighbours_init (&forecaster->neighbours);
  forecaster->document_lifts = g_array_new (FALSE, FALSE, sizeof (double));
  bmn_fragments_init (&forecaster->fragments);
  bmn_ridge_init (&forecaster->ridge, BMN_N_RIDGE_INPUTS, prior, PRIOR_STRENGTH, FADE, PULL);
  bmn_ridge_init (&forecaster->spread_ridge, BMN_N_SPREAD_FEATURES, no_prior, SPREAD_STRENGTH,
                  SPREAD_FADE, SPREAD_PULL);
}

void
bmn_forecaster_clear (BmnForecaster *forecaster)
{
  g_clear_pointer (&forecaster->weights, bmn_weights_unref);
  bmn_lift_table_clear (&forecaster->table);
  bmn_neighbours_clear (&forecaster->neighbours);
  g_clear_pointer (&forecaster->document_lifts, g_array_unref);
  bmn_fragments_clear (&forecaster->fragments);
  bmn_ridge_clear (&forecaster->ridge);
  bmn_ridge_clear (&forecaster->spread_ridge);
}

gboolean
bmn_forecaster_has_base (const BmnForecaster *forecaster)
{
  return forecaster->n_lifts >= BMN_FORECASTER_MIN_BASE;
}

/* Takes a value into the window, and the oldest out of a full one. */
static void
push_value (BmnForecaster *forecaster, double value)
{
  double *sorted = forecaster->sorted_values;
  guint n = MIN (forecaster->n_values, BMN_FORECASTER_WINDOW);
  guint place = forecaster->n_values % BMN_FORECASTER_WINDOW;
  if (n == BMN_FORECASTER_WINDOW)
    {
      guint out = 0;
      while (sorted[out] != forecaster->last_values[place])
        out++;
      memmove (sorted + out, sorted + out + 1, (n - out - 1) * sizeof (double));
      n--;
    }
  guint in = n;
  for (; in > 0 && sorted[in - 1] > value; in--)
    sorted[in] = sorted[in - 1];
  sorted[in] = value;
  forecaster->last_values[place] = value;
  forecaster->n_values++;
}

double
bmn_forecaster_get_base (const BmnForecaster *forecaster, double *spread)
{
  guint n = MIN (forecaster->n_values, BMN_FORECASTER_WINDOW);
  const double *sorted = forecaster->sorted_values;
  if (spread)
    *spread = n > 0 ? sorted[3 * n / 4] - sorted[n / 4] : 0;
  if (n == 0)
    return 0;
  return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

/* What tells how far off a forecast may be. */
static void
fill_spread_features (const double *x, double lift, double base, double range, double *f)
{
  double values[BMN_N_SPREAD_FEATURES] = {
    1,
    log (.2 + x[BMN_LIFT_FEATURE_ERROR_LEVEL]),
    x[BMN_LIFT_FEATURE_POSTS_DAY],
    log (.1 + range),
    x[BMN_LIFT_FEATURE_N_TAGS],
    x[BMN_LIFT_FEATURE_N_MENTIONS],
    lift,
    fabs (lift),
    x[BMN_LIFT_FEATURE_WORD_SPREAD],
    base / 5,
    x[BMN_LIFT_FEATURE_REPOST_STYLE],
    x[BMN_LIFT_FEATURE_QUESTION],
    x[BMN_LIFT_FEATURE_HAS_LINK],
    x[BMN_LIFT_FEATURE_DRAFT_LENGTH],
    x[BMN_LIFT_FEATURE_DUPLICATE],
  };
  memcpy (f, values, sizeof values);
}

/* What the shipped net makes of the standardised features in front. */
static double
evaluate_net (const BmnForecaster *forecaster, const double *inputs)
{
  float net_inputs[BMN_N_LIFT_FEATURES];
  for (guint i = 0; i < BMN_N_LIFT_FEATURES; i++)
    net_inputs[i] = (float)inputs[i];
  return bmn_net_evaluate (forecaster->weights->lift_net, net_inputs);
}

void
bmn_forecaster_set_interval (const BmnForecaster *forecaster, BmnPrediction *prediction)
{
  double centre = prediction->base + prediction->lift, low = 0, high = 0;
  prediction->has_interval
      = prediction->is_ready && bmn_interval_get (&forecaster->interval, &low, &high);
  prediction->low = MAX (0, centre + prediction->spread * low);
  prediction->high = MAX (0, centre + prediction->spread * high);
}

void
bmn_forecaster_predict (BmnForecaster *forecaster,
                        BmnReader *reader,
                        const BmnReading *reading,
                        const BmnMoment *moment,
                        BmnPrediction *prediction)
{
  const BmnWeights *weights = forecaster->weights;
  double range, *x = prediction->features;
  double base = bmn_forecaster_get_base (forecaster, &range);
  bmn_lift_features_compute (forecaster, reader, reading, moment, base, x);
  for (guint i = 0; i < BMN_N_LIFT_FEATURES; i++)
    {
      double standard = (x[i] - weights->lift_mean[i]) / weights->lift_deviation[i];
      prediction->inputs[i] = CLAMP (standard, -INPUT_LIMIT, INPUT_LIMIT);
    }
  prediction->inputs[BMN_N_LIFT_FEATURES] = evaluate_net (forecaster, prediction->inputs);
  prediction->base = base;
  prediction->lift = bmn_ridge_predict (&forecaster->ridge, prediction->inputs);
  fill_spread_features (x, prediction->lift, base, range, prediction->spread_features);
  prediction->spread
      = exp (bmn_ridge_predict (&forecaster->spread_ridge, prediction->spread_features));
  prediction->is_ready = forecaster->n_lifts >= BMN_FORECASTER_MIN_FORECAST;
  prediction->is_lesson = FALSE;
  prediction->has_interval = FALSE;
  prediction->low = prediction->high = 0;
}

double
bmn_forecaster_lift_without (const BmnForecaster *forecaster,
                             const BmnPrediction *prediction,
                             BmnCause cause)
{
  double inputs[BMN_N_RIDGE_INPUTS];
  memcpy (inputs, prediction->inputs, sizeof inputs);
  for (guint i = 0; i < BMN_N_LIFT_FEATURES; i++)
    {
      if (bmn_lift_feature_get_cause (i) == cause)
        inputs[i] = 0;
    }
  inputs[BMN_N_LIFT_FEATURES] = evaluate_net (forecaster, inputs);
  return bmn_ridge_predict (&forecaster->ridge, inputs);
}

void
bmn_forecaster_note_post (BmnForecaster *forecaster, double at)
{
  forecaster->last_times[forecaster->n_times++ % BMN_FORECASTER_TIMES] = at;
}

void
bmn_forecaster_note_time (BmnForecaster *forecaster, const BmnMoment *moment, double lift)
{
  bmn_week_sums_add (&forecaster->week_at_post, moment->weekday * 24 + moment->hour,
                     CLAMP (lift, -LIFT_LIMIT, LIFT_LIMIT));
}

static void
learn_from_prediction (BmnForecaster *forecaster, const BmnPrediction *prediction, double value)
{
  double error = value - prediction->base - prediction->lift;
  double lift = CLAMP (value - prediction->base, -LIFT_LIMIT, LIFT_LIMIT);
  bmn_ridge_learn (&forecaster->ridge, prediction->inputs, lift);
  bmn_ridge_learn (&forecaster->spread_ridge, prediction->spread_features,
                   CLAMP (log (fabs (error) + .05), -SPREAD_LIMIT, SPREAD_LIMIT));
  if (prediction->is_ready)
    bmn_interval_add (&forecaster->interval, error / prediction->spread);
}

/* One AdaGrad step of the linear model over all things of the post. */
static void
learn_model (BmnForecaster *forecaster, const GArray *keys, double lift)
{
  guint n = keys->len;
  g_autofree guint *places = g_new (guint, n);
  double error = -lift;
  for (guint i = 0; i < n; i++)
    {
      places[i] = bmn_lift_table_ensure (&forecaster->table, g_array_index (keys, guint64, i));
      error += bmn_lift_table_get (&forecaster->table, places[i])->weight;
    }
  double share = error / sqrt (n);
  for (guint i = 0; i < n; i++)
    {
      BmnLiftCell *cell = bmn_lift_table_get (&forecaster->table, places[i]);
      double gradient = share + MODEL_SHRINK * cell->weight;
      cell->square += (float)(gradient * gradient);
      cell->weight -= (float)(MODEL_RATE * gradient / sqrt (cell->square));
      bmn_lift_cell_add (cell, lift);
    }
}

static void
add_faded (BmnForecaster *forecaster, guint64 key, double lift, double at)
{
  guint place = bmn_lift_table_ensure (&forecaster->table, key);
  bmn_lift_cell_add_faded (bmn_lift_table_get (&forecaster->table, place), lift, at);
}

static void
learn_faded (BmnForecaster *forecaster, const BmnReading *reading, double lift, double at)
{
  for (guint i = 0; i < reading->words->len; i++)
    {
      guint word = g_array_index (reading->words, BmnReadWord, i).id;
      add_faded (forecaster, bmn_key (BMN_KEY_WORD, word, 0), lift, at);
      if (i == 0)
        add_faded (forecaster, bmn_key (BMN_KEY_FIRST, word, 0), lift, at);
    }
  for (guint i = 0; i < reading->tags->len; i++)
    add_faded (forecaster,
               bmn_key (BMN_KEY_TAG, g_array_index (reading->tags, BmnReadTag, i).id, 0), lift, at);
  for (guint i = 0; i < reading->domains->len; i++)
    add_faded (forecaster, bmn_key (BMN_KEY_DOMAIN, g_array_index (reading->domains, guint, i), 0),
               lift, at);
  if (reading->domains->len == 0)
    add_faded (forecaster, bmn_key (BMN_KEY_NO_LINK, 0, 0), lift, at);
}

static void
learn_text (BmnForecaster *forecaster,
            BmnReader *reader,
            const BmnReading *reading,
            const BmnMoment *moment,
            double lift,
            guint post)
{
  g_autoptr (GArray) keys = bmn_lift_model_keys (reading, moment);
  learn_model (forecaster, keys, lift);
  if (reading->tags->len == 0)
    {
      guint none = bmn_lift_table_ensure (&forecaster->table, bmn_key (BMN_KEY_NO_TAG, 0, 0));
      bmn_lift_cell_add (bmn_lift_table_get (&forecaster->table, none), lift);
    }
  learn_faded (forecaster, reading, lift, moment->at);
  bmn_neighbours_add (&forecaster->neighbours, reading, post, moment->at);
  g_array_append_val (forecaster->document_lifts, lift);
  g_autoptr (GArray) fragments = bmn_lift_fragments_of (reader, reading);
  bmn_fragments_learn (&forecaster->fragments, fragments, lift);
  bmn_week_sums_add (&forecaster->week, moment->weekday * 24 + moment->hour, lift);
  forecaster->error_level += .02 * (fabs (lift) - forecaster->error_level);
}

void
bmn_forecaster_learn (BmnForecaster *forecaster,
                      BmnReader *reader,
                      const BmnReading *reading,
                      const BmnMoment *moment,
                      const BmnPrediction *prediction,
                      double value,
                      guint post)
{
  if (forecaster->n_values >= BMN_FORECASTER_MIN_BASE)
    {
      double lift = value - bmn_forecaster_get_base (forecaster, NULL);
      forecaster->last_lifts[forecaster->n_lifts++ % BMN_FORECASTER_WINDOW] = lift;
      if (prediction && prediction->is_lesson)
        learn_from_prediction (forecaster, prediction, value);
      learn_text (forecaster, reader, reading, moment, CLAMP (lift, -LIFT_LIMIT, LIFT_LIMIT), post);
    }
  if (forecaster->n_values == 0)
    forecaster->level_fast = forecaster->level_slow = value;
  forecaster->level_fast += .12 * (value - forecaster->level_fast);
  forecaster->level_slow += .02 * (value - forecaster->level_slow);
  push_value (forecaster, value);
}
