#include "bmn-instant.h"
#include "bmn-error.h"

#include <glib/gi18n-lib.h>

char *
bmn_instant_format (gint64 instant)
{
  gint64 fraction = instant % G_USEC_PER_SEC;
  if (fraction < 0)
    fraction += G_USEC_PER_SEC;
  g_autoptr (GDateTime) time
      = g_date_time_new_from_unix_utc ((instant - fraction) / G_USEC_PER_SEC);
  if (!time)
    return g_strdup ("");
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  if (fraction == 0)
    return g_strconcat (seconds, "Z", NULL);
  return g_strdup_printf ("%s.%06" G_GINT64_FORMAT "Z", seconds, fraction);
}

gboolean
bmn_instant_parse (const char *text, gint64 *instant, GError **error)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);
  if (!time)
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   /* Translators: %s is what was given; the example is a fixed format. */
                   _ ("“%s” is not a point in time. Write it like 2026-12-01T09:00:00Z."), text);
      return FALSE;
    }
  *instant = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  return TRUE;
}
