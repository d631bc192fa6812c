#include "bmn-crop-frame.h"

/* The least that may stay, as a share of the picture's shorter side. */
#define LEAST 0.05

void
bmn_crop_frame_init (BmnCropFrame *self, double picture_width, double picture_height)
{
  *self = (BmnCropFrame){
    .picture_width = picture_width,
    .picture_height = picture_height,
    .width = picture_width,
    .height = picture_height,
  };
}

static double
get_least (const BmnCropFrame *self)
{
  return MIN (self->picture_width, self->picture_height) * LEAST;
}

void
bmn_crop_frame_set_ratio (BmnCropFrame *self, double ratio)
{
  self->ratio = ratio;
  if (ratio <= 0)
    return;
  double middle_x = self->x + self->width / 2, middle_y = self->y + self->height / 2;
  self->width = MIN (self->picture_width, self->picture_height * ratio);
  self->height = self->width / ratio;
  self->x = CLAMP (middle_x - self->width / 2, 0, self->picture_width - self->width);
  self->y = CLAMP (middle_y - self->height / 2, 0, self->picture_height - self->height);
}

void
bmn_crop_frame_move (BmnCropFrame *self, double dx, double dy)
{
  self->x = CLAMP (self->x + dx, 0, self->picture_width - self->width);
  self->y = CLAMP (self->y + dy, 0, self->picture_height - self->height);
}

/* Makes the new size keep the ratio, within the room that there is. */
static void
keep_ratio (const BmnCropFrame *self,
            BmnCropSides sides,
            double room_width,
            double room_height,
            double *width,
            double *height)
{
  gboolean is_wide = sides & (BMN_CROP_LEFT | BMN_CROP_RIGHT);
  gboolean is_high = sides & (BMN_CROP_TOP | BMN_CROP_BOTTOM);
  double wanted = !is_wide  ? *height * self->ratio
                  : is_high ? MAX (*width, *height * self->ratio)
                            : *width;
  double most = MIN (room_width, room_height * self->ratio);
  double least = MAX (get_least (self), get_least (self) * self->ratio);
  *width = CLAMP (wanted, MIN (least, most), most);
  *height = *width / self->ratio;
}

void
bmn_crop_frame_resize (BmnCropFrame *self, BmnCropSides sides, double dx, double dy)
{
  double right = self->x + self->width, bottom = self->y + self->height;
  gboolean from_left = sides & BMN_CROP_LEFT, from_top = sides & BMN_CROP_TOP;
  double room_width = from_left ? right : self->picture_width - self->x;
  double room_height = from_top ? bottom : self->picture_height - self->y;
  double width = self->width + (from_left ? -dx : sides & BMN_CROP_RIGHT ? dx : 0);
  double height = self->height + (from_top ? -dy : sides & BMN_CROP_BOTTOM ? dy : 0);
  if (self->ratio > 0)
    keep_ratio (self, sides, room_width, room_height, &width, &height);
  else
    {
      width = CLAMP (width, MIN (get_least (self), room_width), room_width);
      height = CLAMP (height, MIN (get_least (self), room_height), room_height);
    }
  self->width = width;
  self->height = height;
  if (from_left)
    self->x = right - width;
  if (from_top)
    self->y = bottom - height;
}
