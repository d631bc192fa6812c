#include "bmn-engine-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* 80 % of a normal distribution lie within so many standard deviations. */
#define NORMAL_80 1.2815515655

/* An hour with fewer posts around it counts as unexplored. */
#define UNEXPLORED_POSTS 3

/* One in so many suggestions may be an exploration. */
#define EXPLORATION_SHARE 4

void
bmn_engine_get_week (BmnEngine *engine, BmnPostingHour *hours)
{
  bmn_engine_refresh (engine);
  BmnWeekLifts lifts;
  bmn_week_lifts_compute (&engine->forecaster.week_at_post, &lifts);
  for (int i = 0; i < BMN_POSTING_HOURS; i++)
    {
      double margin = NORMAL_80 * lifts.deviation[i];
      hours[i] = (BmnPostingHour){ lifts.lift[i], lifts.lift[i] - margin, lifts.lift[i] + margin,
                                   (guint)lifts.n[i] };
    }
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const BmnPostingTime *x = a, *y = b;
  if (x->hour.lift != y->hour.lift)
    return x->hour.lift < y->hour.lift ? 1 : -1;
  return (x->at > y->at) - (x->at < y->at);
}

static guint
posts_around (const BmnPostingHour *hours, int weekday, int hour)
{
  guint n = 0;
  for (int i = -1; i <= 1; i++)
    n += hours[weekday * 24 + (hour + 24 + i) % 24].n;
  return n;
}

/* Of the unexplored times not suggested yet, the one that could turn out best. */
static gint
find_exploration (GArray *times, const BmnPostingHour *hours, guint from)
{
  gint best = -1;
  for (guint i = from; i < times->len; i++)
    {
      const BmnPostingTime *time = &g_array_index (times, BmnPostingTime, i);
      if (posts_around (hours, time->weekday, time->hour_of_day) >= UNEXPLORED_POSTS)
        continue;
      if (best < 0
          || time->hour.high > g_array_index (times, BmnPostingTime, (guint)best).hour.high)
        best = (gint)i;
    }
  return best;
}

GArray *
bmn_engine_rank_times (BmnEngine *engine, const gint64 *candidates, guint n_candidates, guint max)
{
  BmnPostingHour hours[BMN_POSTING_HOURS];
  bmn_engine_get_week (engine, hours);
  GArray *times = g_array_sized_new (FALSE, FALSE, sizeof (BmnPostingTime), n_candidates);
  for (guint i = 0; i < n_candidates; i++)
    {
      BmnMoment moment = bmn_engine_moment (engine, candidates[i]);
      BmnPostingTime time = { candidates[i], moment.weekday, moment.hour,
                              hours[moment.weekday * 24 + moment.hour], FALSE };
      g_array_append_val (times, time);
    }
  g_array_sort (times, compare_times);
  gint exploration = max >= EXPLORATION_SHARE && times->len > max
                         ? find_exploration (times, hours, max - 1)
                         : -1;
  if (exploration >= 0)
    {
      BmnPostingTime time = g_array_index (times, BmnPostingTime, (guint)exploration);
      time.is_exploration = TRUE;
      g_array_remove_index (times, (guint)exploration);
      g_array_insert_val (times, max - 1, time);
    }
  if (times->len > max)
    g_array_set_size (times, max);
  return times;
}

char *
bmn_posting_time_to_sentence (const BmnPostingTime *time)
{
  double factor = exp (time->hour.lift);
  guint n = time->hour.n;
  if (time->is_exploration)
    return g_strdup (_ ("A try: you hardly ever posted around this hour of the week, so nobody "
                        "knows how it would do."));
  return g_strdup_printf (
      ngettext ("%u post went out in this hour of the week; posts around it did %.2f times your "
                "mean (80 %% interval %.2f to %.2f). What else they had in common, this does not "
                "tell.",
                "%u posts went out in this hour of the week; posts around it did %.2f times your "
                "mean (80 %% interval %.2f to %.2f). What else they had in common, this does not "
                "tell.",
                n),
      n, factor, exp (time->hour.low), exp (time->hour.high));
}
