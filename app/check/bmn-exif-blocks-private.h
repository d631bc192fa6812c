#pragma once

#include "bmn-byte-range-private.h"

G_BEGIN_DECLS

/**
 * bmn_exif_blocks_find:
 * @data: a picture
 *
 * Finds the EXIF data of a JPEG (APP1 segment, Exif 2.32, 4.5.4), PNG (chunk `eXIf`, PNG third
 * edition, 11.3.4.5), WebP (chunk `EXIF`, RFC 9649, 2.7.1.5) or TIFF file (all of it).
 *
 * Returns: (transfer full) (element-type BmnByteRange): TIFF structures; maybe none
 */
GArray *bmn_exif_blocks_find (const guint8 *data, gsize size) G_GNUC_WARN_UNUSED_RESULT;

/* Appends to @blocks the EXIF data of a HEIC or AVIF file: its item of type `Exif`
 * (ISO/IEC 23008-12, A.2.1). */
void bmn_heif_find_exif (const guint8 *data, gsize size, GArray *blocks);

/* Whether the file begins like HEIC or AVIF. */
gboolean bmn_heif_is (const guint8 *data, gsize size);

/**
 * bmn_tiff_has_location:
 * @tiff: a TIFF structure, as EXIF data are
 *
 * Returns: whether its GPS directory (Exif 2.32, 4.6.6) tells latitude or longitude
 */
gboolean bmn_tiff_has_location (const guint8 *tiff, gsize size);

/* Empties the GPS directory. Returns: whether there was anything in it */
gboolean bmn_tiff_blank_location (guint8 *tiff, gsize size);

G_END_DECLS
