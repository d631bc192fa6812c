#include "bmn-forecaster-private.h"

#include <stdlib.h>
#include <string.h>

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

void
bmn_forecaster_save (const BmnForecaster *forecaster, BmnStateWriter *writer)
{
  bmn_lift_table_save (&forecaster->table, writer);
  bmn_neighbours_save (&forecaster->neighbours, writer);
  bmn_state_put_doubles (writer, (const double *)forecaster->document_lifts->data,
                         forecaster->document_lifts->len);
  bmn_fragments_save (&forecaster->fragments, writer);
  bmn_ridge_save (&forecaster->ridge, writer);
  bmn_ridge_save (&forecaster->spread_ridge, writer);
  bmn_interval_save (&forecaster->interval, writer);
  bmn_state_put_doubles (writer, forecaster->last_values, BMN_FORECASTER_WINDOW);
  bmn_state_put_uint (writer, forecaster->n_values);
  bmn_state_put_doubles (writer, forecaster->last_lifts, BMN_FORECASTER_WINDOW);
  bmn_state_put_uint (writer, forecaster->n_lifts);
  bmn_state_put_doubles (writer, forecaster->last_times, BMN_FORECASTER_TIMES);
  bmn_state_put_uint (writer, forecaster->n_times);
  bmn_state_put_double (writer, forecaster->level_fast);
  bmn_state_put_double (writer, forecaster->level_slow);
  bmn_state_put_double (writer, forecaster->error_level);
  bmn_week_sums_save (&forecaster->week, writer);
  bmn_week_sums_save (&forecaster->week_at_post, writer);
}

void
bmn_forecaster_load (BmnForecaster *forecaster,
                     BmnStateReader *reader,
                     const double *times,
                     guint n_times,
                     guint n_words)
{
  bmn_lift_table_load (&forecaster->table, reader);
  bmn_neighbours_load (&forecaster->neighbours, reader, times, n_times, n_words);
  g_array_set_size (forecaster->document_lifts, forecaster->neighbours.documents->len);
  bmn_state_get_doubles (reader, (double *)forecaster->document_lifts->data,
                         forecaster->document_lifts->len);
  bmn_fragments_load (&forecaster->fragments, reader);
  bmn_ridge_load (&forecaster->ridge, reader);
  bmn_ridge_load (&forecaster->spread_ridge, reader);
  bmn_interval_load (&forecaster->interval, reader);
  bmn_state_get_doubles (reader, forecaster->last_values, BMN_FORECASTER_WINDOW);
  forecaster->n_values = (guint)bmn_state_get_uint (reader, G_MAXINT);
  bmn_state_get_doubles (reader, forecaster->last_lifts, BMN_FORECASTER_WINDOW);
  forecaster->n_lifts = (guint)bmn_state_get_uint (reader, G_MAXINT);
  bmn_state_get_doubles (reader, forecaster->last_times, BMN_FORECASTER_TIMES);
  forecaster->n_times = (guint)bmn_state_get_uint (reader, G_MAXINT);
  forecaster->level_fast = bmn_state_get_double (reader);
  forecaster->level_slow = bmn_state_get_double (reader);
  forecaster->error_level = bmn_state_get_double (reader);
  bmn_week_sums_load (&forecaster->week, reader);
  bmn_week_sums_load (&forecaster->week_at_post, reader);
  memcpy (forecaster->sorted_values, forecaster->last_values, sizeof forecaster->sorted_values);
  qsort (forecaster->sorted_values, MIN (forecaster->n_values, BMN_FORECASTER_WINDOW),
         sizeof (double), compare_doubles);
}

void
bmn_prediction_save (const BmnPrediction *prediction, BmnStateWriter *writer)
{
  bmn_state_put_doubles (writer, prediction->features, BMN_N_LIFT_FEATURES);
  bmn_state_put_doubles (writer, prediction->inputs, BMN_N_RIDGE_INPUTS);
  bmn_state_put_doubles (writer, prediction->spread_features, BMN_N_SPREAD_FEATURES);
  bmn_state_put_double (writer, prediction->base);
  bmn_state_put_double (writer, prediction->lift);
  bmn_state_put_double (writer, prediction->spread);
  bmn_state_put_double (writer, prediction->low);
  bmn_state_put_double (writer, prediction->high);
  bmn_state_put_uint (writer, prediction->has_interval != FALSE);
  bmn_state_put_uint (writer, prediction->is_ready != FALSE);
  bmn_state_put_uint (writer, prediction->is_lesson != FALSE);
}

void
bmn_prediction_load (BmnPrediction *prediction, BmnStateReader *reader)
{
  bmn_state_get_doubles (reader, prediction->features, BMN_N_LIFT_FEATURES);
  bmn_state_get_doubles (reader, prediction->inputs, BMN_N_RIDGE_INPUTS);
  bmn_state_get_doubles (reader, prediction->spread_features, BMN_N_SPREAD_FEATURES);
  prediction->base = bmn_state_get_double (reader);
  prediction->lift = bmn_state_get_double (reader);
  prediction->spread = bmn_state_get_double (reader);
  prediction->low = bmn_state_get_double (reader);
  prediction->high = bmn_state_get_double (reader);
  prediction->has_interval = (gboolean)bmn_state_get_uint (reader, 1);
  prediction->is_ready = (gboolean)bmn_state_get_uint (reader, 1);
  prediction->is_lesson = (gboolean)bmn_state_get_uint (reader, 1);
}
