#include "bmn-reading-private.h"
#include "bmn-scan-private.h"

BmnReading *
bmn_reading_ref (BmnReading *reading)
{
  g_atomic_ref_count_inc (&reading->references);
  return reading;
}

void
bmn_reading_unref (BmnReading *reading)
{
  if (!g_atomic_ref_count_dec (&reading->references))
    return;
  g_free (reading->text);
  g_free (reading->draft);
  g_free (reading->plain);
  g_array_unref (reading->sequence);
  g_array_unref (reading->words);
  g_array_unref (reading->tags);
  g_array_unref (reading->domains);
  g_free (reading);
}

guint
bmn_reading_count (const char *text, gboolean (*test) (gunichar c), guint max)
{
  guint n = 0;
  for (const char *p = text; *p && n < max; p = g_utf8_next_char (p))
    n += test (bmn_scan_peek (p)) ? 1 : 0;
  return n;
}
