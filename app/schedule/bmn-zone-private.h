#pragma once

#include "bmn-zone.h"

/*
 * The same as bmn-zone.h, on a zone that is loaded once for many questions: reading one
 * takes as long as a thousand of them.
 */

/* Returns: (transfer full): the zone; %NULL with %BMN_ERROR_INVALID for an unknown one */
GTimeZone *bmn_zone_load (const char *iana, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @wall: a date and time that exists in the calendar; see bmn_zone_check_wall() */
gint64 bmn_zone_resolve_in (GTimeZone *zone, const BmnWallTime *wall, BmnZoneHint *hint);

/* Returns: %FALSE with %BMN_ERROR_INVALID for years outside 1970 to 9998 */
gboolean bmn_zone_to_wall_in (GTimeZone *zone, gint64 instant, BmnWallTime *wall, GError **error);

/* Returns: %FALSE with %BMN_ERROR_INVALID for what is no date and time of 1970 to 9998 */
gboolean bmn_zone_check_wall (const BmnWallTime *wall, GError **error);
