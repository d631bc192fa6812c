#pragma once

#include "bmn-draft.h"
#include "bmn-session-drafts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnDraftOptions: a content warning and a poll, where an account can have them. */

#define BMN_TYPE_DRAFT_OPTIONS (bmn_draft_options_get_type ())
G_DECLARE_FINAL_TYPE (BmnDraftOptions, bmn_draft_options, BMN, DRAFT_OPTIONS, GtkBox)

void bmn_draft_options_set_draft (BmnDraftOptions *self, BmnDraft *draft);
/* Hiding one takes it out of the draft. */
void bmn_draft_options_show_warning (BmnDraftOptions *self, gboolean shown);
void bmn_draft_options_show_poll (BmnDraftOptions *self, gboolean shown);

/* Returns: (transfer none): the answers of the poll, to be placed somewhere else */
GtkWidget *bmn_draft_options_get_poll (BmnDraftOptions *self);

G_END_DECLS
