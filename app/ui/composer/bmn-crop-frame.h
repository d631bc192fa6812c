#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnCropFrame:
 * @picture_width: pixels
 * @picture_height: pixels
 * @ratio: width by height that is kept; 0 for any
 * @x: from the left, pixels
 * @y: from the top, pixels
 *
 * The part of a picture that stays. Lies within the picture, always. Pure.
 */
typedef struct
{
  double picture_width;
  double picture_height;
  double ratio;
  double x;
  double y;
  double width;
  double height;
} BmnCropFrame;

/* Sides that are moved; a corner is two of them. */
typedef enum
{
  BMN_CROP_LEFT = 1 << 0,
  BMN_CROP_RIGHT = 1 << 1,
  BMN_CROP_TOP = 1 << 2,
  BMN_CROP_BOTTOM = 1 << 3,
} BmnCropSides;

/* All of the picture, of any ratio. */
void bmn_crop_frame_init (BmnCropFrame *self, double picture_width, double picture_height);
/* The largest frame of this ratio around the middle of the one before. @ratio: 0 for any, which
 * changes nothing else */
void bmn_crop_frame_set_ratio (BmnCropFrame *self, double ratio);
/* Pixels; it stops at the picture's edges. */
void bmn_crop_frame_move (BmnCropFrame *self, double dx, double dy);
/* Moves sides by pixels; the others stay where they are, unless the ratio wants otherwise. */
void bmn_crop_frame_resize (BmnCropFrame *self, BmnCropSides sides, double dx, double dy);

G_END_DECLS
