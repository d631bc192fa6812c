#pragma once

#include "bmn-media.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * BmnCropArea:
 *
 * What stays of a picture, as shares of its width and height from 0 to 1: from the left and the
 * top of the picture as people see it.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} BmnCropArea;

/**
 * bmn_session_crop_media:
 * @media: from bmn_session_add_media() or a stored post
 * @area: what stays, one pixel at least; what lies outside the picture is left away
 *
 * Makes a cropped copy of a picture in the library; the one it is made of stays there. A JPEG
 * becomes a JPEG, everything else a PNG; a colour profile stays, other metadata goes. Takes as
 * long as decoding and encoding take: for a worker thread; any thread.
 *
 * Returns: (transfer full): the new medium with @media's description, and the point that must
 *   stay visible where it was, as far as that is still in it; %NULL with %BMN_ERROR_INVALID (not
 *   a picture that can be read here, or a moving one), %BMN_ERROR_NOT_FOUND or the errors of
 *   bmn_media_library_add()
 */
BmnMedia *bmn_session_crop_media (BmnSession *self,
                                  const BmnMedia *media,
                                  const BmnCropArea *area,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
