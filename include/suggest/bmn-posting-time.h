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

G_END_DECLS
