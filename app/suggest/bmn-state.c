#include "bmn-state-private.h"

#include <math.h>
#include <string.h>

/* A number takes at most so many groups of seven bits. */
#define MAX_GROUPS 10

void
bmn_state_put_uint (BmnStateWriter *writer, guint64 value)
{
  guint8 bytes[MAX_GROUPS];
  guint n = 0;
  for (; value >= 0x80; value >>= 7)
    bytes[n++] = (guint8)(value | 0x80);
  bytes[n++] = (guint8)value;
  g_byte_array_append (writer, bytes, n);
}

void
bmn_state_put_int (BmnStateWriter *writer, gint64 value)
{
  /* The sign goes to the end, so that small numbers below 0 stay short too. */
  bmn_state_put_uint (writer, ((guint64)value << 1) ^ (value < 0 ? G_MAXUINT64 : 0));
}

void
bmn_state_put_double (BmnStateWriter *writer, double value)
{
  guint64 bits;
  memcpy (&bits, &value, sizeof bits);
  bits = GUINT64_TO_LE (bits);
  g_byte_array_append (writer, (const guint8 *)&bits, sizeof bits);
}

void
bmn_state_put_doubles (BmnStateWriter *writer, const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    bmn_state_put_double (writer, values[i]);
}

void
bmn_state_put_float (BmnStateWriter *writer, float value)
{
  guint32 bits;
  memcpy (&bits, &value, sizeof bits);
  bits = GUINT32_TO_LE (bits);
  g_byte_array_append (writer, (const guint8 *)&bits, sizeof bits);
}

void
bmn_state_put_uints (BmnStateWriter *writer, const guint *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    bmn_state_put_uint (writer, values[i]);
}

void
bmn_state_put_string (BmnStateWriter *writer, const char *text)
{
  gsize length = strlen (text);
  bmn_state_put_uint (writer, length);
  g_byte_array_append (writer, (const guint8 *)text, (guint)length);
}

guint64
bmn_state_get_uint (BmnStateReader *reader, guint64 max)
{
  guint64 value = 0;
  for (guint i = 0; i < MAX_GROUPS && reader->next < reader->end; i++)
    {
      guint8 byte = *reader->next++;
      value |= (guint64)(byte & 0x7f) << (7 * i);
      if (byte & 0x80)
        continue;
      if (value <= max)
        return value;
      break;
    }
  bmn_state_fail (reader);
  return 0;
}

gint64
bmn_state_get_int (BmnStateReader *reader)
{
  guint64 value = bmn_state_get_uint (reader, G_MAXUINT64);
  return (gint64)((value >> 1) ^ (value & 1 ? G_MAXUINT64 : 0));
}

guint
bmn_state_get_count (BmnStateReader *reader, gsize min_bytes)
{
  gsize left = reader->end - reader->next;
  return (guint)bmn_state_get_uint (reader, MIN (G_MAXINT, left / min_bytes));
}

double
bmn_state_get_double (BmnStateReader *reader)
{
  guint64 bits;
  double value;
  if (reader->end - reader->next < (gssize)sizeof bits)
    {
      bmn_state_fail (reader);
      return 0;
    }
  memcpy (&bits, reader->next, sizeof bits);
  reader->next += sizeof bits;
  bits = GUINT64_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);
  if (isfinite (value))
    return value;
  bmn_state_fail (reader);
  return 0;
}

void
bmn_state_get_doubles (BmnStateReader *reader, double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = bmn_state_get_double (reader);
}

float
bmn_state_get_float (BmnStateReader *reader)
{
  guint32 bits;
  float value;
  if (reader->end - reader->next < (gssize)sizeof bits)
    {
      bmn_state_fail (reader);
      return 0;
    }
  memcpy (&bits, reader->next, sizeof bits);
  reader->next += sizeof bits;
  bits = GUINT32_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);
  if (isfinite (value))
    return value;
  bmn_state_fail (reader);
  return 0;
}

void
bmn_state_get_uints (BmnStateReader *reader, guint *values, gsize n, guint max)
{
  for (gsize i = 0; i < n; i++)
    values[i] = (guint)bmn_state_get_uint (reader, max);
}

char *
bmn_state_get_string (BmnStateReader *reader)
{
  guint length = bmn_state_get_count (reader, 1);
  const char *bytes = (const char *)reader->next;
  if (!g_utf8_validate (bytes, length, NULL))
    {
      bmn_state_fail (reader);
      return g_strdup ("");
    }
  reader->next += length;
  return g_strndup (bytes, length);
}
