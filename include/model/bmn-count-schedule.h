#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Counts have moved little by a month after publishing; they are read no more after this, µs. */
#define BMN_COUNT_SCHEDULE_END (30 * G_TIME_SPAN_DAY)

/**
 * bmn_count_schedule_next:
 * @published_at: µs since the epoch
 * @read_at: when the counts were read (or tried) last, µs; 0 for never
 *
 * The counts of a post are read 1 h, 6 h, 24 h, 3 d, 7 d and 30 d after it came out. A reading
 * stands for all of these that have passed by then: what was missed while the computer was off
 * is not made up for.
 *
 * Returns: when they are to be read next, maybe past; 0 for never again. Pure; any thread.
 */
gint64 bmn_count_schedule_next (gint64 published_at, gint64 read_at);

G_END_DECLS
