#pragma once

#include "bmn-crop-frame.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnCropView: a picture with a frame around what stays. The frame is dragged, by its sides and
 * corners or as a whole; arrow keys move it, with Shift they move its lower right corner. */

#define BMN_TYPE_CROP_VIEW (bmn_crop_view_get_type ())
G_DECLARE_FINAL_TYPE (BmnCropView, bmn_crop_view, BMN, CROP_VIEW, GtkWidget)

GtkWidget *bmn_crop_view_new (void);

/* @width: of the file in pixels, as people see it; likewise @height */
void
bmn_crop_view_set_picture (BmnCropView *self, GdkPaintable *picture, double width, double height);
/* Returns: (transfer none): the frame by now */
const BmnCropFrame *bmn_crop_view_get_frame (BmnCropView *self);
/* See bmn_crop_frame_set_ratio(). */
void bmn_crop_view_set_ratio (BmnCropView *self, double ratio);

/* Signals: BmnCropView::changed (): the frame is another */

G_END_DECLS
