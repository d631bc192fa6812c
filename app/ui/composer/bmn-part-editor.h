#pragma once

#include "bmn-draft-text.h"
#include "bmn-draft.h"
#include "bmn-media-strip.h"
#include "bmn-session-thread.h"

G_BEGIN_DECLS

/* BmnPartEditor: writes one part of a draft's text: the text and its media. */

#define BMN_TYPE_PART_EDITOR (bmn_part_editor_get_type ())
G_DECLARE_FINAL_TYPE (BmnPartEditor, bmn_part_editor, BMN, PART_EDITOR, GtkBox)

GtkWidget *bmn_part_editor_new (
    BmnSessionThread *session, BmnDraft *draft, BmnSpeller *speller, gint64 variant, guint part);

/* Each (transfer none). */
BmnDraftText *bmn_part_editor_get_text (BmnPartEditor *self);
BmnMediaStrip *bmn_part_editor_get_strip (BmnPartEditor *self);

/**
 * bmn_part_editor_set_destination:
 * @destination: (nullable): whose rules hold
 * @is_shared: whether the text is that of several accounts, so that a button offers one of
 *   its own where this one's limit is passed
 */
void bmn_part_editor_set_destination (BmnPartEditor *self,
                                      const BmnDestination *destination,
                                      gboolean is_shared);

G_END_DECLS
