#include "bmn-zone-private.h"
#include "bmn-error.h"

#include <glib/gi18n-lib.h>

#define ZONEINFO_DIR "/usr/share/zoneinfo"
#define MIN_YEAR 1970
#define MAX_YEAR 9998

/* GLib's zones know no daylight saving time from the year 2999 on. The calendar, weekdays
 * included, repeats after 400 years, and so do the rules of zones that far ahead: later years
 * are looked up one or more such cycles earlier. */
#define FIRST_FOLDED_YEAR 2800
#define CYCLE_YEARS 400
#define CYCLE_SECONDS (G_GINT64_CONSTANT (146097) * 24 * 3600)

#define DAY_SECONDS (24 * 3600)

/* GLib maps and reads whatever file the name leads to, so the name must be one, and the
 * file one of zone data. The zones below right/ count leap seconds, which the epoch does
 * not. */
static gboolean
is_zone_name (const char *name)
{
  if (!g_ascii_isalpha (name[0]) || g_str_has_prefix (name, "right/"))
    return FALSE;
  for (const char *p = name; *p; p++)
    if (!g_ascii_isalnum (*p) && !strchr ("_+-/", *p))
      return FALSE;
  return TRUE;
}

static gboolean
is_zone_file (const char *path)
{
  static const char magic[] = { 'T', 'Z', 'i', 'f' };
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  return file && g_mapped_file_get_length (file) > sizeof magic
         && memcmp (g_mapped_file_get_contents (file), magic, sizeof magic) == 0;
}

gboolean
bmn_zone_is_known (const char *iana)
{
  if (g_str_equal (iana, "UTC"))
    return TRUE;
  if (!is_zone_name (iana))
    return FALSE;
  const char *dir = g_getenv ("TZDIR");
  g_autofree char *path = g_build_filename (dir ? dir : ZONEINFO_DIR, iana, NULL);
  return is_zone_file (path);
}

GTimeZone *
bmn_zone_load (const char *iana, GError **error)
{
  g_autoptr (GTimeZone) zone = bmn_zone_is_known (iana) ? g_time_zone_new_identifier (iana) : NULL;
  if (!zone)
    {
      g_autofree char *shown = g_utf8_make_valid (iana, -1);
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   /* Translators: %s is what was given; the examples are fixed names. */
                   _ ("This computer knows no time zone “%s”. Give one like Europe/Berlin or "
                      "UTC. If no zone works, install the package “tzdata”."),
                   shown);
    }
  return g_steal_pointer (&zone);
}

gboolean
bmn_zone_check_wall (const BmnWallTime *wall, GError **error)
{
  if (wall->year >= MIN_YEAR && wall->year <= MAX_YEAR && wall->month >= 1 && wall->month <= 12
      && wall->day >= 1 && wall->day <= 31 && g_date_valid_dmy (wall->day, wall->month, wall->year)
      && wall->hour >= 0 && wall->hour < 24 && wall->minute >= 0 && wall->minute < 60
      && wall->second >= 0 && wall->second < 60)
    return TRUE;
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("There is no such date and time. Choose another one."));
  return FALSE;
}

/* Returns: how many cycles of 400 years @year lies past the last year that GLib can tell */
static int
count_cycles (int year)
{
  return year < FIRST_FOLDED_YEAR ? 0 : (year - FIRST_FOLDED_YEAR) / CYCLE_YEARS + 1;
}

/* Returns: what the wall clock shows, as if it were UTC: seconds since the epoch */
static gint64
get_wall_seconds (const BmnWallTime *wall, int cycles)
{
  g_autoptr (GDateTime) time
      = g_date_time_new_utc (wall->year - cycles * CYCLE_YEARS, wall->month, wall->day, wall->hour,
                             wall->minute, wall->second);
  return g_date_time_to_unix (time);
}

/* The stretch of constant offset that @seconds, since the epoch, lies in. */
static int
find_stretch (GTimeZone *zone, gint64 seconds)
{
  return g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
}

/*
 * Tries each stretch of constant offset that the wall-clock time may lie in: by its offset
 * the time becomes an instant, and that is one only if it lies in the same stretch. Two
 * stretches fit in an overlap. None fits in a gap; then the offset before the gap counts,
 * which moves the time forward by the gap's length.
 *
 * Offsets are below a day, so all that may fit lies within a day of the time taken as UTC.
 */
static gint64
resolve_seconds (GTimeZone *zone, gint64 wall, BmnZoneHint *hint)
{
  int last = find_stretch (zone, wall + DAY_SECONDS);
  gint64 moved = wall;
  gint64 found = 0;
  int n_found = 0;
  for (int i = find_stretch (zone, wall - DAY_SECONDS); i <= last; i++)
    {
      gint64 seconds = wall - g_time_zone_get_offset (zone, i);
      int stretch = find_stretch (zone, seconds);
      if (stretch == i && n_found++ == 0)
        found = seconds;
      else if (stretch > i)
        moved = seconds;
    }
  *hint = n_found == 0 ? BMN_ZONE_GAP : n_found == 1 ? BMN_ZONE_EXACT : BMN_ZONE_OVERLAP;
  return n_found == 0 ? moved : found;
}

gint64
bmn_zone_resolve_in (GTimeZone *zone, const BmnWallTime *wall, BmnZoneHint *hint)
{
  int cycles = count_cycles (wall->year);
  gint64 seconds = resolve_seconds (zone, get_wall_seconds (wall, cycles), hint);
  return (seconds + cycles * CYCLE_SECONDS) * G_USEC_PER_SEC;
}

gboolean
bmn_zone_to_wall_in (GTimeZone *zone, gint64 instant, BmnWallTime *wall, GError **error)
{
  gint64 seconds = instant / G_USEC_PER_SEC - (instant % G_USEC_PER_SEC < 0 ? 1 : 0);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  BmnWallTime local = { 0 };
  if (utc)
    {
      int cycles = count_cycles (g_date_time_get_year (utc));
      int stretch = find_stretch (zone, seconds - cycles * CYCLE_SECONDS);
      g_autoptr (GDateTime) time
          = g_date_time_add_seconds (utc, g_time_zone_get_offset (zone, stretch));
      if (time)
        local = (BmnWallTime){
          .year = g_date_time_get_year (time),
          .month = g_date_time_get_month (time),
          .day = g_date_time_get_day_of_month (time),
          .hour = g_date_time_get_hour (time),
          .minute = g_date_time_get_minute (time),
          .second = g_date_time_get_second (time),
        };
    }
  if (!bmn_zone_check_wall (&local, error))
    return FALSE;
  *wall = local;
  return TRUE;
}

gboolean
bmn_zone_resolve (
    const char *iana, const BmnWallTime *wall, gint64 *instant, BmnZoneHint *hint, GError **error)
{
  BmnZoneHint found;
  if (!bmn_zone_check_wall (wall, error))
    return FALSE;
  g_autoptr (GTimeZone) zone = bmn_zone_load (iana, error);
  if (!zone)
    return FALSE;
  *instant = bmn_zone_resolve_in (zone, wall, hint ? hint : &found);
  return TRUE;
}

gboolean
bmn_zone_to_wall (const char *iana, gint64 instant, BmnWallTime *wall, GError **error)
{
  g_autoptr (GTimeZone) zone = bmn_zone_load (iana, error);
  return zone && bmn_zone_to_wall_in (zone, instant, wall, error);
}
