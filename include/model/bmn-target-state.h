#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnTargetState:
 * @BMN_TARGET_DRAFT: not planned
 * @BMN_TARGET_SCHEDULED: waits for its time, or for its next try
 * @BMN_TARGET_PUBLISHING: an attempt is under way; at most one process works on it
 * @BMN_TARGET_PUBLISHED: it was read back from the platform
 * @BMN_TARGET_FAILED: it is certain that it is not out (or not whole), and we stopped trying
 * @BMN_TARGET_UNKNOWN: it may be out; the user is asked, nothing is sent meanwhile
 * @BMN_TARGET_HELD: its time passed while this computer could not publish; the user is asked
 * @BMN_TARGET_CANCELLED: the user took it back
 *
 * The life of a target: draft → scheduled → publishing → one of the others.
 */
typedef enum
{
  BMN_TARGET_DRAFT,
  BMN_TARGET_SCHEDULED,
  BMN_TARGET_PUBLISHING,
  BMN_TARGET_PUBLISHED,
  BMN_TARGET_FAILED,
  BMN_TARGET_UNKNOWN,
  BMN_TARGET_HELD,
  BMN_TARGET_CANCELLED,
} BmnTargetState;

#define BMN_TARGET_N_STATES (BMN_TARGET_CANCELLED + 1)

/* Stable names for the store, the command line and JSON: `draft`, `scheduled`, … */
const char *bmn_target_state_to_nick (BmnTargetState state);
/* Returns: whether @nick names a state, written to @state */
gboolean bmn_target_state_from_nick (const char *nick, BmnTargetState *state);
/* Returns: (transfer none): the state's translated name for people */
const char *bmn_target_state_get_label (BmnTargetState state);

G_END_DECLS
