#include "bmn-exif-block-private.h"

#include <string.h>

#define EXIF_MARK "Exif\0\0"
#define EXIF_MARK_SIZE 6

/* libexif reads no more of a JPEG either. */
#define LARGEST_BLOCK 65536

static const guint8 png_start[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

static guint32
read_big_endian (const guint8 *p)
{
  guint32 value;
  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_BE (value);
}

static guint32
read_little_endian (const guint8 *p)
{
  guint32 value;
  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* Some writers of WebP put the mark there, as in a JPEG, and some do not. */
static GByteArray *
wrap (const guint8 *block, gsize size)
{
  if (size < EXIF_MARK_SIZE || size > LARGEST_BLOCK)
    return NULL;
  GByteArray *wrapped = g_byte_array_new ();
  if (memcmp (block, EXIF_MARK, EXIF_MARK_SIZE) != 0)
    g_byte_array_append (wrapped, (const guint8 *)EXIF_MARK, EXIF_MARK_SIZE);
  g_byte_array_append (wrapped, block, (guint)size);
  return wrapped;
}

/* Length, name, content, check sum. */
static GByteArray *
find_in_png (const guint8 *data, gsize size)
{
  gsize at = sizeof png_start;
  while (size - at >= 12)
    {
      gsize length = read_big_endian (data + at);
      if (length > size - at - 12)
        return NULL;
      if (memcmp (data + at + 4, "eXIf", 4) == 0)
        return wrap (data + at + 8, length);
      at += length + 12;
    }
  return NULL;
}

/* Name, length, content, and a byte more where the length is odd. */
static GByteArray *
find_in_webp (const guint8 *data, gsize size)
{
  gsize at = 12;
  while (size - at >= 8)
    {
      gsize length = read_little_endian (data + at + 4);
      if (length > size - at - 8)
        return NULL;
      if (memcmp (data + at, "EXIF", 4) == 0)
        return wrap (data + at + 8, length);
      at += MIN (8 + length + length % 2, size - at);
    }
  return NULL;
}

GByteArray *
bmn_exif_block_find (const guint8 *data, gsize size)
{
  if (size >= sizeof png_start && memcmp (data, png_start, sizeof png_start) == 0)
    return find_in_png (data, size);
  if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return find_in_webp (data, size);
  return NULL;
}
