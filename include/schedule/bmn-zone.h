#pragma once

#include "bmn-wall-time.h"

G_BEGIN_DECLS

/*
 * Time zones, by the zone data of this computer (tzdata) as GTimeZone reads them. Nothing is
 * kept between calls, so new zone data count as soon as they are installed. Any thread.
 */

/**
 * BmnZoneHint:
 * @BMN_ZONE_EXACT: the wall-clock time exists once
 * @BMN_ZONE_GAP: the clock jumps over it (spring); it was moved forward by the length of
 *   the gap, so 02:30 becomes 03:30 where 02:00 to 03:00 is skipped
 * @BMN_ZONE_OVERLAP: it happens twice (autumn); the first one was taken
 *
 * How a wall-clock time became an instant. The rule is that of RFC 5545, section 3.3.5.
 */
typedef enum
{
  BMN_ZONE_EXACT,
  BMN_ZONE_GAP,
  BMN_ZONE_OVERLAP,
} BmnZoneHint;

/**
 * bmn_zone_is_known:
 *
 * Returns: whether @iana names a zone this computer has data for. `UTC` always is; offsets
 *   (`+02:00`) and POSIX rules (`CET-1CEST`) never are.
 */
gboolean bmn_zone_is_known (const char *iana);

/**
 * bmn_zone_resolve:
 * @iana: name of a zone, such as `Europe/Berlin`
 * @instant: (out): µs since the epoch
 * @hint: (out) (optional):
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID for an unknown zone, or a @wall that is no date
 *   and time
 */
gboolean bmn_zone_resolve (
    const char *iana, const BmnWallTime *wall, gint64 *instant, BmnZoneHint *hint, GError **error);

/**
 * bmn_zone_to_wall:
 * @instant: µs since the epoch; parts of a second are dropped
 * @wall: (out): what the clocks in the zone show at @instant
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID for an unknown zone, or years outside 1970 to 9998
 */
gboolean bmn_zone_to_wall (const char *iana, gint64 instant, BmnWallTime *wall, GError **error);

/**
 * bmn_zone_local_name:
 *
 * Reads `TZ`, `/etc/localtime` and `/etc/timezone`, in this order, anew at each call; what
 * names no known zone (such as a POSIX rule in `TZ`) is passed over. Quick, but it touches
 * files.
 *
 * Returns: (transfer full): IANA name of this computer's zone; `UTC` where none is set
 */
char *bmn_zone_local_name (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
