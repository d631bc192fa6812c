#pragma once

#include <glib-object.h>

#include "bmn-wall-time.h"

G_BEGIN_DECLS

#define BMN_TYPE_RECURRENCE (bmn_recurrence_get_type ())

/**
 * BmnRecurrence:
 *
 * A rule by which a post repeats: an RFC 5545 RRULE (section 3.3.10) whose FREQ is DAILY,
 * WEEKLY, MONTHLY or YEARLY. The time of day is that of the first date: BYHOUR, BYMINUTE and
 * BYSECOND are refused, and so are the calendars of RFC 7529. Immutable, counted by
 * references, usable from any thread.
 */
typedef struct _BmnRecurrence BmnRecurrence;

/* Limits that no reasonable rule meets; they keep hostile ones harmless. */
#define BMN_RECURRENCE_MAX_LENGTH 2048
#define BMN_RECURRENCE_MAX_INTERVAL 999
#define BMN_RECURRENCE_MAX_COUNT 9999
/* A series ends this many years after its first date, whatever the rule says, so there are at
 * most 36 525 dates to look at; and at the end of 2582, where libical's calendar ends. */
#define BMN_RECURRENCE_HORIZON_YEARS 100

GType bmn_recurrence_get_type (void) G_GNUC_CONST;

/**
 * bmn_recurrence_parse:
 * @rule: upper or lower case, with or without `RRULE:`
 *
 * Refused is what RFC 5545 forbids, what the limits above exclude, a day that no month has,
 * and what libical cannot do: BYSETPOS with DAILY or WEEKLY, BYYEARDAY or BYWEEKNO with each
 * other or with BYMONTH or BYMONTHDAY.
 *
 * Returns: (transfer full): the rule; %NULL with %BMN_ERROR_INVALID that says in plain words
 *   what is wrong
 */
BmnRecurrence *bmn_recurrence_parse (const char *rule, GError **error) G_GNUC_WARN_UNUSED_RESULT;

BmnRecurrence *bmn_recurrence_ref (BmnRecurrence *recurrence) G_GNUC_WARN_UNUSED_RESULT;
void bmn_recurrence_unref (BmnRecurrence *recurrence);

/* Returns: (transfer none): the rule in upper case without `RRULE:`, as the store keeps it */
const char *bmn_recurrence_get_rule (BmnRecurrence *recurrence);

/**
 * bmn_recurrence_next:
 * @zone: IANA zone of the series; used only for an UNTIL in UTC
 * @first: where the series begins; its time of day is that of all dates. It is a date of
 *   the series, and counts towards COUNT, only if it obeys the rule.
 * @after: (nullable): the date is strictly later; %NULL for the first of the series
 * @next: (out):
 *
 * Dates are made in wall-clock time without a zone, so 09:00 stays 09:00 when the offset
 * changes; bmn_zone_resolve() gives the instant. An UNTIL without a time includes that
 * whole day.
 *
 * Returns: %TRUE with @next. %FALSE without an error at the end of the series. %FALSE with
 *   %BMN_ERROR_INVALID for an unknown zone, a @first that is no date and time, or a rule that
 *   makes no date at all from @first on; to find that out takes up to half a second
 */
gboolean bmn_recurrence_next (BmnRecurrence *recurrence,
                              const char *zone,
                              const BmnWallTime *first,
                              const BmnWallTime *after,
                              BmnWallTime *next,
                              GError **error);

/**
 * bmn_recurrence_describe:
 *
 * Returns: (transfer full): the rule in the user's language, such as “Every 2 weeks on
 *   Monday and Friday, 10 times”; the rule itself where no sentence fits
 */
char *bmn_recurrence_describe (BmnRecurrence *recurrence) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnRecurrence, bmn_recurrence_unref)

G_END_DECLS
