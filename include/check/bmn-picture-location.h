#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Where a picture says it was taken: the GPS directory of its EXIF data (in JPEG, PNG, WebP,
 * TIFF, HEIC and AVIF) and the `exif:GPS…` properties of its XMP packet (in any format, as long
 * as the packet is not compressed). Any thread; damaged and hostile files are passed over.
 */

/* Returns: whether the file tells latitude or longitude */
gboolean bmn_picture_has_location (const guint8 *data, gsize size);

/**
 * bmn_picture_blank_location:
 *
 * Overwrites all that the file tells of its place, in the file's own size and without touching
 * anything else; the check sums of PNG are made to fit.
 *
 * Returns: whether there was anything
 */
gboolean bmn_picture_blank_location (guint8 *data, gsize size);

G_END_DECLS
