#include "bmn-recurrence-private.h"

/*
 * libical seeks for seconds, and in some releases for ever, where a rule chooses days that no
 * month has. Months come in few shapes, so whether one fits is quickly tried.
 */

/* A month as far as rules can see it. */
typedef struct
{
  int n_days;
  int first_weekday; /* 1 (Monday) to 7 */
} BmnMonthShape;

/* Whether the day is number @position from 1, or from −1 at the end, of @total. */
static gboolean
is_position (int position, int index, int total)
{
  return position == index || position == index - total - 1;
}

static gboolean
fits_month_day (const BmnRecurrence *recurrence, const BmnMonthShape *shape, int day)
{
  GArray *numbers = recurrence->numbers[BMN_RULE_BYMONTHDAY];
  for (guint i = 0; numbers && i < numbers->len; i++)
    if (is_position (g_array_index (numbers, int, i), day, shape->n_days))
      return TRUE;
  return numbers == NULL;
}

/* Numbered weekdays count within the month only in monthly rules, and in yearly ones that
 * name months. */
static gboolean
fits_weekday (const BmnRecurrence *recurrence, const BmnMonthShape *shape, int day)
{
  gboolean is_numbered
      = recurrence->frequency == BMN_FREQ_MONTHLY || recurrence->has[BMN_RULE_BYMONTH];
  int weekday = (shape->first_weekday - 1 + day - 1) % 7 + 1;
  int index = (day - 1) / 7 + 1;
  int total = index + (shape->n_days - day) / 7;
  for (guint i = 0; i < recurrence->days->len; i++)
    {
      const BmnRuleDay *rule_day = &g_array_index (recurrence->days, BmnRuleDay, i);
      if (rule_day->weekday == weekday
          && (rule_day->ordinal == 0 || !is_numbered
              || is_position (rule_day->ordinal, index, total)))
        return TRUE;
    }
  return recurrence->days->len == 0;
}

/* Returns: how many days BYSETPOS needs to choose one of them */
static int
get_least_position (const BmnRecurrence *recurrence)
{
  GArray *numbers = recurrence->numbers[BMN_RULE_BYSETPOS];
  int least = G_MAXINT;
  /* In a yearly rule they are positions in the year. */
  if (!numbers || recurrence->frequency != BMN_FREQ_MONTHLY)
    return 1;
  for (guint i = 0; i < numbers->len; i++)
    least = MIN (least, ABS (g_array_index (numbers, int, i)));
  return least;
}

static gboolean
fits_shape (const BmnRecurrence *recurrence, const BmnMonthShape *shape)
{
  int n_fitting = 0;
  for (int day = 1; day <= shape->n_days; day++)
    if (fits_month_day (recurrence, shape, day) && fits_weekday (recurrence, shape, day))
      n_fitting++;
  return n_fitting >= get_least_position (recurrence);
}

/* Whether one of the months of the rule may have @n_days. */
static gboolean
has_month_of (const BmnRecurrence *recurrence, int n_days)
{
  GArray *months = recurrence->numbers[BMN_RULE_BYMONTH];
  for (guint i = 0; months && i < months->len; i++)
    {
      GDateMonth month = g_array_index (months, int, i);
      if (n_days == g_date_get_days_in_month (month, 2027)
          || n_days == g_date_get_days_in_month (month, 2028))
        return TRUE;
    }
  return months == NULL;
}

gboolean
bmn_recurrence_fits_a_month (const BmnRecurrence *recurrence)
{
  BmnMonthShape shape;
  for (shape.n_days = 28; shape.n_days <= 31; shape.n_days++)
    for (shape.first_weekday = 1; shape.first_weekday <= 7; shape.first_weekday++)
      if (has_month_of (recurrence, shape.n_days) && fits_shape (recurrence, &shape))
        return TRUE;
  return FALSE;
}
