#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days and weeks as this computer's calendar has them. All return (transfer full). */

GDateTime *bmn_plan_time_from_instant (gint64 at) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: µs since the epoch */
gint64 bmn_plan_time_to_instant (GDateTime *time);
/* Returns: the day's midnight */
GDateTime *bmn_plan_time_day (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: midnight of the first day of the week that @time is in, by the locale */
GDateTime *bmn_plan_time_week (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
GDateTime *bmn_plan_time_month (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
gboolean bmn_plan_time_same_day (GDateTime *a, GDateTime *b);
/* Returns: the instant of @clock's time of day on the day of @day */
gint64 bmn_plan_time_combine (GDateTime *day, GDateTime *clock);
/* Returns: the hour of the week, 0 for Monday 0:00 to 167 */
int bmn_plan_time_hour_of_week (GDateTime *time);

/* 09:30 or 9:30 AM, by the locale */
char *bmn_plan_time_format_clock (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
/* Wednesday 14 October, 09:30 */
char *bmn_plan_time_format_full (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
/* Wednesday 14 October */
char *bmn_plan_time_format_day (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
