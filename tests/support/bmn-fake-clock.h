#pragma once

#include "bmn-clock.h"

G_BEGIN_DECLS

#define BMN_TYPE_FAKE_CLOCK (bmn_fake_clock_get_type ())

/**
 * BmnFakeClock:
 *
 * A clock that moves only when a test moves it, from any thread. Alarms on it are reported
 * by the main loop of whoever made them, so a test runs that loop after moving the clock.
 *
 * The signal `changed` is emitted in the thread that moves it, after each step (not for time
 * that merely passes).
 */
G_DECLARE_FINAL_TYPE (BmnFakeClock, bmn_fake_clock, BMN, FAKE_CLOCK, BmnClock)

/**
 * bmn_fake_clock_new:
 * @now: µs since the epoch
 */
BmnFakeClock *bmn_fake_clock_new (gint64 now) G_GNUC_WARN_UNUSED_RESULT;

/* @now: ISO 8601 with an offset or `Z`; anything else fails the test */
BmnFakeClock *bmn_fake_clock_new_at (const char *now) G_GNUC_WARN_UNUSED_RESULT;

/* Time passes: @duration µs, 0 or more, on both clocks. */
void bmn_fake_clock_advance (BmnFakeClock *clock, gint64 duration);

/* Time passes until the wall clock shows @instant, which must not be past. */
void bmn_fake_clock_advance_to (BmnFakeClock *clock, gint64 instant);

/* Somebody sets the wall clock; the monotonic one does not care. */
void bmn_fake_clock_set (BmnFakeClock *clock, gint64 now);

/* Somebody sets the wall clock by @difference µs, ahead or back. */
void bmn_fake_clock_step (BmnFakeClock *clock, gint64 difference);

/* The computer sleeps for @duration µs and wakes up; the monotonic clock stood still. */
void bmn_fake_clock_suspend (BmnFakeClock *clock, gint64 duration);

G_END_DECLS
