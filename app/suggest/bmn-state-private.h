#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How the engine's state is written down: numbers as groups of seven bits, lowest first, with
 * the eighth telling that more follow; fractions as their bits, lowest byte first.
 */
typedef GByteArray BmnStateWriter;

void bmn_state_put_uint (BmnStateWriter *writer, guint64 value);
void bmn_state_put_int (BmnStateWriter *writer, gint64 value);
void bmn_state_put_double (BmnStateWriter *writer, double value);
void bmn_state_put_doubles (BmnStateWriter *writer, const double *values, gsize n);
void bmn_state_put_float (BmnStateWriter *writer, float value);
void bmn_state_put_uints (BmnStateWriter *writer, const guint *values, gsize n);
void bmn_state_put_string (BmnStateWriter *writer, const char *text);

/*
 * BmnStateReader: reads it back. What cannot be read, or is larger than it may be, fails the
 * reader; from then on it gives nothing but 0, and whoever reads stops when it likes.
 */
typedef struct
{
  const guint8 *next;
  const guint8 *end;
  gboolean failed;
} BmnStateReader;

static inline void
bmn_state_fail (BmnStateReader *reader)
{
  reader->failed = TRUE;
  reader->next = reader->end;
}

/* Returns: a number of at most @max */
guint64 bmn_state_get_uint (BmnStateReader *reader, guint64 max);
gint64 bmn_state_get_int (BmnStateReader *reader);

/* Returns: how many things follow, of which each takes @min_bytes or more: never more than
 *   there is room for */
guint bmn_state_get_count (BmnStateReader *reader, gsize min_bytes);

/* Numbers are finite, or the reader fails. */
double bmn_state_get_double (BmnStateReader *reader);
void bmn_state_get_doubles (BmnStateReader *reader, double *values, gsize n);
float bmn_state_get_float (BmnStateReader *reader);
void bmn_state_get_uints (BmnStateReader *reader, guint *values, gsize n, guint max);

/* Returns: (transfer full): valid UTF-8; empty where the reader failed */
char *bmn_state_get_string (BmnStateReader *reader) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
