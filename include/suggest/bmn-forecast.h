#pragma once

#include "bmn-reason.h"

G_BEGIN_DECLS

/**
 * BmnForecast:
 * @is_ready: whether enough posts were counted to say anything; if not, all numbers are 0
 *   and @reasons says how many are needed
 * @lift: forecast logarithm of the engagement less that of the account's recent median
 * @expected: engagement (likes, reposts and replies together) to expect
 * @median: of the account's recent posts
 * @has_interval: whether there were errors enough to say how sure that is
 * @low: lower end of the interval that held 80 % of the account's own posts
 * @high: upper end
 * @reasons: (element-type BmnReason): what moves it up and down, largest effect first
 */
typedef struct
{
  gboolean is_ready;
  double lift;
  double expected;
  double median;
  gboolean has_interval;
  double low;
  double high;
  GPtrArray *reasons; /* (owned) (element-type BmnReason) */
} BmnForecast;

void bmn_forecast_free (BmnForecast *forecast);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnForecast, bmn_forecast_free)

G_END_DECLS
