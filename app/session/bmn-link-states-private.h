#pragma once

#include "bmn-checks.h"

G_BEGIN_DECLS

/**
 * BmnLinkStates:
 *
 * What was found out about links a short while ago. Any thread.
 */
typedef struct _BmnLinkStates BmnLinkStates;

/* How long an answer is good for: µs. */
#define BMN_LINK_STATES_LIFE G_TIME_SPAN_HOUR

BmnLinkStates *bmn_link_states_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_link_states_free (BmnLinkStates *self);

/* @target: (nullable): where %BMN_LINK_REDIRECTED leads; @now: µs */
void bmn_link_states_put (
    BmnLinkStates *self, const char *url, BmnLinkState state, const char *target, gint64 now);

/* As #BmnLookUpLink; %BMN_LINK_UNKNOWN for what was not tried, or too long ago. */
BmnLinkState bmn_link_states_get (BmnLinkStates *self, const char *url, char **target, gint64 now);

G_END_DECLS
