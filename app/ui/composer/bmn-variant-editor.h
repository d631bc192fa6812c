#pragma once

#include "bmn-part-editor.h"

G_BEGIN_DECLS

/* BmnVariantEditor: writes all parts of a draft's shared text, or of one account's own. */

#define BMN_TYPE_VARIANT_EDITOR (bmn_variant_editor_get_type ())
G_DECLARE_FINAL_TYPE (BmnVariantEditor, bmn_variant_editor, BMN, VARIANT_EDITOR, GtkBox)

GtkWidget *bmn_variant_editor_new (BmnSessionThread *session,
                                   BmnDraft *draft,
                                   BmnSpeller *speller,
                                   gint64 variant);

/* See bmn_part_editor_set_destination(). */
void bmn_variant_editor_set_destination (BmnVariantEditor *self,
                                         const BmnDestination *destination,
                                         gboolean is_shared);

/* Returns: (transfer none): that part's editor, the last one for a number too high */
BmnPartEditor *bmn_variant_editor_get_part (BmnVariantEditor *self, guint part);
/* Returns: (transfer none): the one that was written in last */
BmnPartEditor *bmn_variant_editor_get_current (BmnVariantEditor *self);

G_END_DECLS
