#include "bmn-cbor-reader-private.h"

#include <cbor.h>
#include <string.h>

static void
set (void *context, BmnCborType type, guint64 number, const guint8 *bytes, gsize length)
{
  *(BmnCborItem *)context
      = (BmnCborItem){ .type = type, .number = number, .bytes = bytes, .length = length };
}

static void
on_uint8 (void *context, uint8_t value)
{
  set (context, BMN_CBOR_INT, value, NULL, 0);
}

static void
on_uint16 (void *context, uint16_t value)
{
  set (context, BMN_CBOR_INT, value, NULL, 0);
}

static void
on_uint32 (void *context, uint32_t value)
{
  set (context, BMN_CBOR_INT, value, NULL, 0);
}

static void
on_uint64 (void *context, uint64_t value)
{
  set (context, BMN_CBOR_INT, value, NULL, 0);
}

static void
on_bytes (void *context, cbor_data bytes, size_t length)
{
  set (context, BMN_CBOR_BYTES, 0, bytes, length);
}

static void
on_text (void *context, cbor_data bytes, size_t length)
{
  set (context, BMN_CBOR_TEXT, 0, bytes, length);
}

static void
on_array (void *context, size_t length)
{
  set (context, BMN_CBOR_ARRAY, length, NULL, 0);
}

static void
on_map (void *context, size_t length)
{
  set (context, BMN_CBOR_MAP, length, NULL, 0);
}

static void
on_tag (void *context, uint64_t number)
{
  set (context, BMN_CBOR_TAG, number, NULL, 0);
}

static void
on_bool (void *context, bool value)
{
  set (context, BMN_CBOR_BOOL, value, NULL, 0);
}

static void
on_null (void *context)
{
  set (context, BMN_CBOR_NULL, 0, NULL, 0);
}

/* Containers without a length, which DAG-CBOR forbids, show as the count of none. */
#define UNKNOWN_LENGTH G_MAXUINT64

static void
on_endless (void *context)
{
  set (context, BMN_CBOR_ARRAY, UNKNOWN_LENGTH, NULL, 0);
}

gboolean
bmn_cbor_reader_next (BmnCborReader *self, BmnCborItem *item)
{
  struct cbor_callbacks callbacks = cbor_empty_callbacks;
  callbacks.uint8 = on_uint8;
  callbacks.uint16 = on_uint16;
  callbacks.uint32 = on_uint32;
  callbacks.uint64 = on_uint64;
  callbacks.byte_string = on_bytes;
  callbacks.string = on_text;
  callbacks.array_start = on_array;
  callbacks.map_start = on_map;
  callbacks.tag = on_tag;
  callbacks.boolean = on_bool;
  callbacks.null = on_null;
  callbacks.byte_string_start = on_endless;
  callbacks.string_start = on_endless;
  callbacks.indef_array_start = on_endless;
  callbacks.indef_map_start = on_endless;
  callbacks.indef_break = on_endless;
  *item = (BmnCborItem){ .type = BMN_CBOR_OTHER };
  gsize left = (gsize)(self->end - self->at);
  struct cbor_decoder_result result = cbor_stream_decode (self->at, left, &callbacks, item);
  /* Each thing in a container takes a byte at least. */
  if (result.status != CBOR_DECODER_FINISHED
      || ((item->type == BMN_CBOR_ARRAY || item->type == BMN_CBOR_MAP) && item->number > left))
    return FALSE;
  self->at += result.read;
  return TRUE;
}

static guint64
count_within (const BmnCborItem *item)
{
  switch (item->type)
    {
    case BMN_CBOR_ARRAY:
      return item->number;
    case BMN_CBOR_MAP:
      return item->number * 2;
    case BMN_CBOR_TAG:
      return 1;
    default:
      return 0;
    }
}

/* Not by recursion: how deep it nests is up to strangers. */
gboolean
bmn_cbor_reader_skip (BmnCborReader *self, const BmnCborItem *item)
{
  guint64 n_open = count_within (item);
  BmnCborItem inner;
  while (n_open > 0 && n_open <= (guint64)(self->end - self->at)
         && bmn_cbor_reader_next (self, &inner))
    n_open += count_within (&inner) - 1;
  return n_open == 0;
}

gboolean
bmn_cbor_reader_expect (BmnCborReader *self, BmnCborType type, BmnCborItem *item)
{
  return bmn_cbor_reader_next (self, item) && item->type == type;
}

gboolean
bmn_cbor_item_is (const BmnCborItem *item, const char *text)
{
  return item->type == BMN_CBOR_TEXT && item->length == strlen (text)
         && memcmp (item->bytes, text, item->length) == 0;
}
