#include "bmn-when.h"

#include "bmn-zone.h"

#include <glib/gi18n-lib.h>

/* Returns: (transfer full): what the clocks do at a time that they skip or show twice */
static char *
describe_clock_change (const BmnWallTime *asked, const char *zone, gint64 instant, BmnZoneHint hint)
{
  g_autofree char *time = bmn_wall_time_format (asked);
  if (hint == BMN_ZONE_OVERLAP)
    return g_strdup_printf (
        /* Translators: %s is a date and time, then a time zone. */
        _ ("%s happens twice in %s, because the clocks go back. The first one is meant."), time,
        zone);
  BmnWallTime moved;
  if (!bmn_zone_to_wall (zone, instant, &moved, NULL))
    return NULL;
  g_autofree char *used = bmn_wall_time_format (&moved);
  return g_strdup_printf (
      /* Translators: %s is a date and time, then a time zone, then a date and time. */
      _ ("%s does not exist in %s, because the clocks go forward. It goes out at %s."), time, zone,
      used);
}

gboolean
bmn_when_resolve (
    const char *zone, const BmnWallTime *wall, gint64 *instant, char **note, GError **error)
{
  BmnZoneHint hint;
  *note = NULL;
  if (!bmn_zone_resolve (zone, wall, instant, &hint, error))
    return FALSE;
  if (hint != BMN_ZONE_EXACT)
    *note = describe_clock_change (wall, zone, *instant, hint);
  return TRUE;
}

gboolean
bmn_when_to_wall (const char *zone, gint64 instant, BmnWallTime *wall, GError **error)
{
  return bmn_zone_to_wall (zone, instant, wall, error);
}
