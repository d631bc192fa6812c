#include "bmn-car-reader-private.h"
#include "bmn-error.h"
#include "bmn-import-source-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The AT Protocol allows blocks of 1 MiB (atproto.com/specs/repository). */
#define MAX_BLOCK (4 * 1024 * 1024)
#define BUFFER_SIZE (256 * 1024)

/* CIDv1 with a SHA-256 of 32 bytes (multiformats.io), of dag-cbor or of raw bytes. */
#define CID_LENGTH (4 + BMN_CAR_DIGEST_LENGTH)
#define CID_VERSION 0x01
#define CODEC_DAG_CBOR 0x71
#define CODEC_RAW 0x55
#define HASH_SHA256 0x12

struct _BmnCarReader
{
  BmnImportSource *source; /* (owned) */
  GByteArray *block;       /* (owned) */
  guint8 *buffer;          /* (owned) */
  gsize length;
  gsize at;
};

static void
set_broken (GError **error)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("The file is cut off, damaged or no repository. Export it again."));
}

/* Returns: whether there are bytes left; %FALSE at the end, or with @error */
static gboolean
fill (BmnCarReader *self, GError **error)
{
  if (self->at < self->length)
    return TRUE;
  gssize n = bmn_import_source_read (self->source, self->buffer, BUFFER_SIZE, error);
  self->at = 0;
  self->length = MAX (n, 0);
  return n > 0;
}

static gboolean
read_bytes (BmnCarReader *self, guint8 *to, gsize length, GError **error)
{
  while (length > 0)
    {
      GError *failure = NULL;
      if (!fill (self, &failure))
        {
          if (failure)
            g_propagate_error (error, failure);
          else
            set_broken (error);
          return FALSE;
        }
      gsize n = MIN (length, self->length - self->at);
      memcpy (to, self->buffer + self->at, n);
      self->at += n;
      to += n;
      length -= n;
    }
  return TRUE;
}

/* An unsigned LEB128 number, of which none here has more than four bytes. */
static gboolean
read_length (BmnCarReader *self, gsize *value, GError **error)
{
  *value = 0;
  for (guint shift = 0; shift < 28; shift += 7)
    {
      guint8 byte;
      if (!read_bytes (self, &byte, 1, error))
        return FALSE;
      *value |= (gsize)(byte & 0x7f) << shift;
      if (!(byte & 0x80))
        return TRUE;
    }
  set_broken (error);
  return FALSE;
}

/* Reads a length and so many bytes, as the header and each block are. */
static gboolean
read_section (BmnCarReader *self, GError **error)
{
  gsize length;
  if (!read_length (self, &length, error))
    return FALSE;
  if (length == 0 || length > MAX_BLOCK)
    {
      set_broken (error);
      return FALSE;
    }
  g_byte_array_set_size (self->block, (guint)length);
  return read_bytes (self, self->block->data, length, error);
}

BmnCarReader *
bmn_car_reader_open (const char *path, GError **error)
{
  g_autoptr (BmnCarReader) self = g_new0 (BmnCarReader, 1);
  self->buffer = g_malloc (BUFFER_SIZE);
  self->block = g_byte_array_new ();
  self->source = bmn_import_source_open (path, error);
  if (!self->source)
    return NULL;
  GError *failure = NULL;
  if (!bmn_import_source_next (self->source, &failure))
    {
      if (!failure)
        set_broken (&failure);
      g_propagate_error (error, failure);
      return NULL;
    }
  return read_section (self, error) ? g_steal_pointer (&self) : NULL;
}

void
bmn_car_reader_free (BmnCarReader *self)
{
  g_clear_pointer (&self->source, bmn_import_source_free);
  g_byte_array_unref (self->block);
  g_free (self->buffer);
  g_free (self);
}

const guint8 *
bmn_car_get_digest (const guint8 *cid, gsize length)
{
  const gboolean ours = length >= CID_LENGTH && cid[0] == CID_VERSION
                        && (cid[1] == CODEC_DAG_CBOR || cid[1] == CODEC_RAW)
                        && cid[2] == HASH_SHA256 && cid[3] == BMN_CAR_DIGEST_LENGTH;
  return ours ? cid + 4 : NULL;
}

gboolean
bmn_car_reader_next (BmnCarReader *self, BmnCarBlock *block, gboolean *at_end, GError **error)
{
  GError *failure = NULL;
  *at_end = !fill (self, &failure);
  if (failure)
    g_propagate_error (error, failure);
  if (*at_end)
    return failure == NULL;
  if (!read_section (self, error))
    return FALSE;
  const guint8 *digest = bmn_car_get_digest (self->block->data, self->block->len);
  if (!digest)
    {
      set_broken (error);
      return FALSE;
    }
  memcpy (block->digest, digest, BMN_CAR_DIGEST_LENGTH);
  block->bytes = self->block->data + CID_LENGTH;
  block->length = self->block->len - CID_LENGTH;
  return TRUE;
}

gboolean
bmn_car_block_check (const BmnCarBlock *block, GError **error)
{
  guint8 digest[BMN_CAR_DIGEST_LENGTH];
  gsize length = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, block->bytes, (gssize)block->length);
  g_checksum_get_digest (checksum, digest, &length);
  if (memcmp (digest, block->digest, sizeof digest) == 0)
    return TRUE;
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("Part of the repository is not what its own checksum says. The file is "
                          "damaged or was changed; export it again."));
  return FALSE;
}

gint64
bmn_car_reader_get_position (BmnCarReader *self)
{
  return bmn_import_source_get_position (self->source);
}

gint64
bmn_car_reader_get_size (BmnCarReader *self)
{
  return bmn_import_source_get_size (self->source);
}
