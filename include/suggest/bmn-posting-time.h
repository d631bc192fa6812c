#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BMN_POSTING_HOURS 168

/**
 * BmnPostingHour:
 * @lift: logarithm of what posts of this hour got against the account's mean, shrunk to 0
 *   where there are few; an association with the hour, no promise
 * @low: lower end of its 80 % interval
 * @high: upper end
 * @n: posts that went out in just this hour of the week
 *
 * One hour of the week.
 */
typedef struct
{
  double lift;
  double low;
  double high;
  guint n;
} BmnPostingHour;

/**
 * BmnPostingTime:
 * @at: µs since the epoch
 * @weekday: 0 Monday … 6, in the account's zone
 * @hour_of_day: 0–23, likewise
 * @hour: what is known of its hour of the week
 * @is_exploration: suggested because next to nothing is known of the hour, not because it
 *   did well
 *
 * One moment that a post could go out at.
 */
typedef struct
{
  gint64 at;
  int weekday;
  int hour_of_day;
  BmnPostingHour hour;
  gboolean is_exploration;
} BmnPostingTime;

/* Returns: (transfer full): what is known of it, as a translated sentence */
char *bmn_posting_time_to_sentence (const BmnPostingTime *time) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
