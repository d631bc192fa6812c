#pragma once

#include "bmn-forecast.h"
#include "bmn-hashtag-suggestion.h"
#include "bmn-session-thread.h"
#include "bmn-tag-decision.h"
#include "bmn-topic.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnReasonPopover: why something is suggested: each reason in a sentence, posts that speak for
 * it and one against, and what the user can decide about a hashtag. What is asked about is read
 * at once. */

#define BMN_TYPE_REASON_POPOVER (bmn_reason_popover_get_type ())
G_DECLARE_FINAL_TYPE (BmnReasonPopover, bmn_reason_popover, BMN, REASON_POPOVER, GtkPopover)

GtkWidget *bmn_reason_popover_new_for_hashtag (BmnSessionThread *session,
                                               const BmnHashtagSuggestion *suggestion);
GtkWidget *
bmn_reason_popover_new_for_forecast (BmnSessionThread *session, const BmnForecast *forecast);
GtkWidget *bmn_reason_popover_new_for_topic (BmnSessionThread *session, const BmnTopic *topic);

/* Returns: whether the user pinned the hashtag */
gboolean bmn_reason_popover_is_pinned (const BmnHashtagSuggestion *suggestion);

/* Signals: BmnReasonPopover::decided (int kind): a #BmnTagDecisionKind, which is not carried out
 * yet */

G_END_DECLS
