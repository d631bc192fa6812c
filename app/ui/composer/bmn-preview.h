#pragma once

#include "bmn-draft.h"
#include "bmn-session-drafts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnPreview: how a draft will look on each account, by what the account can show. */

#define BMN_TYPE_PREVIEW (bmn_preview_get_type ())
G_DECLARE_FINAL_TYPE (BmnPreview, bmn_preview, BMN, PREVIEW, GtkBox)

/* Shows the draft now. @first: the account to begin with. @time: (nullable): in words */
void bmn_preview_show (
    BmnPreview *self, BmnDraft *draft, GPtrArray *destinations, gint64 first, const char *time);

G_END_DECLS
