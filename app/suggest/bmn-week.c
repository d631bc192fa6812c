#include "bmn-week-private.h"

#include <math.h>

#define DAY_HOURS 24

/* As if so many more posts without any lift had been seen. */
#define DOUBT 10.0

/* Widths of the kernels, in hours, and what an hour of another day weighs. */
#define AROUND_WIDTH 1.5
#define AROUND_OTHER_DAY 0.35
#define TOGETHER_WIDTH 1.2
#define TOGETHER_OTHER_DAY 0.1

void
bmn_week_sums_add (BmnWeekSums *sums, int hour_of_week, double lift)
{
  sums->n[hour_of_week]++;
  sums->sum[hour_of_week] += lift;
  sums->squares[hour_of_week] += lift * lift;
}

static double
closeness (int hour, int other, double width)
{
  int distance = ABS (hour % DAY_HOURS - other % DAY_HOURS);
  distance = MIN (distance, DAY_HOURS - distance);
  return exp (-.5 * (distance / width) * (distance / width));
}

static void
sum_around (const double *n,
            const double *sum,
            int hour,
            double width,
            double other_day,
            double *total_n,
            double *total)
{
  double by_hour[DAY_HOURS];
  for (int i = 0; i < DAY_HOURS; i++)
    by_hour[i] = closeness (hour, i, width);
  *total_n = *total = 0;
  for (int i = 0; i < BMN_WEEK_HOURS; i++)
    {
      double weight = by_hour[i % DAY_HOURS];
      if (i / DAY_HOURS != hour / DAY_HOURS)
        weight *= other_day;
      *total_n += weight * n[i];
      *total += weight * sum[i];
    }
}

double
bmn_week_sums_around (const BmnWeekSums *sums, int hour_of_week)
{
  double n, sum;
  sum_around (sums->n, sums->sum, hour_of_week, AROUND_WIDTH, AROUND_OTHER_DAY, &n, &sum);
  return sum / (n + DOUBT);
}

/* Takes the effect of the hour of the day out of @rest and adds it to @lift. */
static void
explain_by_hour (const double *n, double *rest, double *lift)
{
  double day_n[DAY_HOURS] = { 0 }, day_sum[DAY_HOURS] = { 0 };
  for (int i = 0; i < BMN_WEEK_HOURS; i++)
    {
      day_n[i % DAY_HOURS] += n[i];
      day_sum[i % DAY_HOURS] += rest[i];
    }
  for (int hour = 0; hour < DAY_HOURS; hour++)
    {
      double total_n = 0, total = 0;
      for (int i = 0; i < DAY_HOURS; i++)
        {
          double weight = closeness (hour, i, TOGETHER_WIDTH);
          total_n += weight * day_n[i];
          total += weight * day_sum[i];
        }
      double effect = total / (total_n + DOUBT);
      for (int i = hour; i < BMN_WEEK_HOURS; i += DAY_HOURS)
        {
          lift[i] += effect;
          rest[i] -= effect * n[i];
        }
    }
}

static void
explain_by_weekday (const double *n, double *rest, double *lift)
{
  for (int day = 0; day < 7; day++)
    {
      double total_n = 0, total = 0;
      for (int i = day * DAY_HOURS; i < (day + 1) * DAY_HOURS; i++)
        {
          total_n += n[i];
          total += rest[i];
        }
      double effect = total / (total_n + 2 * DOUBT);
      for (int i = day * DAY_HOURS; i < (day + 1) * DAY_HOURS; i++)
        {
          lift[i] += effect;
          rest[i] -= effect * n[i];
        }
    }
}

void
bmn_week_lifts_compute (const BmnWeekSums *sums, BmnWeekLifts *lifts)
{
  double all_n = 0, all = 0, squares = 0;
  for (int i = 0; i < BMN_WEEK_HOURS; i++)
    {
      all_n += sums->n[i];
      all += sums->sum[i];
      squares += sums->squares[i];
    }
  double mean = all_n > 0 ? all / all_n : 0;
  double variance = all_n > 1 ? MAX (0, squares / all_n - mean * mean) : 0;
  double rest[BMN_WEEK_HOURS];
  *lifts = (BmnWeekLifts){ 0 };
  for (int i = 0; i < BMN_WEEK_HOURS; i++)
    {
      rest[i] = sums->sum[i] - mean * sums->n[i];
      lifts->n[i] = sums->n[i];
    }
  explain_by_hour (sums->n, rest, lifts->lift);
  explain_by_weekday (sums->n, rest, lifts->lift);
  for (int i = 0; i < BMN_WEEK_HOURS; i++)
    {
      double n, sum;
      sum_around (sums->n, rest, i, TOGETHER_WIDTH, TOGETHER_OTHER_DAY, &n, &sum);
      lifts->lift[i] += sum / (n + 2 * DOUBT);
      lifts->deviation[i] = sqrt (variance / (n + DOUBT));
    }
}

void
bmn_week_sums_save (const BmnWeekSums *sums, BmnStateWriter *writer)
{
  bmn_state_put_doubles (writer, sums->n, BMN_WEEK_HOURS);
  bmn_state_put_doubles (writer, sums->sum, BMN_WEEK_HOURS);
  bmn_state_put_doubles (writer, sums->squares, BMN_WEEK_HOURS);
}

void
bmn_week_sums_load (BmnWeekSums *sums, BmnStateReader *reader)
{
  bmn_state_get_doubles (reader, sums->n, BMN_WEEK_HOURS);
  bmn_state_get_doubles (reader, sums->sum, BMN_WEEK_HOURS);
  bmn_state_get_doubles (reader, sums->squares, BMN_WEEK_HOURS);
}
