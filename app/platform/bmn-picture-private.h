#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Pictures made ready for a platform by gdk-pixbuf: turned upright, freed of metadata (place,
 * camera, comments; the colour profile stays, as colours would change without it), scaled and
 * recoded until they keep the platform's limits.
 */

/**
 * BmnPictureLimits:
 * @mime_types: (nullable): what may be sent; %NULL for anything
 * @max_bytes: 0 for no limit
 * @max_pixels: width × height, 0 for no limit
 */
typedef struct
{
  const char *const *mime_types;
  gint64 max_bytes;
  gint64 max_pixels;
} BmnPictureLimits;

/**
 * BmnPicture:
 * @bytes: the file to send
 * @mime_type: of @bytes: `image/jpeg`, `image/png` or, where it moves, `image/gif`
 * @width: pixels, as people see it
 * @height: pixels, as people see it
 */
typedef struct
{
  GBytes *bytes;   /* (owned) */
  char *mime_type; /* (owned) */
  int width;
  int height;
} BmnPicture;

void bmn_picture_free (BmnPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPicture, bmn_picture_free)

/**
 * bmn_picture_can_read:
 *
 * Returns: whether this computer can read and recode pictures of @mime_type: JPEG, PNG, GIF and
 *   TIFF always, WebP, AVIF, HEIF and JPEG XL where a loader of gdk-pixbuf is installed
 */
gboolean bmn_picture_can_read (const char *mime_type);

/**
 * bmn_picture_prepare_async:
 * @path: a picture's file
 * @limits: copied
 *
 * A PNG stays one where it fits; others, and what does not fit, become JPEG of the best
 * quality that fits, first by quality and then by size, transparent parts on white. A moving
 * GIF passes as it is or not at all, as no still stands for it. Works on a thread of its own.
 */
void bmn_picture_prepare_async (const char *path,
                                const BmnPictureLimits *limits,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * bmn_picture_prepare_finish:
 *
 * Returns: (transfer full): %NULL with %BMN_PLATFORM_ERROR_REJECTED where the file is missing,
 *   no picture we can read, or cannot be made to fit; with %G_IO_ERROR_CANCELLED; with
 *   %BMN_ERROR_STORAGE where reading failed
 */
BmnPicture *
bmn_picture_prepare_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
