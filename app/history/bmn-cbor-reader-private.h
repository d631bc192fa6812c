#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * BmnCborReader: goes through CBOR item by item, in the memory it lies in, whatever it says
 * of its size. libcbor decodes the items.
 */

typedef enum
{
  BMN_CBOR_OTHER, /* fractions, undefined, … */
  BMN_CBOR_INT,
  BMN_CBOR_BYTES,
  BMN_CBOR_TEXT,
  BMN_CBOR_ARRAY,
  BMN_CBOR_MAP,
  BMN_CBOR_TAG,
  BMN_CBOR_BOOL,
  BMN_CBOR_NULL,
} BmnCborType;

/**
 * BmnCborItem:
 * @number: of whole numbers from 0; elements of an array; pairs of a map; a tag's number
 * @bytes: of texts and byte strings; borrowed, not NUL-terminated
 */
typedef struct
{
  BmnCborType type;
  guint64 number;
  const guint8 *bytes;
  gsize length;
} BmnCborItem;

typedef struct
{
  const guint8 *at;
  const guint8 *end;
} BmnCborReader;

/* Returns: whether there was a whole item; of an array, map or tag what is in it comes next */
gboolean bmn_cbor_reader_next (BmnCborReader *self, BmnCborItem *item);
/* Passes over @item's contents. Returns: whether all of them were there */
gboolean bmn_cbor_reader_skip (BmnCborReader *self, const BmnCborItem *item);
/* Takes an item of @type. Returns: whether there was one */
gboolean bmn_cbor_reader_expect (BmnCborReader *self, BmnCborType type, BmnCborItem *item);
/* Whether @item is a text and equal to @text. */
gboolean bmn_cbor_item_is (const BmnCborItem *item, const char *text);

G_END_DECLS
