#pragma once

#include "bmn-wall-time.h"

G_BEGIN_DECLS

/**
 * BmnWhenKind:
 * @BMN_WHEN_DRAFT: not planned
 * @BMN_WHEN_AT: at a wall-clock time in a zone
 * @BMN_WHEN_IN: a while from now
 * @BMN_WHEN_NEXT_SLOT: the next free slot of each account
 * @BMN_WHEN_NOW: at once
 */
typedef enum
{
  BMN_WHEN_DRAFT,
  BMN_WHEN_AT,
  BMN_WHEN_IN,
  BMN_WHEN_NEXT_SLOT,
  BMN_WHEN_NOW,
} BmnWhenKind;

/**
 * BmnWhen:
 * @kind: see #BmnWhenKind
 * @wall: for %BMN_WHEN_AT
 * @zone: (nullable): IANA zone for %BMN_WHEN_AT; %NULL for each account's own
 * @delay: seconds for %BMN_WHEN_IN
 * @hand_over: let the servers hold the post until then, where they can
 *
 * When the user wants a post to go out.
 */
typedef struct
{
  BmnWhenKind kind;
  BmnWallTime wall;
  const char *zone;
  gint64 delay;
  gboolean hand_over;
} BmnWhen;

/*
 * Zones for a time picker, by this computer's zone data. Quick; any thread.
 */

/**
 * bmn_when_resolve:
 * @zone: IANA name
 * @instant: (out): µs since the epoch
 * @note: (out) (transfer full) (nullable): what the user should know where the clocks change
 *   just then, in words; else %NULL
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID for an unknown zone or an impossible date
 */
gboolean bmn_when_resolve (
    const char *zone, const BmnWallTime *wall, gint64 *instant, char **note, GError **error);

/* Sets @wall to what the clocks in @zone show at @instant (µs); %BMN_ERROR_INVALID as above. */
gboolean bmn_when_to_wall (const char *zone, gint64 instant, BmnWallTime *wall, GError **error);

G_END_DECLS
