#include "bmn-exif-blocks-private.h"

/*
 * HEIC and AVIF are boxes in boxes (ISO/IEC 14496-12): a length, a name of four letters, and
 * content. The box `meta` says which items there are (`iinf`) and where they lie (`iloc`).
 */

/* Files have a handful. */
#define MOST_ITEMS 4096

/* Reads numbers one after another; past the end they are 0, and @is_over says so. */
typedef struct
{
  const guint8 *data;
  gsize at;
  gsize end;
  gboolean is_over;
} Cursor;

static guint64
take (Cursor *cursor, guint n_bytes)
{
  if (cursor->is_over || !bmn_bytes_fit (cursor->end, cursor->at, n_bytes))
    {
      cursor->is_over = TRUE;
      return 0;
    }
  cursor->at += n_bytes;
  return bmn_bytes_read (cursor->data + cursor->at - n_bytes, n_bytes, TRUE);
}

/* Sets @box to the next box's content and @name to its name; moves @cursor behind it. */
static gboolean
take_box (Cursor *cursor, guint32 *name, Cursor *box)
{
  gsize start = cursor->at;
  guint64 length = take (cursor, 4);
  *name = (guint32)take (cursor, 4);
  if (length == 1)
    length = take (cursor, 8);
  else if (length == 0)
    length = cursor->end - start;
  gsize head = cursor->at - start;
  if (cursor->is_over || length < head || !bmn_bytes_fit (cursor->end, start, length))
    return FALSE;
  *box = (Cursor){ cursor->data, cursor->at, start + length, FALSE };
  cursor->at = start + length;
  return TRUE;
}

#define NAME(a, b, c, d) ((guint32)(a) << 24 | (guint32)(b) << 16 | (guint32)(c) << 8 | (d))

/* Finds the box @wanted beside others. */
static gboolean
find_box (Cursor cursor, guint32 wanted, Cursor *box)
{
  guint32 name;
  while (take_box (&cursor, &name, box))
    if (name == wanted)
      return TRUE;
  return FALSE;
}

/* Returns: the id of the item with EXIF data; 0 for none */
static guint32
find_exif_item (Cursor iinf)
{
  guint version = (guint)take (&iinf, 1);
  take (&iinf, 3);
  take (&iinf, version == 0 ? 2 : 4);
  guint32 name;
  Cursor infe;
  for (guint i = 0; i < MOST_ITEMS && take_box (&iinf, &name, &infe); i++)
    {
      guint entry_version = (guint)take (&infe, 1);
      take (&infe, 3);
      if (name != NAME ('i', 'n', 'f', 'e') || entry_version < 2)
        continue;
      guint32 id = (guint32)take (&infe, entry_version == 2 ? 2 : 4);
      take (&infe, 2);
      if (take (&infe, 4) == NAME ('E', 'x', 'i', 'f') && !infe.is_over)
        return id;
    }
  return 0;
}

/* How many bytes each number of `iloc` has. */
typedef struct
{
  guint version;
  guint offset;
  guint length;
  guint base;
  guint index;
} LocationFormat;

/* Reads one item's place. @in_file: whether it counts from the start of the file */
static BmnByteRange
take_location (Cursor *iloc, const LocationFormat *format, guint32 *id, gboolean *in_file)
{
  BmnByteRange range = { 0 };
  *id = (guint32)take (iloc, format->version < 2 ? 2 : 4);
  *in_file = format->version == 0 || (take (iloc, 2) & 0xf) == 0;
  take (iloc, 2);
  guint64 base = take (iloc, format->base);
  guint n_extents = (guint)take (iloc, 2);
  for (guint i = 0; i < n_extents && !iloc->is_over; i++)
    {
      take (iloc, format->index);
      guint64 offset = take (iloc, format->offset);
      guint64 length = take (iloc, format->length);
      /* EXIF data are written in one piece. */
      if (i == 0)
        range = (BmnByteRange){ base + offset, length };
    }
  return range;
}

/* Sets @range to where the item @wanted lies. */
static gboolean
find_location (Cursor iloc, guint32 wanted, BmnByteRange *range, gboolean *in_file)
{
  LocationFormat format = { .version = (guint)take (&iloc, 1) };
  take (&iloc, 3);
  guint sizes = (guint)take (&iloc, 1);
  guint more = (guint)take (&iloc, 1);
  format.offset = MIN (sizes >> 4, 8);
  format.length = MIN (sizes & 0xf, 8);
  format.base = MIN (more >> 4, 8);
  format.index = format.version > 0 ? MIN (more & 0xf, 8) : 0;
  guint64 n_items = take (&iloc, format.version < 2 ? 2 : 4);
  for (guint64 i = 0; i < MIN (n_items, MOST_ITEMS) && !iloc.is_over; i++)
    {
      guint32 id;
      *range = take_location (&iloc, &format, &id, in_file);
      if (id == wanted && !iloc.is_over)
        return TRUE;
    }
  return FALSE;
}

gboolean
bmn_heif_is (const guint8 *data, gsize size)
{
  return size >= 12 && memcmp (data + 4, "ftyp", 4) == 0;
}

void
bmn_heif_find_exif (const guint8 *data, gsize size, GArray *blocks)
{
  const Cursor file = { data, 0, size, FALSE };
  Cursor meta, iinf, iloc, idat;
  BmnByteRange range;
  gboolean in_file;
  if (!find_box (file, NAME ('m', 'e', 't', 'a'), &meta))
    return;
  take (&meta, 4);
  if (!find_box (meta, NAME ('i', 'i', 'n', 'f'), &iinf)
      || !find_box (meta, NAME ('i', 'l', 'o', 'c'), &iloc))
    return;
  guint32 id = find_exif_item (iinf);
  if (id == 0 || !find_location (iloc, id, &range, &in_file))
    return;
  if (!in_file)
    {
      if (!find_box (meta, NAME ('i', 'd', 'a', 't'), &idat) || range.start > size)
        return;
      range.start += idat.at;
    }
  if (!bmn_bytes_fit (size, range.start, range.size) || range.size < 4)
    return;
  /* Before the TIFF structure stands how far away it begins. */
  gsize skip = 4 + (gsize)bmn_bytes_read (data + range.start, 4, TRUE);
  if (skip >= range.size)
    return;
  const BmnByteRange block = { range.start + skip, range.size - skip };
  g_array_append_val (blocks, block);
}
