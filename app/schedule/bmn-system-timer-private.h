#pragma once

#include <glib.h>

/*
 * A source on the computer's wall clock, as bmn_clock_create_timer() promises.
 *
 * It sleeps on a timerfd (CLOCK_REALTIME, absolute, TFD_TIMER_CANCEL_ON_SET): the kernel ends
 * the sleep at the time, however often the clock is set meanwhile, and also whenever the
 * clock is set or the computer wakes up. Where there is no timerfd to be had (no free file
 * descriptor), it looks at the clock every half minute instead.
 */

/* Returns: (transfer full): a source without a time, not attached */
GSource *bmn_system_timer_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @at: µs since the epoch, 0 for none */
void bmn_system_timer_set (GSource *source, gint64 at);
