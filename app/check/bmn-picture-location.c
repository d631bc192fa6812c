#include "bmn-picture-location.h"
#include "bmn-exif-blocks-private.h"

#include <zlib.h>

/* Each property of a place in XMP begins so (Exif for XMP, CIPA DC-010). */
#define XMP_PREFIX "exif:GPS"

/* Values are short; what is longer is no value. */
#define LONGEST_VALUE 256

/* Finds the next value of a property of a place from @at on: `exif:GPSLatitude="…"` or
 * `<exif:GPSLatitude>…<`. */
static gboolean
find_xmp_value (const guint8 *data, gsize size, gsize at, BmnByteRange *value)
{
  while (at < size)
    {
      const guint8 *found = memmem (data + at, size - at, XMP_PREFIX, strlen (XMP_PREFIX));
      if (!found)
        return FALSE;
      gsize i = (gsize)(found - data) + strlen (XMP_PREFIX);
      at = i;
      while (i < size && g_ascii_isalnum (data[i]))
        i++;
      gboolean is_attribute = bmn_bytes_fit (size, i, 2) && data[i] == '='
                              && (data[i + 1] == '"' || data[i + 1] == '\'');
      if (!is_attribute && (i >= size || data[i] != '>'))
        continue;
      guint8 end = is_attribute ? data[i + 1] : '<';
      gsize start = i + (is_attribute ? 2 : 1);
      const guint8 *stop
          = start < size ? memchr (data + start, end, MIN (size - start, LONGEST_VALUE)) : NULL;
      if (!stop)
        continue;
      *value = (BmnByteRange){ start, (gsize)(stop - data) - start };
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_blank (const guint8 *data, const BmnByteRange *value)
{
  for (gsize i = 0; i < value->size; i++)
    if (!g_ascii_isspace (data[value->start + i]))
      return FALSE;
  return TRUE;
}

static gboolean
xmp_has_location (const guint8 *data, gsize size)
{
  BmnByteRange value = { 0 };
  while (find_xmp_value (data, size, value.start + value.size, &value))
    if (!is_blank (data, &value))
      return TRUE;
  return FALSE;
}

static gboolean
xmp_blank_location (guint8 *data, gsize size)
{
  gboolean found = FALSE;
  BmnByteRange value = { 0 };
  while (find_xmp_value (data, size, value.start + value.size, &value))
    {
      found = found || !is_blank (data, &value);
      memset (data + value.start, ' ', value.size);
    }
  return found;
}

/* Each chunk of a PNG ends with the check sum of its name and content. */
static void
mend_png (guint8 *data, gsize size)
{
  gsize at = 8;
  if (size < 8 || memcmp (data, "\x89PNG\r\n\x1a\n", 8) != 0)
    return;
  while (bmn_bytes_fit (size, at, 12))
    {
      gsize length = bmn_bytes_read (data + at, 4, TRUE);
      if (!bmn_bytes_fit (size, at + 12, length))
        return;
      guint32 sum = GUINT32_TO_BE ((guint32)crc32 (0, data + at + 4, (uInt)length + 4));
      memcpy (data + at + 8 + length, &sum, sizeof sum);
      at += length + 12;
    }
}

gboolean
bmn_picture_has_location (const guint8 *data, gsize size)
{
  g_autoptr (GArray) blocks = bmn_exif_blocks_find (data, size);
  for (guint i = 0; i < blocks->len; i++)
    {
      const BmnByteRange *block = &g_array_index (blocks, BmnByteRange, i);
      if (bmn_tiff_has_location (data + block->start, block->size))
        return TRUE;
    }
  return xmp_has_location (data, size);
}

gboolean
bmn_picture_blank_location (guint8 *data, gsize size)
{
  g_autoptr (GArray) blocks = bmn_exif_blocks_find (data, size);
  gboolean found = FALSE;
  for (guint i = 0; i < blocks->len; i++)
    {
      const BmnByteRange *block = &g_array_index (blocks, BmnByteRange, i);
      found = bmn_tiff_blank_location (data + block->start, block->size) || found;
    }
  found = xmp_blank_location (data, size) || found;
  if (found)
    mend_png (data, size);
  return found;
}
