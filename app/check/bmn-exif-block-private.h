#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bmn_exif_block_find:
 * @data: a PNG or WebP file
 *
 * Finds the EXIF data in a container that libexif does not open by itself: PNG's chunk `eXIf`
 * (PNG, third edition, 11.3.4.5) or WebP's chunk `EXIF` (RFC 9649, 2.7.1.5).
 *
 * Returns: (transfer full) (nullable): the TIFF structure with the six bytes before it that
 *   libexif wants to see; %NULL where there is none or the file is neither
 */
GByteArray *bmn_exif_block_find (const guint8 *data, gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
