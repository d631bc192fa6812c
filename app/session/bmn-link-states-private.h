#pragma once

#include "bmn-checks.h"

#include "bmn-recent-answers-private.h"

G_BEGIN_DECLS

/* What was found out about links a short while ago, as #BmnRecentAnswers by address. */

BmnRecentAnswers *bmn_link_states_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @target: (nullable): where %BMN_LINK_REDIRECTED leads; @now: µs */
void bmn_link_states_put (
    BmnRecentAnswers *self, const char *url, BmnLinkState state, const char *target, gint64 now);

/* As #BmnLookUpLink; %BMN_LINK_UNKNOWN for what was not tried, or too long ago. */
BmnLinkState
bmn_link_states_get (BmnRecentAnswers *self, const char *url, char **target, gint64 now);

G_END_DECLS
