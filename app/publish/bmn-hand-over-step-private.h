#pragma once

#include "bmn-attempt.h"
#include "bmn-capabilities.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/*
 * What to do next about a target that a server holds or is to hold until its time, from nothing
 * but what is on record: what the user wants, what the server has, and the attempts. Pure, as
 * bmn_publish_next_step() is, and the same rules say what may be sent again.
 *
 *     wanted ──SEND──▶ in doubt ──▶ held ──LOOK, at its time──▶ what came out of it
 *       ▲                 │          │
 *       └────RELEASE──────┴TAKE_BACK─┘   when the user changed, moved or cancelled it
 */

/**
 * BmnHandOverStep:
 * @BMN_HAND_OVER_STEP_NONE: all is as it should be, or nothing may be done yet
 * @BMN_HAND_OVER_STEP_SEND: hand it over; certain that this makes no second one
 * @BMN_HAND_OVER_STEP_TAKE_BACK: the server holds what the user no longer wants like that
 * @BMN_HAND_OVER_STEP_LOOK: look whether the server holds it, or what came out of it
 * @BMN_HAND_OVER_STEP_RELEASE: certain that no server holds it and nothing is out
 * @BMN_HAND_OVER_STEP_GONE: its time is long over, and nothing came out of it
 * @BMN_HAND_OVER_STEP_ASK: only the user can tell
 */
typedef enum
{
  BMN_HAND_OVER_STEP_NONE,
  BMN_HAND_OVER_STEP_SEND,
  BMN_HAND_OVER_STEP_TAKE_BACK,
  BMN_HAND_OVER_STEP_LOOK,
  BMN_HAND_OVER_STEP_RELEASE,
  BMN_HAND_OVER_STEP_GONE,
  BMN_HAND_OVER_STEP_ASK,
} BmnHandOverStep;

/* The name that a target's message about this bears. */
#define BMN_HAND_OVER_KIND "hand-over"

/* What came out is looked for this long after its time, at first: seconds. */
#define BMN_HAND_OVER_LOOK_DELAY 5

/* What was gone from the server's schedule this long before its time, somebody deleted there;
 * later it may be on its way out. Seconds. */
#define BMN_HAND_OVER_NEAR 120

/* A server may take so many times the life of a request to publish what it held. */
#define BMN_HAND_OVER_GRACE 3

/* The longest wait between two tries, in seconds. */
#define BMN_HAND_OVER_MAX_WAIT (15 * 60)

/**
 * BmnHandOverFacts:
 * @revision: of the content as it is now
 * @n_parts: messages of the target
 * @paused: whether the account rests
 * @untouched: whether nothing of it is or may be out
 * @attempts: (element-type BmnAttempt): oldest first, all finished
 * @now: µs on the wall clock
 * @steady: as for bmn_publish_next_step()
 */
typedef struct
{
  const BmnTarget *target;
  gint64 revision;
  guint n_parts;
  gboolean paused;
  gboolean untouched;
  GPtrArray *attempts;
  const BmnCapabilities *caps;
  gint64 now;
  gint64 steady;
} BmnHandOverFacts;

/**
 * bmn_hand_over_next_step:
 * @at: (out): for %BMN_HAND_OVER_STEP_NONE, when to ask again, µs on the wall clock; 0 for not
 *   before something changes
 */
BmnHandOverStep bmn_hand_over_next_step (const BmnHandOverFacts *facts, gint64 *at);

/* Returns: whether the user wants the server to hold the target, and it is one that can be held */
gboolean bmn_hand_over_is_wanted (const BmnHandOverFacts *facts);

/* Returns: whether what the server holds is what the user wants */
gboolean bmn_hand_over_is_in_step (const BmnHandOverFacts *facts);

G_END_DECLS
