#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnCarReader: the blocks of a CAR file (ipld.io/specs/transport/car/carv1), as repositories
 * of the AT Protocol are exported: one after the other, in any order, each after its CID. No
 * library reads it; a CBOR reader does what is within. Blocks.
 */
typedef struct _BmnCarReader BmnCarReader;

#define BMN_CAR_DIGEST_LENGTH 32

/**
 * BmnCarBlock:
 * @digest: the SHA-256 that its CID promises
 * @bytes: borrowed until the next block
 */
typedef struct
{
  guint8 digest[BMN_CAR_DIGEST_LENGTH];
  const guint8 *bytes;
  gsize length;
} BmnCarBlock;

/* Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND or %BMN_ERROR_INVALID */
BmnCarReader *bmn_car_reader_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_car_reader_free (BmnCarReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnCarReader, bmn_car_reader_free)

/**
 * bmn_car_reader_next:
 * @at_end: (out): whether there is no block any more
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID for what is cut off, no CAR, or has CIDs of another
 *   kind than the AT Protocol's
 */
gboolean
bmn_car_reader_next (BmnCarReader *self, BmnCarBlock *block, gboolean *at_end, GError **error);

/* Whether the block's bytes are those that its CID promises. @error: %BMN_ERROR_INVALID */
gboolean bmn_car_block_check (const BmnCarBlock *block, GError **error);

/* Returns: (nullable) (transfer none): the digest in a CID's bytes; %NULL for another kind */
const guint8 *bmn_car_get_digest (const guint8 *cid, gsize length);

gint64 bmn_car_reader_get_position (BmnCarReader *self);
gint64 bmn_car_reader_get_size (BmnCarReader *self);

G_END_DECLS
