#pragma once

#include "bmn-hashtag-suggestion.h"
#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnReasonPopover: why a hashtag is suggested: each reason in a sentence, posts that speak for
 * it and one against, and what the user can decide about it. */

#define BMN_TYPE_REASON_POPOVER (bmn_reason_popover_get_type ())
G_DECLARE_FINAL_TYPE (BmnReasonPopover, bmn_reason_popover, BMN, REASON_POPOVER, GtkPopover)

/* @suggestion: read at once; @post_id: the draft, 0 where it is not stored */
GtkWidget *bmn_reason_popover_new (BmnSessionThread *session,
                                   gint64 account_id,
                                   gint64 post_id,
                                   const BmnHashtagSuggestion *suggestion);

/* Signals: BmnReasonPopover::decided (): the suggestions are others by now */

G_END_DECLS
