#include "bmn-count-schedule.h"

gint64
bmn_count_schedule_next (gint64 published_at, gint64 read_at)
{
  static const gint64 delays[] = {
    1 * G_TIME_SPAN_HOUR, 6 * G_TIME_SPAN_HOUR, 24 * G_TIME_SPAN_HOUR,
    3 * G_TIME_SPAN_DAY,  7 * G_TIME_SPAN_DAY,  BMN_COUNT_SCHEDULE_END,
  };
  for (gsize i = 0; i < G_N_ELEMENTS (delays); i++)
    if (read_at < published_at + delays[i])
      return published_at + delays[i];
  return 0;
}
