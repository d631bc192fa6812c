#pragma once

#include "bmn-advice.h"
#include "bmn-draft.h"
#include "bmn-session-drafts.h"
#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnAdvicePanel: what is said of a draft: hashtags, topics, times, a forecast and checks. What
 * the user makes of it are the actions `composer.toggle-tag` (s), `composer.use-time` (x) and
 * `composer.fix` (u: a finding).
 */

#define BMN_TYPE_ADVICE_PANEL (bmn_advice_panel_get_type ())
G_DECLARE_FINAL_TYPE (BmnAdvicePanel, bmn_advice_panel, BMN, ADVICE_PANEL, GtkBox)

/* How many hashtags and topics are shown at most. */
#define BMN_ADVICE_PANEL_MAX_CHIPS 6
#define BMN_ADVICE_PANEL_MAX_TOPICS 3

void bmn_advice_panel_set_session (BmnAdvicePanel *self, BmnSessionThread *session);

/* @advice: (transfer full); @tags: the hashtags that are in the draft, without the sign */
void bmn_advice_panel_show (BmnAdvicePanel *self,
                            BmnAdvice *advice,
                            const char *const *tags,
                            gint64 post_id,
                            const char *zone);
/* What an account would refuse, in words; shown above the findings. */
void bmn_advice_panel_set_refusals (BmnAdvicePanel *self, const char *const *refusals);

/* Returns: (transfer none) (nullable): what is shown */
const BmnAdvice *bmn_advice_panel_get_advice (BmnAdvicePanel *self);

/* Which of the two groups are visible. */
void
bmn_advice_panel_set_visible_groups (BmnAdvicePanel *self, gboolean suggestions, gboolean checks);

/* Says whose suggestions these are. @name: (nullable): %NULL where that goes without saying */
void bmn_advice_panel_set_account_name (BmnAdvicePanel *self, const char *name);
/* Returns: whether suggestions are on screen */
gboolean bmn_advice_panel_shows_suggestions (BmnAdvicePanel *self);

/* Signals: BmnAdvicePanel::outdated (): a decision changed what would be said */

G_END_DECLS
