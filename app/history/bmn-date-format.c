#include "bmn-date-format-private.h"
#include "bmn-zone.h"

#include <locale.h>
#include <string.h>
#include <time.h>

/* What tables of posts are found with. Of two that differ in the order of day and month alone,
 * the day comes first here. */
static const char *const formats[] = {
  "iso",
  "%Y-%m-%d %H:%M:%S %z",
  "%Y-%m-%d %H:%M:%S UTC",
  "%Y-%m-%d %H:%M",
  "%Y-%m-%d",
  "%Y/%m/%d %H:%M:%S",
  "%Y/%m/%d %H:%M",
  "%Y/%m/%d",
  "%d.%m.%Y %H:%M:%S",
  "%d.%m.%Y, %H:%M:%S",
  "%d.%m.%Y %H:%M",
  "%d.%m.%Y, %H:%M",
  "%d.%m.%Y",
  "%d/%m/%Y %H:%M:%S",
  "%m/%d/%Y %H:%M:%S",
  "%d/%m/%Y %H:%M",
  "%m/%d/%Y %H:%M",
  "%d/%m/%Y %I:%M:%S %p",
  "%m/%d/%Y %I:%M:%S %p",
  "%d/%m/%Y %I:%M %p",
  "%m/%d/%Y %I:%M %p",
  "%d/%m/%Y",
  "%m/%d/%Y",
  "%d-%m-%Y %H:%M:%S",
  "%m-%d-%Y %H:%M:%S",
  "%d-%m-%Y %H:%M",
  "%m-%d-%Y %H:%M",
  "%d-%m-%Y",
  "%m-%d-%Y",
  "%a %b %d %H:%M:%S %z %Y",
  "%a, %d %b %Y %H:%M:%S %z",
  "%b %d, %Y %H:%M",
  "%b %d, %Y %I:%M %p",
  "%b %d, %Y",
  "%d %b %Y %H:%M:%S",
  "%d %b %Y %H:%M",
  "%d %b %Y",
  "unix",
  "unix-ms",
};

/* 1980 and 2100: what counts of other things are seldom between. */
#define MIN_SECONDS G_GINT64_CONSTANT (315532800)
#define MAX_SECONDS G_GINT64_CONSTANT (4102444800)

gboolean
bmn_date_format_is_known (const char *format)
{
  if (g_str_equal (format, "iso") || g_str_equal (format, "unix")
      || g_str_equal (format, "unix-ms"))
    return TRUE;
  return (strstr (format, "%Y") || strstr (format, "%y"))
         && (strstr (format, "%m") || strstr (format, "%b") || strstr (format, "%B"))
         && (strstr (format, "%d") || strstr (format, "%e"));
}

static gboolean
parse_number (const char *text, gint64 unit, gint64 *instant)
{
  gint64 number;
  if (!g_ascii_string_to_signed (text, 10, MIN_SECONDS * G_USEC_PER_SEC / unit,
                                 MAX_SECONDS * G_USEC_PER_SEC / unit, &number, NULL))
    return FALSE;
  *instant = number * unit;
  return TRUE;
}

static gboolean
parse_iso (const char *text, const char *zone, gint64 *instant)
{
  g_autoptr (GDateTime) exact = g_date_time_new_from_iso8601 (text, NULL);
  if (exact)
    {
      *instant = g_date_time_to_unix (exact) * G_USEC_PER_SEC + g_date_time_get_microsecond (exact);
      return TRUE;
    }
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) local = g_date_time_new_from_iso8601 (text, utc);
  if (!local)
    return FALSE;
  const BmnWallTime wall = {
    .year = g_date_time_get_year (local),
    .month = g_date_time_get_month (local),
    .day = g_date_time_get_day_of_month (local),
    .hour = g_date_time_get_hour (local),
    .minute = g_date_time_get_minute (local),
    .second = g_date_time_get_second (local),
  };
  return bmn_zone_resolve (zone, &wall, instant, NULL, NULL);
}

/* English names of days and months, whatever the user's language. */
static locale_t
get_c_locale (void)
{
  static locale_t locale;
  static gsize ready = 0;
  if (g_once_init_enter (&ready))
    {
      locale = newlocale (LC_ALL_MASK, "C", (locale_t)0);
      g_once_init_leave (&ready, 1);
    }
  return locale;
}

/* Whether the format says how far from UTC a time is. */
static gboolean
has_offset (const char *format)
{
  return strstr (format, "%z") || g_str_has_suffix (format, "UTC");
}

static gboolean
parse_pattern (const char *format, const char *text, const char *zone, gint64 *instant)
{
  struct tm tm = { .tm_mday = 0 };
  const char *end = strptime_l (text, format, &tm, get_c_locale ());
  /* Two letters of a year are read as four by strptime, which `%Y` does not ask for. */
  if (!end || *end || tm.tm_mday == 0 || tm.tm_year < 70)
    return FALSE;
  const BmnWallTime wall = {
    .year = tm.tm_year + 1900,
    .month = tm.tm_mon + 1,
    .day = tm.tm_mday,
    .hour = tm.tm_hour,
    .minute = tm.tm_min,
    .second = MIN (tm.tm_sec, 59),
  };
  gboolean exact = has_offset (format);
  if (!bmn_zone_resolve (exact ? "UTC" : zone, &wall, instant, NULL, NULL))
    return FALSE;
  if (exact)
    *instant -= (gint64)tm.tm_gmtoff * G_USEC_PER_SEC;
  return TRUE;
}

gboolean
bmn_date_format_parse (const char *format, const char *text, const char *zone, gint64 *instant)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  if (g_str_equal (format, "iso"))
    return parse_iso (bare, zone, instant);
  if (g_str_equal (format, "unix"))
    return parse_number (bare, G_USEC_PER_SEC, instant);
  if (g_str_equal (format, "unix-ms"))
    return parse_number (bare, G_USEC_PER_SEC / 1000, instant);
  return parse_pattern (format, bare, zone, instant);
}

gboolean
bmn_date_format_tells_zone (const char *format, const char *sample)
{
  if (!g_str_equal (format, "iso"))
    return has_offset (format) || g_str_has_prefix (format, "unix");
  g_autofree char *bare = g_strstrip (g_strdup (sample));
  g_autoptr (GDateTime) exact = g_date_time_new_from_iso8601 (bare, NULL);
  return exact != NULL;
}

/* Returns: how many of @texts come out of order, whichever order that is; −1 where one is no
 * date in @format */
static gint64
count_disorder (const char *format, GPtrArray *texts)
{
  gint64 before = 0, n_up = 0, n_down = 0;
  for (guint i = 0; i < texts->len; i++)
    {
      gint64 instant;
      if (!bmn_date_format_parse (format, texts->pdata[i], "UTC", &instant))
        return -1;
      n_up += i > 0 && instant > before;
      n_down += i > 0 && instant < before;
      before = instant;
    }
  return MIN (n_up, n_down);
}

const char *
bmn_date_format_guess (GPtrArray *texts, gboolean *is_doubtful)
{
  const char *best = NULL;
  gint64 least = G_MAXINT64;
  *is_doubtful = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (formats) && texts->len > 0; i++)
    {
      gint64 disorder = count_disorder (formats[i], texts);
      if (disorder < 0 || disorder > least)
        continue;
      *is_doubtful = best && disorder == least;
      if (disorder < least)
        best = formats[i];
      least = disorder;
    }
  return best;
}
