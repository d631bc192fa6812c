#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* A part of a file, always inside of it. */
typedef struct
{
  gsize start;
  gsize size;
} BmnByteRange;

/* Whether @size bytes at @at lie within @whole. */
static inline gboolean
bmn_bytes_fit (gsize whole, gsize at, gsize size)
{
  return at <= whole && size <= whole - at;
}

static inline guint64
bmn_bytes_read (const guint8 *p, guint n_bytes, gboolean big_endian)
{
  guint64 value = 0;
  for (guint i = 0; i < n_bytes; i++)
    value = value << 8 | p[big_endian ? i : n_bytes - 1 - i];
  return value;
}

G_END_DECLS
