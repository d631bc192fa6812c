#include "bmn-recurrence-private.h"

#include <glib/gi18n-lib.h>

/* Returns: (transfer full): the weekday's name in the user's language */
static char *
name_weekday (int weekday)
{
  /* 1 January 2024 was a Monday. */
  g_autoptr (GDateTime) day = g_date_time_new_utc (2024, 1, weekday, 0, 0, 0);
  return g_date_time_format (day, "%A");
}

static char *
list_weekdays (const BmnRecurrence *recurrence)
{
  char *list = NULL;
  for (guint i = 0; i < recurrence->days->len; i++)
    {
      g_autofree char *before = list;
      g_autofree char *name
          = name_weekday (g_array_index (recurrence->days, BmnRuleDay, i).weekday);
      if (!before)
        list = g_steal_pointer (&name);
      else if (i + 1 < recurrence->days->len)
        /* Translators: two items of a longer list of weekdays. */
        list = g_strdup_printf (_ ("%s, %s"), before, name);
      else
        /* Translators: the last two items of a list of weekdays. */
        list = g_strdup_printf (_ ("%s and %s"), before, name);
    }
  return list;
}

static char *
describe_daily (int interval)
{
  if (interval == 1)
    return g_strdup (_ ("Every day"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Every %d day", "Every %d days", interval),
                          interval);
}

static char *
describe_weekly (const BmnRecurrence *recurrence)
{
  int interval = recurrence->interval;
  g_autofree char *days = list_weekdays (recurrence);
  if (interval == 1)
    /* Translators: %s is a list of weekdays. */
    return days ? g_strdup_printf (_ ("Every week on %s"), days) : g_strdup (_ ("Every week"));
  if (!days)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Every %d week", "Every %d weeks", interval), interval);
  /* Translators: %s is a list of weekdays. */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Every %d week on %s", "Every %d weeks on %s", interval),
      interval, days);
}

/* Returns: (nullable): “the first Monday” and the like; %NULL where there is no word */
static char *
name_numbered_weekday (const BmnRuleDay *day)
{
  g_autofree char *name = name_weekday (day->weekday);
  switch (day->ordinal)
    {
    /* Translators: in these, %s is a weekday of a month. */
    case 1:
      return g_strdup_printf (_ ("the first %s"), name);
    case 2:
      return g_strdup_printf (_ ("the second %s"), name);
    case 3:
      return g_strdup_printf (_ ("the third %s"), name);
    case 4:
      return g_strdup_printf (_ ("the fourth %s"), name);
    case -1:
      return g_strdup_printf (_ ("the last %s"), name);
    default:
      return NULL;
    }
}

static char *
name_month_day (int day)
{
  if (day > 0)
    /* Translators: %d is the day of the month. */
    return g_strdup_printf (_ ("day %d"), day);
  return day == -1 ? g_strdup (_ ("the last day")) : NULL;
}

static char *
describe_monthly (const BmnRecurrence *recurrence)
{
  int interval = recurrence->interval;
  g_autofree char *day = NULL;
  GArray *month_days = recurrence->numbers[BMN_RULE_BYMONTHDAY];
  if (!month_days && recurrence->days->len == 0)
    return interval == 1 ? g_strdup (_ ("Every month"))
                         : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Every %d month",
                                                         "Every %d months", interval),
                                            interval);
  if (month_days && month_days->len == 1 && recurrence->days->len == 0)
    day = name_month_day (g_array_index (month_days, int, 0));
  else if (!month_days && recurrence->days->len == 1)
    day = name_numbered_weekday (&g_array_index (recurrence->days, BmnRuleDay, 0));
  if (!day)
    return NULL;
  if (interval == 1)
    /* Translators: %s is a day of the month, such as “day 15” or “the first Monday”. */
    return g_strdup_printf (_ ("Every month on %s"), day);
  /* Translators: %s is a day of the month, such as “day 15” or “the first Monday”. */
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Every %d month on %s", "Every %d months on %s", interval),
      interval, day);
}

static char *
describe_yearly (int interval)
{
  if (interval == 1)
    return g_strdup (_ ("Every year"));
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Every %d year", "Every %d years", interval), interval);
}

/* Whether all parts that choose days are among @parts, a set of bits. */
static gboolean
chooses_only (const BmnRecurrence *recurrence, int parts)
{
  for (int i = BMN_RULE_BYDAY; i <= BMN_RULE_BYSETPOS; i++)
    if (recurrence->has[i] && !(parts & 1 << i))
      return FALSE;
  return TRUE;
}

/* Returns: (nullable): the rule without its end; %NULL where no sentence fits */
static char *
describe_frequency (const BmnRecurrence *recurrence)
{
  switch (recurrence->frequency)
    {
    case BMN_FREQ_DAILY:
      return chooses_only (recurrence, 0) ? describe_daily (recurrence->interval) : NULL;
    case BMN_FREQ_WEEKLY:
      return chooses_only (recurrence, 1 << BMN_RULE_BYDAY) ? describe_weekly (recurrence) : NULL;
    case BMN_FREQ_MONTHLY:
      return chooses_only (recurrence, 1 << BMN_RULE_BYDAY | 1 << BMN_RULE_BYMONTHDAY)
                 ? describe_monthly (recurrence)
                 : NULL;
    case BMN_FREQ_YEARLY:
      return chooses_only (recurrence, 0) ? describe_yearly (recurrence->interval) : NULL;
    default:
      return NULL;
    }
}

char *
bmn_recurrence_describe (BmnRecurrence *recurrence)
{
  g_autofree char *often = describe_frequency (recurrence);
  if (!often)
    return g_strdup (recurrence->rule);
  if (recurrence->has[BMN_RULE_COUNT])
    /* Translators: %s is how often, such as “Every week on Monday”. */
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%s, %d time", "%s, %d times", recurrence->count), often,
        recurrence->count);
  if (recurrence->has[BMN_RULE_UNTIL])
    {
      g_autoptr (GDateTime) day = g_date_time_new_utc (
          recurrence->until.year, recurrence->until.month, recurrence->until.day, 0, 0, 0);
      g_autofree char *date = g_date_time_format (day, "%x");
      /* Translators: the first %s is how often, such as “Every day”, the second a date. */
      return g_strdup_printf (_ ("%s, until %s"), often, date);
    }
  return g_steal_pointer (&often);
}
