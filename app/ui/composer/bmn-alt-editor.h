#pragma once

#include "bmn-media.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnAltEditor: describes a picture for those who cannot see it, and says which point of it
 * must stay visible where it is cropped. */

#define BMN_TYPE_ALT_EDITOR (bmn_alt_editor_get_type ())
G_DECLARE_FINAL_TYPE (BmnAltEditor, bmn_alt_editor, BMN, ALT_EDITOR, GtkPopover)

/* @media: copied; @max_length: code points; 0 for no limit */
GtkWidget *bmn_alt_editor_new (const BmnMedia *media, gsize max_length);

/* Returns: (transfer full): the medium as it is described now */
BmnMedia *bmn_alt_editor_make_media (BmnAltEditor *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
