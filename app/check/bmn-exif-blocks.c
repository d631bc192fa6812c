#include "bmn-exif-blocks-private.h"

#define EXIF_MARK "Exif\0\0"
#define EXIF_MARK_SIZE 6

static const guint8 png_start[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

/* Some writers of WebP put the mark there, as in a JPEG, and some do not. */
static void
add_block (GArray *blocks, const guint8 *data, gsize start, gsize size)
{
  if (size >= EXIF_MARK_SIZE && memcmp (data + start, EXIF_MARK, EXIF_MARK_SIZE) == 0)
    {
      start += EXIF_MARK_SIZE;
      size -= EXIF_MARK_SIZE;
    }
  const BmnByteRange block = { start, size };
  g_array_append_val (blocks, block);
}

/* Segments: a marker, a length that counts itself, content; up to the picture itself. */
static void
find_in_jpeg (const guint8 *data, gsize size, GArray *blocks)
{
  gsize at = 2;
  while (bmn_bytes_fit (size, at, 4) && data[at] == 0xff && data[at + 1] != 0xda)
    {
      gsize length = bmn_bytes_read (data + at + 2, 2, TRUE);
      if (length < 2 || !bmn_bytes_fit (size, at + 2, length))
        return;
      if (data[at + 1] == 0xe1 && length >= 2 + EXIF_MARK_SIZE
          && memcmp (data + at + 4, EXIF_MARK, EXIF_MARK_SIZE) == 0)
        add_block (blocks, data, at + 4, length - 2);
      at += 2 + length;
    }
}

/* Length, name, content, check sum. */
static void
find_in_png (const guint8 *data, gsize size, GArray *blocks)
{
  gsize at = sizeof png_start;
  while (bmn_bytes_fit (size, at, 12))
    {
      gsize length = bmn_bytes_read (data + at, 4, TRUE);
      if (!bmn_bytes_fit (size, at + 12, length))
        return;
      if (memcmp (data + at + 4, "eXIf", 4) == 0)
        add_block (blocks, data, at + 8, length);
      at += length + 12;
    }
}

/* Name, length, content, and a byte more where the length is odd. */
static void
find_in_webp (const guint8 *data, gsize size, GArray *blocks)
{
  gsize at = 12;
  while (bmn_bytes_fit (size, at, 8))
    {
      gsize length = bmn_bytes_read (data + at + 4, 4, FALSE);
      if (!bmn_bytes_fit (size, at + 8, length))
        return;
      if (memcmp (data + at, "EXIF", 4) == 0)
        add_block (blocks, data, at + 8, length);
      at += 8 + length + length % 2;
    }
}

GArray *
bmn_exif_blocks_find (const guint8 *data, gsize size)
{
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (BmnByteRange));
  if (size >= 4 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    find_in_jpeg (data, size, blocks);
  else if (size >= sizeof png_start && memcmp (data, png_start, sizeof png_start) == 0)
    find_in_png (data, size, blocks);
  else if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    find_in_webp (data, size, blocks);
  else if (size >= 4 && (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0))
    add_block (blocks, data, 0, size);
  else if (bmn_heif_is (data, size))
    bmn_heif_find_exif (data, size, blocks);
  return blocks;
}
