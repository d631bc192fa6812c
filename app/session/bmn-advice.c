#include "bmn-advice.h"

void
bmn_advice_free (BmnAdvice *advice)
{
  g_clear_pointer (&advice->hashtags, g_ptr_array_unref);
  g_clear_pointer (&advice->experiments, g_ptr_array_unref);
  g_strfreev (advice->lacks);
  g_clear_pointer (&advice->topics_due, g_ptr_array_unref);
  g_clear_pointer (&advice->times, g_array_unref);
  g_clear_pointer (&advice->forecast, bmn_forecast_free);
  g_clear_pointer (&advice->findings, g_ptr_array_unref);
  g_free (advice);
}
