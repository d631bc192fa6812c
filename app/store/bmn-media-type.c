#include "bmn-media-type-private.h"

#include <string.h>

/* Signatures as the formats' specifications give them. The first that fits counts. */
static const struct
{
  gsize offset;
  const char *bytes;
  gsize size;
  gsize second_offset;
  const char *second; /* (nullable) */
  BmnMediaType type;
} signatures[] = {
#define BYTES(text) text, sizeof (text) - 1
  { 0, BYTES ("\xff\xd8\xff"), 0, NULL, { "image/jpeg", "jpg" } },
  { 0, BYTES ("\x89PNG\r\n\x1a\n"), 0, NULL, { "image/png", "png" } },
  { 0, BYTES ("GIF87a"), 0, NULL, { "image/gif", "gif" } },
  { 0, BYTES ("GIF89a"), 0, NULL, { "image/gif", "gif" } },
  { 0, BYTES ("RIFF"), 8, "WEBP", { "image/webp", "webp" } },
  { 0, BYTES ("RIFF"), 8, "WAVE", { "audio/wav", "wav" } },
  { 0, BYTES ("RIFF"), 8, "AVI ", { "video/x-msvideo", "avi" } },
  { 4, BYTES ("ftyp"), 8, "avif", { "image/avif", "avif" } },
  { 4, BYTES ("ftyp"), 8, "avis", { "image/avif", "avif" } },
  { 4, BYTES ("ftyp"), 8, "heic", { "image/heic", "heic" } },
  { 4, BYTES ("ftyp"), 8, "heix", { "image/heic", "heic" } },
  { 4, BYTES ("ftyp"), 8, "mif1", { "image/heif", "heif" } },
  { 4, BYTES ("ftyp"), 8, "qt  ", { "video/quicktime", "mov" } },
  { 4, BYTES ("ftyp"), 8, "M4A ", { "audio/mp4", "m4a" } },
  { 4, BYTES ("ftyp"), 8, "M4B ", { "audio/mp4", "m4a" } },
  { 4, BYTES ("ftyp"), 0, NULL, { "video/mp4", "mp4" } },
  { 0, BYTES ("fLaC"), 0, NULL, { "audio/flac", "flac" } },
  { 0, BYTES ("ID3"), 0, NULL, { "audio/mpeg", "mp3" } },
#undef BYTES
};

static gboolean
has_bytes (const guint8 *head, gsize size, gsize offset, const char *bytes, gsize n)
{
  return offset + n <= size && memcmp (head + offset, bytes, n) == 0;
}

/* Whether @bytes are anywhere in @head. */
static gboolean
contains (const guint8 *head, gsize size, const char *bytes)
{
  return memmem (head, size, bytes, strlen (bytes)) != NULL;
}

/* An Ogg page holds sound or, with Theora among its streams, a video (RFC 3533). */
static const BmnMediaType *
find_ogg (const guint8 *head, gsize size)
{
  static const BmnMediaType audio = { "audio/ogg", "ogg" }, video = { "video/ogg", "ogv" };
  return contains (head, size, "\x80theora") ? &video : &audio;
}

/* EBML, with WebM as its document type; else it is Matroska, which holds video mostly. */
static const BmnMediaType *
find_ebml (const guint8 *head, gsize size)
{
  static const BmnMediaType webm = { "video/webm", "webm" };
  static const BmnMediaType matroska = { "video/x-matroska", "mkv" };
  return contains (head, MIN (size, 64), "webm") ? &webm : &matroska;
}

/* A frame header of MPEG audio without a tag before it (ISO 11172-3): eleven bits of sync,
 * layer III, a bit rate and a sampling rate that exist. */
static gboolean
is_mpeg_frame (const guint8 *head, gsize size)
{
  return size >= 4 && head[0] == 0xff && (head[1] & 0xe6) == 0xe2 && (head[1] & 0x18) != 0x08
         && (head[2] & 0xf0) != 0xf0 && (head[2] & 0xf0) != 0 && (head[2] & 0x0c) != 0x0c;
}

const BmnMediaType *
bmn_media_type_find (const guint8 *head, gsize size)
{
  static const BmnMediaType mpeg = { "audio/mpeg", "mp3" };
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (has_bytes (head, size, signatures[i].offset, signatures[i].bytes, signatures[i].size)
        && (!signatures[i].second
            || has_bytes (head, size, signatures[i].second_offset, signatures[i].second,
                          strlen (signatures[i].second))))
      return &signatures[i].type;
  if (has_bytes (head, size, 0, "OggS", 4))
    return find_ogg (head, size);
  if (has_bytes (head, size, 0, "\x1a\x45\xdf\xa3", 4))
    return find_ebml (head, size);
  return is_mpeg_frame (head, size) ? &mpeg : NULL;
}
