#include "bmn-exif-blocks-private.h"

#define GPS_POINTER 0x8825
#define GPS_LATITUDE 2
#define GPS_LONGITUDE 4
#define ENTRY_SIZE 12

/* A file with more directories is not read to its end. */
#define MOST_DIRECTORIES 16

/* A TIFF structure under examination. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gboolean big_endian;
} Tiff;

static gboolean
tiff_open (Tiff *tiff, const guint8 *data, gsize size)
{
  if (size < 8)
    return FALSE;
  *tiff = (Tiff){ data, size, data[0] == 'M' };
  return memcmp (data, tiff->big_endian ? "MM\0*" : "II*\0", 4) == 0;
}

static guint32
tiff_read (const Tiff *tiff, gsize at, guint n_bytes)
{
  return (guint32)bmn_bytes_read (tiff->data + at, n_bytes, tiff->big_endian);
}

/* How many entries the directory at @at has that lie within the file. */
static guint
count_entries (const Tiff *tiff, gsize at)
{
  if (!bmn_bytes_fit (tiff->size, at, 2))
    return 0;
  return (guint)MIN (tiff_read (tiff, at, 2), (tiff->size - at - 2) / ENTRY_SIZE);
}

/* Returns: where the GPS directory of the directory at @at begins; 0 for none */
static gsize
find_gps (const Tiff *tiff, gsize at)
{
  guint n = count_entries (tiff, at);
  for (guint i = 0; i < n; i++)
    {
      gsize entry = at + 2 + (gsize)i * ENTRY_SIZE;
      if (tiff_read (tiff, entry, 2) == GPS_POINTER)
        return tiff_read (tiff, entry + 8, 4);
    }
  return 0;
}

/* Sets the GPS directories of all directories, which form a chain. Returns: how many */
static guint
list_gps (const Tiff *tiff, gsize gps[MOST_DIRECTORIES])
{
  guint n = 0;
  gsize at = tiff_read (tiff, 4, 4);
  for (guint i = 0; i < MOST_DIRECTORIES && at != 0 && bmn_bytes_fit (tiff->size, at, 2); i++)
    {
      gsize found = find_gps (tiff, at);
      if (found != 0)
        gps[n++] = found;
      gsize end = at + 2 + (gsize)count_entries (tiff, at) * ENTRY_SIZE;
      at = bmn_bytes_fit (tiff->size, end, 4) ? tiff_read (tiff, end, 4) : 0;
    }
  return n;
}

static gboolean
tells_place (const Tiff *tiff, gsize gps)
{
  guint n = count_entries (tiff, gps);
  for (guint i = 0; i < n; i++)
    {
      guint tag = tiff_read (tiff, gps + 2 + (gsize)i * ENTRY_SIZE, 2);
      if (tag == GPS_LATITUDE || tag == GPS_LONGITUDE)
        return TRUE;
    }
  return FALSE;
}

gboolean
bmn_tiff_has_location (const guint8 *data, gsize size)
{
  Tiff tiff;
  gsize gps[MOST_DIRECTORIES];
  guint n = tiff_open (&tiff, data, size) ? list_gps (&tiff, gps) : 0;
  for (guint i = 0; i < n; i++)
    if (tells_place (&tiff, gps[i]))
      return TRUE;
  return FALSE;
}

/* Bytes of one value of each type of TIFF 6.0, 2. */
static gsize
size_of_type (guint type)
{
  static const guint8 sizes[] = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8 };
  return type < G_N_ELEMENTS (sizes) ? sizes[type] : 0;
}

/* What does not fit in an entry lies elsewhere in the file. */
static void
blank_value (const Tiff *tiff, guint8 *data, gsize entry)
{
  guint64 length
      = (guint64)tiff_read (tiff, entry + 4, 4) * size_of_type (tiff_read (tiff, entry + 2, 2));
  gsize at = tiff_read (tiff, entry + 8, 4);
  /* The header and the first directory's place are nobody's value. */
  if (length > 4 && length <= tiff->size && at >= 8 && bmn_bytes_fit (tiff->size, at, length))
    memset (data + at, 0, length);
}

gboolean
bmn_tiff_blank_location (guint8 *data, gsize size)
{
  Tiff tiff;
  gsize gps[MOST_DIRECTORIES];
  guint n = tiff_open (&tiff, data, size) ? list_gps (&tiff, gps) : 0;
  gboolean found = FALSE;
  for (guint i = 0; i < n; i++)
    {
      guint n_entries = count_entries (&tiff, gps[i]);
      if (n_entries == 0 || gps[i] < 8)
        continue;
      found = TRUE;
      for (guint j = 0; j < n_entries; j++)
        blank_value (&tiff, data, gps[i] + 2 + (gsize)j * ENTRY_SIZE);
      memset (data + gps[i], 0, 2 + (gsize)n_entries * ENTRY_SIZE);
    }
  return found;
}
