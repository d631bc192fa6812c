#pragma once

#include "bmn-session-drafts.h"
#include "bmn-speller.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnDraftText: where a part is written. Hashtags, mentions and links stand out, what is too
 * long is tinted, and misspelt words are underlined, with better ones in the menu. */

#define BMN_TYPE_DRAFT_TEXT (bmn_draft_text_get_type ())
G_DECLARE_FINAL_TYPE (BmnDraftText, bmn_draft_text, BMN, DRAFT_TEXT, GtkTextView)

GtkWidget *bmn_draft_text_new (BmnSpeller *speller);

/* Returns: (transfer full): what stands there */
char *bmn_draft_text_dup_text (BmnDraftText *self) G_GNUC_WARN_UNUSED_RESULT;
/* Replaces everything, as something the user can undo; nothing happens where it is the same. */
void bmn_draft_text_set_text (BmnDraftText *self, const char *text);
/* As bmn_draft_text_set_text(), as what was there from the start. */
void bmn_draft_text_load (BmnDraftText *self, const char *text);

/* Whose rules hold. @destination: (nullable): copied */
void bmn_draft_text_set_destination (BmnDraftText *self, const BmnDestination *destination);

/* Inserts at the cursor, with a blank before it where one is needed. */
void bmn_draft_text_insert (BmnDraftText *self, const char *text);
/* Bytes of the text; what stands there is selected and shown. */
void bmn_draft_text_select (BmnDraftText *self, gsize start, gsize end);

G_END_DECLS
