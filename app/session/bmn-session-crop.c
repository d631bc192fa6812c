#include "bmn-session-crop.h"
#include "bmn-media-copy-private.h"

#include "bmn-error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* Beyond this a decoded picture would take a gigabyte of memory. */
#define MAX_PIXELS (256 * 1024 * 1024)

#define JPEG_QUALITY "92"

/* Returns: (transfer full): upright, with its colour profile; %NULL with an error */
static GdkPixbuf *
decode (const BmnMedia *media, GError **error)
{
  if (!g_file_test (media->path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                           _ ("The file of the picture is not there any more. Add it again."));
      return NULL;
    }
  g_autoptr (GdkPixbufAnimation) moving = NULL;
  if (media->width > 0 && (gint64)media->width * media->height <= MAX_PIXELS)
    moving = gdk_pixbuf_animation_new_from_file (media->path, NULL);
  if (!moving || !gdk_pixbuf_animation_is_static_image (moving))
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           moving ? _ ("A moving picture cannot be cropped here. Crop it before "
                                       "you add it.")
                                  : _ ("This picture cannot be read here, so it cannot be "
                                       "cropped."));
      return NULL;
    }
  GdkPixbuf *raw = gdk_pixbuf_animation_get_static_image (moving);
  GdkPixbuf *upright = gdk_pixbuf_apply_embedded_orientation (raw);
  const char *profile = gdk_pixbuf_get_option (raw, "icc-profile");
  if (profile && !gdk_pixbuf_get_option (upright, "icc-profile"))
    gdk_pixbuf_set_option (upright, "icc-profile", profile);
  return upright;
}

/* Whole pixels of what stays: at least one, and none that is not there. */
static void
round_span (double start, double length, int size, int *first, int *n)
{
  *first = CLAMP ((int)lround (start * size), 0, size - 1);
  *n = CLAMP ((int)lround ((start + length) * size) - *first, 1, size - *first);
}

/* Where a point of the whole is in the part: both −1 to +1. */
static double
move_focus (double focus, double start, double length)
{
  double at = ((focus + 1) / 2 - start) / length;
  return CLAMP (2 * at - 1, -1, 1);
}

static gboolean
encode (GdkPixbuf *pixbuf, gboolean as_jpeg, char **data, gsize *size, GError **error)
{
  const char *profile = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  const char *keys[3] = { NULL }, *values[3] = { NULL };
  guint n = 0;
  if (as_jpeg)
    {
      keys[n] = "quality";
      values[n++] = JPEG_QUALITY;
    }
  if (profile)
    {
      keys[n] = "icc-profile";
      values[n++] = profile;
    }
  if (gdk_pixbuf_save_to_bufferv (pixbuf, data, size, as_jpeg ? "jpeg" : "png", (char **)keys,
                                  (char **)values, NULL))
    return TRUE;
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("The cropped picture cannot be stored. Crop it with another program."));
  return FALSE;
}

BmnMedia *
bmn_session_crop_media (BmnSession *self,
                        const BmnMedia *media,
                        const BmnCropArea *area,
                        GError **error)
{
  g_return_val_if_fail (area->width > 0 && area->height > 0, NULL);
  g_autoptr (GdkPixbuf) whole = decode (media, error);
  if (!whole)
    return NULL;
  int x, y, width, height;
  round_span (area->x, area->width, gdk_pixbuf_get_width (whole), &x, &width);
  round_span (area->y, area->height, gdk_pixbuf_get_height (whole), &y, &height);
  g_autoptr (GdkPixbuf) part = gdk_pixbuf_new_subpixbuf (whole, x, y, width, height);
  const char *profile = gdk_pixbuf_get_option (whole, "icc-profile");
  if (profile)
    gdk_pixbuf_set_option (part, "icc-profile", profile);
  g_autofree char *data = NULL;
  gsize size = 0;
  if (!encode (part, g_strcmp0 (media->mime_type, "image/jpeg") == 0, &data, &size, error))
    return NULL;
  BmnMedia *cropped = bmn_media_copy_store (self, data, size, media, error);
  if (cropped)
    {
      cropped->focus_x = move_focus (media->focus_x, area->x, area->width);
      cropped->focus_y = -move_focus (-media->focus_y, area->y, area->height);
    }
  return cropped;
}
