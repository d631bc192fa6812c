#pragma once

#include "bmn-clock.h"

G_BEGIN_DECLS

#define BMN_TYPE_ALARM (bmn_alarm_get_type ())

/**
 * BmnAlarm:
 *
 * Calls back at a time of the wall clock, and when the wall clock itself was changed.
 * It sleeps in the kernel until then: nothing wakes up for a time that has not come.
 * It survives suspend: a time that passed meanwhile is reported after waking up. It does
 * not wake the computer.
 *
 * Signals, both emitted in the thread-default #GMainContext of bmn_alarm_new():
 * - `fired`: now is at or after the time that was set. The alarm is unset before, so a
 *   handler may set the next time. Emitted once per time set.
 * - `clock-changed`: the clock was set, or the computer woke up; whatever depends on the
 *   time is to be computed again. The alarm keeps its time, and where that is past now,
 *   `fired` follows from the main loop unless the handler sets another time.
 */
G_DECLARE_FINAL_TYPE (BmnAlarm, bmn_alarm, BMN, ALARM, GObject)

/**
 * bmn_alarm_new:
 * @clock: kept
 *
 * To be used and let go in the thread that made it.
 *
 * Returns: (transfer full): an alarm with no time set, which watches the clock already
 */
BmnAlarm *bmn_alarm_new (BmnClock *clock) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_alarm_set:
 * @at: µs since the epoch; 0 for none. A time that is past fires from the main loop, never
 *   from within this call.
 *
 * Sets the alarm's one time, in place of the one it had.
 */
void bmn_alarm_set (BmnAlarm *alarm, gint64 at);

/* Returns: the time set, µs since the epoch; 0 for none */
gint64 bmn_alarm_get (BmnAlarm *alarm);

G_END_DECLS
