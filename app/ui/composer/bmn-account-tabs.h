#pragma once

#include "bmn-draft.h"
#include "bmn-session-drafts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnAccountTabs: whose text is shown: that of all accounts or of one. Each tab says how much
 * of the account's length is left; a menu at the end chooses the accounts. */

#define BMN_TYPE_ACCOUNT_TABS (bmn_account_tabs_get_type ())
G_DECLARE_FINAL_TYPE (BmnAccountTabs, bmn_account_tabs, BMN, ACCOUNT_TABS, GtkBox)

/* @destinations: (element-type BmnDestination) */
void bmn_account_tabs_set_up (BmnAccountTabs *self, BmnDraft *draft, GPtrArray *destinations);
/* Returns: an account's id, or %BMN_DRAFT_ALL */
gint64 bmn_account_tabs_get_current (BmnAccountTabs *self);
void bmn_account_tabs_set_current (BmnAccountTabs *self, gint64 account_id);

/* Signals: BmnAccountTabs::switched () */

G_END_DECLS
