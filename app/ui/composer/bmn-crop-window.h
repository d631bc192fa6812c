#pragma once

#include "bmn-media.h"
#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnCropWindow: cuts a picture to a form that platforms like; the file it is made of stays. */

#define BMN_TYPE_CROP_WINDOW (bmn_crop_window_get_type ())
G_DECLARE_FINAL_TYPE (BmnCropWindow, bmn_crop_window, BMN, CROP_WINDOW, AdwWindow)

/* @media: copied. Returns: (transfer none): a new window above @parent */
GtkWidget *
bmn_crop_window_new (BmnSessionThread *session, GtkWindow *parent, const BmnMedia *media);

/* Returns: whether this computer can cut media of this kind */
gboolean bmn_crop_window_can_crop (const BmnMedia *media);

/* Signals: BmnCropWindow::cropped (BmnMedia *media): (transfer none): the new medium */

G_END_DECLS
