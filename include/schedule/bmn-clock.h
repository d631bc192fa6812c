#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BMN_TYPE_CLOCK (bmn_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (BmnClock, bmn_clock, BMN, CLOCK, GObject)

/**
 * BmnClockTimerFunc:
 * @stepped: %TRUE when the wall clock was set or the computer woke up, %FALSE when the
 *   timer's time has come
 *
 * The callback of the sources made by bmn_clock_create_timer(); called in the thread that
 * runs the source's #GMainContext.
 */
typedef void (*BmnClockTimerFunc) (gboolean stepped, gpointer user_data);

/**
 * BmnClockClass:
 * @now: see bmn_clock_now()
 * @monotonic: see bmn_clock_monotonic()
 * @create_timer: see bmn_clock_create_timer()
 * @set_timer: see bmn_clock_set_timer()
 *
 * What time it is, and how to be called at a time. Everything that asks for the time is
 * handed a clock, so that tests can hand in one that they move by hand. A clock may be
 * used from any thread.
 */
struct _BmnClockClass
{
  GObjectClass parent_class;

  gint64 (*now) (BmnClock *clock);
  gint64 (*monotonic) (BmnClock *clock);
  GSource *(*create_timer) (BmnClock *clock);
  void (*set_timer) (BmnClock *clock, GSource *timer, gint64 at);
};

/**
 * bmn_clock_new_system:
 *
 * Returns: (transfer full): the computer's own clock
 */
BmnClock *bmn_clock_new_system (void) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: the wall clock: µs since the epoch; it can be set back and forth */
gint64 bmn_clock_now (BmnClock *clock);

/* Returns: µs since some fixed moment; never goes back, stands still during suspend */
gint64 bmn_clock_monotonic (BmnClock *clock);

/**
 * bmn_clock_create_timer:
 *
 * The seam below #BmnAlarm, which is what the rest of the program uses.
 *
 * Returns: (transfer full): a source that is not attached yet and has no time set; its
 *   callback is a #BmnClockTimerFunc. It reports steps of the clock with or without a time
 *   set, and each time that was set once.
 */
GSource *bmn_clock_create_timer (BmnClock *clock) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_clock_set_timer:
 * @timer: from bmn_clock_create_timer() of the same clock
 * @at: µs since the epoch, on the wall clock; 0 for none. A time that is past is reported
 *   at once (from the main loop).
 *
 * Sets the timer's one time, in place of the one it had.
 */
void bmn_clock_set_timer (BmnClock *clock, GSource *timer, gint64 at);

G_END_DECLS
