#include "bmn-engine-private.h"
#include "bmn-reasons-private.h"

#include <math.h>

/* So many give a median; each one more gives a lift over it. */
G_STATIC_ASSERT (BMN_FORECASTER_MIN_BASE + BMN_FORECASTER_MIN_FORECAST == BMN_ENGINE_MIN_COUNTED);

void
bmn_forecast_free (BmnForecast *forecast)
{
  g_ptr_array_unref (forecast->reasons);
  g_free (forecast);
}

BmnForecast *
bmn_engine_forecast (BmnEngine *engine, const char *draft, gint64 at)
{
  bmn_engine_refresh (engine);
  BmnForecast *forecast = g_new0 (BmnForecast, 1);
  if (engine->forecaster.n_lifts < BMN_FORECASTER_MIN_FORECAST)
    {
      BmnReason *reason = bmn_reason_new (BMN_REASON_TOO_LITTLE, 0);
      reason->n = engine->forecaster.n_values;
      reason->of = BMN_ENGINE_MIN_COUNTED;
      forecast->reasons = bmn_reasons_new ();
      g_ptr_array_add (forecast->reasons, reason);
      return forecast;
    }
  BmnMoment moment = bmn_engine_moment (engine, at);
  g_autoptr (BmnReading) reading
      = bmn_reader_read (engine->reader, &engine->vocabulary, FALSE, draft);
  BmnPrediction prediction;
  bmn_forecaster_predict (&engine->forecaster, engine->reader, reading, &moment, &prediction);
  bmn_forecaster_set_interval (&engine->forecaster, &prediction);
  forecast->is_ready = TRUE;
  forecast->lift = prediction.lift;
  forecast->median = expm1 (prediction.base);
  forecast->expected = MAX (0, expm1 (prediction.base + prediction.lift));
  forecast->has_interval = prediction.has_interval;
  if (forecast->has_interval)
    {
      forecast->low = expm1 (prediction.low);
      forecast->high = expm1 (prediction.high);
    }
  forecast->reasons = bmn_forecast_reasons_explain (engine, reading, &moment, &prediction);
  return forecast;
}
