#include "bmn-plan-time.h"

#include <glib/gi18n.h>
#include <langinfo.h>

GDateTime *
bmn_plan_time_from_instant (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  return g_date_time_to_local (utc);
}

gint64
bmn_plan_time_to_instant (GDateTime *time)
{
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

GDateTime *
bmn_plan_time_day (GDateTime *time)
{
  return g_date_time_new_local (g_date_time_get_year (time), g_date_time_get_month (time),
                                g_date_time_get_day_of_month (time), 0, 0, 0);
}

/* 0 for Monday. glibc counts from a known Sunday (19971130) or Monday (19971201). */
static int
first_weekday (void)
{
#ifdef __GLIBC__
  int first = *nl_langinfo (_NL_TIME_FIRST_WEEKDAY);
  guint base = GPOINTER_TO_UINT (nl_langinfo (_NL_TIME_WEEK_1STDAY));
  return (first - 1 + (base == 19971201 ? 0 : 6)) % 7;
#else
  return 0;
#endif
}

GDateTime *
bmn_plan_time_week (GDateTime *time)
{
  g_autoptr (GDateTime) day = bmn_plan_time_day (time);
  int back = (g_date_time_get_day_of_week (day) - 1 - first_weekday () + 7) % 7;
  return g_date_time_add_days (day, -back);
}

GDateTime *
bmn_plan_time_month (GDateTime *time)
{
  return g_date_time_new_local (g_date_time_get_year (time), g_date_time_get_month (time), 1, 0, 0,
                                0);
}

gboolean
bmn_plan_time_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b)
         && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

gint64
bmn_plan_time_combine (GDateTime *day, GDateTime *clock)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (
      g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
      g_date_time_get_hour (clock), g_date_time_get_minute (clock), g_date_time_get_second (clock));
  return bmn_plan_time_to_instant (time);
}

int
bmn_plan_time_hour_of_week (GDateTime *time)
{
  return (g_date_time_get_day_of_week (time) - 1) * 24 + g_date_time_get_hour (time);
}

char *
bmn_plan_time_format_clock (GDateTime *time)
{
  /* Translators: the time of day as strftime() writes it; languages that count twelve hours
   * use %-I:%M %p. */
  return g_date_time_format (time, _ ("%H:%M"));
}

char *
bmn_plan_time_format_full (GDateTime *time)
{
  /* Translators: a day with its time as strftime() writes it. */
  return g_date_time_format (time, _ ("%A %-d %B, %H:%M"));
}

char *
bmn_plan_time_format_day (GDateTime *time)
{
  /* Translators: a day as strftime() writes it. */
  return g_date_time_format (time, _ ("%A %-d %B"));
}
