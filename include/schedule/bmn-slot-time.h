#pragma once

#include "bmn-slot.h"
#include "bmn-wall-time.h"

G_BEGIN_DECLS

/*
 * Where in time the slots of an account's week are. A slot stands for the same wall-clock
 * time in every week, whatever the offset; by the rule of bmn_zone_resolve() one in a gap
 * moves forward, and one in an overlap counts once. Two slots that meet at one instant in
 * that way are one place. Pure functions; any thread.
 *
 * A place is free when no taken instant is nearer than the account's gap, and none is in
 * the same minute.
 */

/* How far ahead a free place is looked for. */
#define BMN_SLOTS_HORIZON_DAYS 366

/**
 * BmnSlotTime:
 * @instant: µs since the epoch
 * @wall: the same as the clocks of the zone show it
 *
 * One place in time made by a slot.
 */
typedef struct
{
  gint64 instant;
  BmnWallTime wall;
} BmnSlotTime;

/**
 * bmn_slots_next_free:
 * @slots: (element-type BmnSlot): in any order
 * @zone: IANA zone of the account
 * @after: µs; the place is strictly later
 * @taken: (nullable) (element-type gint64): instants in µs at which something goes out
 *   already, in any order
 * @min_gap: seconds
 * @place: (out):
 *
 * Returns: the first free place. %FALSE with %BMN_ERROR_NOT_FOUND when there are no slots or
 *   none is free within %BMN_SLOTS_HORIZON_DAYS, with %BMN_ERROR_INVALID for an unknown zone
 *   or a slot that is no weekday and minute
 */
gboolean bmn_slots_next_free (GPtrArray *slots,
                              const char *zone,
                              gint64 after,
                              GArray *taken,
                              gint64 min_gap,
                              BmnSlotTime *place,
                              GError **error);

/**
 * bmn_slots_list_free:
 * @from: µs, inclusive
 * @until: µs, exclusive; what is later than %BMN_SLOTS_HORIZON_DAYS after @from is left out
 *
 * The other arguments are those of bmn_slots_next_free(). Each place is free by itself:
 * taking one may make its neighbours nearer than the gap.
 *
 * Returns: (transfer full) (element-type BmnSlotTime): all free places, in order of time,
 *   maybe none; %NULL with %BMN_ERROR_INVALID
 */
GArray *bmn_slots_list_free (GPtrArray *slots,
                             const char *zone,
                             gint64 from,
                             gint64 until,
                             GArray *taken,
                             gint64 min_gap,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
