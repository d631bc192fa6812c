#pragma once

#include "bmn-draft.h"
#include "bmn-session-thread.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnMediaStrip: the pictures of one part, to be ordered, described and taken out. */

#define BMN_TYPE_MEDIA_STRIP (bmn_media_strip_get_type ())
G_DECLARE_FINAL_TYPE (BmnMediaStrip, bmn_media_strip, BMN, MEDIA_STRIP, GtkWidget)

GtkWidget *
bmn_media_strip_new (BmnSessionThread *session, BmnDraft *draft, gint64 variant, guint part);

/* @max_length: of descriptions, code points; 0 for no limit */
void bmn_media_strip_set_max_alt (BmnMediaStrip *self, gsize max_length);
/* Takes a file into the program's folder and adds it; says what is wrong by the action
 * `composer.say`. */
void bmn_media_strip_add_file (BmnMediaStrip *self, GFile *file);
/* Likewise a picture from the clipboard. */
void bmn_media_strip_add_texture (BmnMediaStrip *self, GdkTexture *texture);
/* Lets the user choose files. */
void bmn_media_strip_choose (BmnMediaStrip *self);
/* Opens a window that cuts a picture. */
void bmn_media_strip_crop (BmnMediaStrip *self, guint index);
/* Opens the description of a medium. */
void bmn_media_strip_describe (BmnMediaStrip *self, guint index);

G_END_DECLS
