#pragma once

#include "bmn-state-private.h"
#include <glib.h>

G_BEGIN_DECLS

#define BMN_WEEK_HOURS 168

/* The lifts of posts by the hour of the week they went out in, Monday 0:00 first. */
typedef struct
{
  double n[BMN_WEEK_HOURS];
  double sum[BMN_WEEK_HOURS];
  double squares[BMN_WEEK_HOURS];
} BmnWeekSums;

void bmn_week_sums_add (BmnWeekSums *sums, int hour_of_week, double lift);

/* Returns: mean lift around @hour_of_week: hours nearby count less with distance, those of
 *   other days a third; shrunk as if ten more posts had none */
double bmn_week_sums_around (const BmnWeekSums *sums, int hour_of_week);

/* What a week's hours do, seen as hour of the day + weekday + what both do together. */
typedef struct
{
  double lift[BMN_WEEK_HOURS];      /* against the account's mean */
  double deviation[BMN_WEEK_HOURS]; /* standard error of it */
  double n[BMN_WEEK_HOURS];         /* posts that went out in that hour */
} BmnWeekLifts;

void bmn_week_lifts_compute (const BmnWeekSums *sums, BmnWeekLifts *lifts);

void bmn_week_sums_save (const BmnWeekSums *sums, BmnStateWriter *writer);
void bmn_week_sums_load (BmnWeekSums *sums, BmnStateReader *reader);

G_END_DECLS
