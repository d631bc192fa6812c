#include "bmn-error.h"
#include "bmn-recurrence-private.h"

#include <glib/gi18n-lib.h>

/*
 * libical reads rules too, but takes many that RFC 5545 forbids, and some that it then
 * expands in a way nobody meant. So all of section 3.3.10 that we take is checked here first,
 * and what libical is given holds no surprise.
 */

#define DAILY (1 << BMN_FREQ_DAILY)
#define WEEKLY (1 << BMN_FREQ_WEEKLY)
#define MONTHLY (1 << BMN_FREQ_MONTHLY)
#define YEARLY (1 << BMN_FREQ_YEARLY)
#define ALL (DAILY | WEEKLY | MONTHLY | YEARLY)

typedef struct
{
  const char *name;
  gboolean (*read) (BmnRecurrence *recurrence, BmnRulePart part, const char *value);
  int frequencies;   /* it goes with */
  int max;           /* of a number */
  gboolean from_end; /* whether numbers below 0 count from the end */
} BmnRuleSpec;

static const char *const frequency_names[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY", NULL };
static const char *const weekday_names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU", NULL };

static const BmnRuleSpec specs[BMN_RULE_N_PARTS];

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID, message);
  return FALSE;
}

static int
find_name (const char *const *names, const char *name)
{
  for (int i = 0; names[i]; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

/* Reads a whole number, with a sign only where it may count from the end; never 0. */
static gboolean
read_number (const BmnRuleSpec *spec, const char *text, int *number)
{
  gint64 value;
  const char *digits = text;
  if (spec->from_end && (*digits == '-' || *digits == '+'))
    digits++;
  if (!g_ascii_string_to_signed (*text == '+' ? digits : text, 10, -spec->max, spec->max, &value,
                                 NULL)
      || !g_ascii_isdigit (*digits) || value == 0)
    return FALSE;
  *number = value;
  return TRUE;
}

static gboolean
read_frequency (BmnRecurrence *recurrence, BmnRulePart part, const char *value)
{
  int frequency = find_name (frequency_names, value);
  recurrence->frequency = MAX (frequency, 0);
  return frequency >= 0;
}

static gboolean
read_count (BmnRecurrence *recurrence, BmnRulePart part, const char *value)
{
  return read_number (&specs[part], value, &recurrence->count);
}

static gboolean
read_interval (BmnRecurrence *recurrence, BmnRulePart part, const char *value)
{
  return read_number (&specs[part], value, &recurrence->interval);
}

static gboolean
read_week_start (BmnRecurrence *recurrence, BmnRulePart part, const char *value)
{
  return find_name (weekday_names, value) >= 0;
}

/* 20261231, 20261231T235959 or 20261231T235959Z */
static gboolean
read_until (BmnRecurrence *recurrence, BmnRulePart part, const char *value)
{
  gsize length = strlen (value);
  gboolean is_utc = length == strlen ("YYYYMMDDTHHMMSSZ") && value[length - 1] == 'Z';
  gboolean is_date = length == strlen ("YYYYMMDD");
  if (!is_date && ((!is_utc && length != strlen ("YYYYMMDDTHHMMSS")) || value[8] != 'T'))
    return FALSE;
  g_autofree char *text = g_strdup_printf (
      "%.4s-%.2s-%.2s%c%.2s:%.2s:%.2s", value, value + 4, value + 6, is_date ? 'T' : value[8],
      is_date ? "23" : value + 9, is_date ? "59" : value + 11, is_date ? "59" : value + 13);
  recurrence->until_kind = is_date ? BMN_UNTIL_DATE : is_utc ? BMN_UNTIL_UTC : BMN_UNTIL_WALL;
  return bmn_wall_time_parse (text, &recurrence->until, NULL);
}

static gboolean
read_days (BmnRecurrence *recurrence, BmnRulePart part, const char *value)
{
  g_auto (GStrv) texts = g_strsplit (value, ",", -1);
  for (int i = 0; texts[i]; i++)
    {
      gsize length = strlen (texts[i]);
      BmnRuleDay day = { 0 };
      if (length < 2)
        return FALSE;
      day.weekday = find_name (weekday_names, texts[i] + length - 2) + 1;
      texts[i][length - 2] = '\0';
      if (day.weekday == 0 || (length > 2 && !read_number (&specs[part], texts[i], &day.ordinal)))
        return FALSE;
      g_array_append_val (recurrence->days, day);
    }
  return texts[0] != NULL;
}

static gboolean
read_numbers (BmnRecurrence *recurrence, BmnRulePart part, const char *value)
{
  g_auto (GStrv) texts = g_strsplit (value, ",", -1);
  recurrence->numbers[part] = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = 0; texts[i]; i++)
    {
      int number;
      if (!read_number (&specs[part], texts[i], &number))
        return FALSE;
      g_array_append_val (recurrence->numbers[part], number);
    }
  return texts[0] != NULL;
}

/* Which part goes with which frequency is the table of RFC 5545, page 44. BYSETPOS is kept
 * to where libical obeys it. */
static const BmnRuleSpec specs[BMN_RULE_N_PARTS] = {
  [BMN_RULE_FREQ] = { "FREQ", read_frequency, ALL },
  [BMN_RULE_UNTIL] = { "UNTIL", read_until, ALL },
  [BMN_RULE_COUNT] = { "COUNT", read_count, ALL, BMN_RECURRENCE_MAX_COUNT },
  [BMN_RULE_INTERVAL] = { "INTERVAL", read_interval, ALL, BMN_RECURRENCE_MAX_INTERVAL },
  [BMN_RULE_BYDAY] = { "BYDAY", read_days, ALL, 53, TRUE },
  [BMN_RULE_BYMONTHDAY] = { "BYMONTHDAY", read_numbers, DAILY | MONTHLY | YEARLY, 31, TRUE },
  [BMN_RULE_BYYEARDAY] = { "BYYEARDAY", read_numbers, YEARLY, 366, TRUE },
  [BMN_RULE_BYWEEKNO] = { "BYWEEKNO", read_numbers, YEARLY, 53, TRUE },
  [BMN_RULE_BYMONTH] = { "BYMONTH", read_numbers, ALL, 12 },
  [BMN_RULE_BYSETPOS] = { "BYSETPOS", read_numbers, MONTHLY | YEARLY, 366, TRUE },
  [BMN_RULE_WKST] = { "WKST", read_week_start, ALL },
};

static int
find_part (const char *name)
{
  for (int i = 0; i < BMN_RULE_N_PARTS; i++)
    if (g_str_equal (specs[i].name, name))
      return i;
  return -1;
}

static gboolean
refuse_name (const char *name, GError **error)
{
  const char *const times[] = { "BYHOUR", "BYMINUTE", "BYSECOND", NULL };
  if (g_strv_contains (times, name))
    return refuse (error,
                   /* Translators: %s is a word of the rule, such as BYHOUR. */
                   _ ("A post repeats at the time of day of the first one. Take “%s” out of the "
                      "rule and plan a post for each time."),
                   name);
  return refuse (error, _ ("“%s” is no part of a rule for repeating. Check its spelling."), name);
}

static gboolean
refuse_value (BmnRulePart part, const char *value, GError **error)
{
  const char *const too_often[] = { "HOURLY", "MINUTELY", "SECONDLY", NULL };
  if (part == BMN_RULE_FREQ && g_strv_contains (too_often, value))
    return refuse (error, _ ("A post cannot repeat more often than every day. Choose DAILY, "
                             "WEEKLY, MONTHLY or YEARLY."));
  if (specs[part].max > 0)
    return refuse (error,
                   /* Translators: the first %s is what was given, the second a word of the
                    * rule such as COUNT, %d the largest number it may have. */
                   _ ("“%s” is no value for %s in a rule for repeating. The largest number there "
                      "is %d."),
                   value, specs[part].name, specs[part].max);
  return refuse (error,
                 /* Translators: the first %s is what was given, the second a word of the rule
                  * such as UNTIL. */
                 _ ("“%s” is no value for %s in a rule for repeating. Check its spelling."), value,
                 specs[part].name);
}

static gboolean
refuse_pair (const char *one, const char *other, GError **error)
{
  return refuse (error,
                 /* Translators: both %s are words of the rule: BYMONTHDAY does not go with
                  * WEEKLY. */
                 _ ("In a rule for repeating, %s does not go with %s. Take one of them out."), one,
                 other);
}

/* Reads one `NAME=value`. */
static gboolean
read_part (BmnRecurrence *recurrence, const char *text, GError **error)
{
  const char *equals = strchr (text, '=');
  if (!equals)
    return refuse_name (text, error);
  g_autofree char *name = g_strndup (text, equals - text);
  int part = find_part (name);
  if (part < 0)
    return refuse_name (name, error);
  if (recurrence->has[part])
    return refuse (error, _ ("The rule for repeating says %s twice. Keep one of them."), name);
  recurrence->has[part] = TRUE;
  return specs[part].read (recurrence, part, equals + 1) || refuse_value (part, equals + 1, error);
}

static gboolean
has_ordinals (const BmnRecurrence *recurrence)
{
  for (guint i = 0; i < recurrence->days->len; i++)
    if (g_array_index (recurrence->days, BmnRuleDay, i).ordinal != 0)
      return TRUE;
  return FALSE;
}

/* Ways of choosing days that libical does not combine. */
static gboolean
check_combination (const BmnRecurrence *recurrence, GError **error)
{
  static const BmnRulePart pairs[][2] = {
    { BMN_RULE_BYYEARDAY, BMN_RULE_BYWEEKNO },   { BMN_RULE_BYYEARDAY, BMN_RULE_BYMONTH },
    { BMN_RULE_BYYEARDAY, BMN_RULE_BYMONTHDAY }, { BMN_RULE_BYWEEKNO, BMN_RULE_BYMONTH },
    { BMN_RULE_BYWEEKNO, BMN_RULE_BYMONTHDAY },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (recurrence->has[pairs[i][0]] && recurrence->has[pairs[i][1]])
      return refuse_pair (specs[pairs[i][0]].name, specs[pairs[i][1]].name, error);
  return TRUE;
}

/* What the parts of a rule must not be together. */
static gboolean
check_parts (const BmnRecurrence *recurrence, GError **error)
{
  if (!recurrence->has[BMN_RULE_FREQ])
    return refuse (error, _ ("The rule for repeating does not say how often. Begin it like "
                             "FREQ=WEEKLY."));
  if (recurrence->has[BMN_RULE_COUNT] && recurrence->has[BMN_RULE_UNTIL])
    return refuse (error, _ ("The rule for repeating has both an end date and a count. Keep one "
                             "of them."));
  for (int i = 0; i < BMN_RULE_N_PARTS; i++)
    if (recurrence->has[i] && !(specs[i].frequencies & 1 << recurrence->frequency))
      return refuse_pair (specs[i].name, frequency_names[recurrence->frequency], error);
  if (!check_combination (recurrence, error))
    return FALSE;
  gboolean takes_ordinals
      = recurrence->frequency == BMN_FREQ_MONTHLY
        || (recurrence->frequency == BMN_FREQ_YEARLY && !recurrence->has[BMN_RULE_BYWEEKNO]);
  if (has_ordinals (recurrence) && !takes_ordinals)
    return refuse (error, _ ("Numbered weekdays, such as 1MO, go only with MONTHLY, and with "
                             "YEARLY without BYWEEKNO."));
  /* Months and weeks make several days of a year, but not of a month. */
  BmnRulePart last_choice
      = recurrence->frequency == BMN_FREQ_MONTHLY ? BMN_RULE_BYMONTHDAY : BMN_RULE_BYMONTH;
  gboolean has_choice = FALSE;
  for (BmnRulePart i = BMN_RULE_BYDAY; i <= last_choice; i++)
    has_choice = has_choice || recurrence->has[i];
  if (recurrence->has[BMN_RULE_BYSETPOS] && !has_choice)
    return refuse (error, _ ("BYSETPOS chooses among days, so the rule for repeating must name "
                             "some, for example by BYDAY."));
  if (!bmn_recurrence_fits_a_month (recurrence))
    return refuse (error, _ ("The rule for repeating names a day that its months do not have."));
  return TRUE;
}

/* Reads all parts, and collects them without UNTIL. */
static gboolean
read_parts (BmnRecurrence *recurrence, GError **error)
{
  g_auto (GStrv) texts = g_strsplit (recurrence->rule, ";", -1);
  g_autoptr (GStrvBuilder) endless = g_strv_builder_new ();
  for (int i = 0; texts[i]; i++)
    {
      if (!read_part (recurrence, texts[i], error))
        return FALSE;
      if (!g_str_has_prefix (texts[i], "UNTIL="))
        g_strv_builder_add (endless, texts[i]);
    }
  g_auto (GStrv) kept = g_strv_builder_end (endless);
  recurrence->endless = g_strjoinv (";", kept);
  return TRUE;
}

static gboolean
is_plain_text (const char *text)
{
  for (; *text; text++)
    if (!g_ascii_isprint (*text))
      return FALSE;
  return TRUE;
}

gboolean
bmn_recurrence_read (BmnRecurrence *recurrence, const char *rule, GError **error)
{
  static const char prefix[] = "RRULE:";
  if (strlen (rule) > BMN_RECURRENCE_MAX_LENGTH)
    return refuse (error, _ ("The rule for repeating is too long."));
  if (!is_plain_text (rule))
    return refuse (error, _ ("A rule for repeating is one line of letters, digits and signs. "
                             "Check it for line breaks and other characters."));
  g_autofree char *upper = g_ascii_strup (rule, -1);
  recurrence->rule = g_strdup (g_str_has_prefix (upper, prefix) ? upper + strlen (prefix) : upper);
  return read_parts (recurrence, error) && check_parts (recurrence, error);
}
