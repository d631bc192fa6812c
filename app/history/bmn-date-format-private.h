#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How dates are written in somebody's table: `iso` (ISO 8601), `unix` or `unix-ms` (seconds
 * or milliseconds since the epoch) or a pattern of strptime(3), read with English names.
 */

/* Returns: whether @format is one of them: a pattern needs year, month and day */
gboolean bmn_date_format_is_known (const char *format);

/* Returns: whether dates in @format tell their zone, so that no other counts; for `iso`
 * whether @sample does */
gboolean bmn_date_format_tells_zone (const char *format, const char *sample);

/**
 * bmn_date_format_parse:
 * @zone: IANA zone that a date without an offset is meant in
 * @instant: (out): µs since the epoch
 *
 * Returns: whether @text, blanks around it aside, is a date in @format
 */
gboolean
bmn_date_format_parse (const char *format, const char *text, const char *zone, gint64 *instant);

/**
 * bmn_date_format_guess:
 * @texts: (element-type utf8): dates of one column, in their order
 * @is_doubtful: (out): day and month could be the other way round just as well
 *
 * Looks for the format that all of @texts are written in. Where more than one fits, it is the
 * one by which they are most in order, as exports are.
 *
 * Returns: (nullable) (transfer none): %NULL where none fits
 */
const char *bmn_date_format_guess (GPtrArray *texts, gboolean *is_doubtful);

G_END_DECLS
