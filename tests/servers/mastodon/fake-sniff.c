#include "fake-sniff.h"

#include <string.h>

/* https://docs.joinmastodon.org/entities/Instance/#supported_mime_types */
const char *const fake_mime_types[]
    = { "image/jpeg",     "image/png",  "image/gif",      "image/heic",  "image/heif",
        "image/webp",     "image/avif", "video/webm",     "video/mp4",   "video/quicktime",
        "video/ogg",      "audio/wave", "audio/wav",      "audio/x-wav", "audio/x-pn-wave",
        "audio/vnd.wave", "audio/ogg",  "audio/vorbis",   "audio/mpeg",  "audio/mp3",
        "audio/webm",     "audio/flac", "audio/aac",      "audio/m4a",   "audio/x-m4a",
        "audio/mp4",      "audio/3gpp", "video/x-ms-asf", NULL };

typedef struct
{
  gsize offset;
  const char *bytes;
  gsize length;
  const char *mime;
  const char *kind;
} Magic;

#define MAGIC(offset, bytes, mime, kind)                                                           \
  {                                                                                                \
    offset, bytes, sizeof bytes - 1, mime, kind                                                    \
  }

/* The first that fits; brands before the general form of their container. */
static const Magic magics[] = {
  MAGIC (0, "\x89PNG\r\n\x1a\n", "image/png", "image"),
  MAGIC (0, "\xff\xd8\xff", "image/jpeg", "image"),
  MAGIC (0, "GIF87a", "image/gif", "image"),
  MAGIC (0, "GIF89a", "image/gif", "image"),
  MAGIC (8, "WEBP", "image/webp", "image"),
  MAGIC (4, "ftypheic", "image/heic", "image"),
  MAGIC (4, "ftypmif1", "image/heif", "image"),
  MAGIC (4, "ftypavif", "image/avif", "image"),
  MAGIC (4, "ftypqt", "video/quicktime", "video"),
  MAGIC (4, "ftypM4A", "audio/mp4", "audio"),
  MAGIC (4, "ftyp", "video/mp4", "video"),
  MAGIC (0, "\x1a\x45\xdf\xa3", "video/webm", "video"),
  MAGIC (0, "ID3", "audio/mpeg", "audio"),
  MAGIC (0, "\xff\xfb", "audio/mpeg", "audio"),
  MAGIC (0, "OggS", "audio/ogg", "audio"),
  MAGIC (0, "fLaC", "audio/flac", "audio"),
  MAGIC (8, "WAVE", "audio/wav", "audio"),
};

static guint
big16 (const guint8 *at)
{
  return (guint)at[0] << 8 | at[1];
}

static guint
little16 (const guint8 *at)
{
  return (guint)at[1] << 8 | at[0];
}

static guint
big32 (const guint8 *at)
{
  return big16 (at) << 16 | big16 (at + 2);
}

/* Walks the segments up to the frame header, which holds the size; EXIF stands before it. */
static void
look_at_jpeg (FakeSniff *sniff, const guint8 *data, gsize length)
{
  gsize at = 2;
  while (at + 9 < length && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];
      guint size = big16 (data + at + 2);
      if (marker == 0xe1 && at + 8 < length && memcmp (data + at + 4, "Exif", 4) == 0)
        sniff->has_metadata = TRUE;
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          sniff->height = big16 (data + at + 5);
          sniff->width = big16 (data + at + 7);
          return;
        }
      at += 2 + size;
    }
}

/* More than one graphic control block with an image makes it an animation. */
static void
look_at_gif (FakeSniff *sniff, const guint8 *data, gsize length)
{
  guint frames = 0;
  if (length < 10)
    return;
  sniff->width = little16 (data + 6);
  sniff->height = little16 (data + 8);
  for (gsize i = 10; i + 3 < length; i++)
    frames += data[i] == 0x21 && data[i + 1] == 0xf9 && data[i + 2] == 4;
  if (frames > 1)
    sniff->kind = "gifv";
}

static void
look_at_webp (FakeSniff *sniff, const guint8 *data, gsize length)
{
  if (length < 30)
    return;
  if (memcmp (data + 12, "VP8X", 4) == 0)
    {
      sniff->width = 1 + (data[24] | (guint)data[25] << 8 | (guint)data[26] << 16);
      sniff->height = 1 + (data[27] | (guint)data[28] << 8 | (guint)data[29] << 16);
    }
  else if (memcmp (data + 12, "VP8 ", 4) == 0)
    {
      sniff->width = little16 (data + 26) & 0x3fff;
      sniff->height = little16 (data + 28) & 0x3fff;
    }
}

FakeSniff
fake_sniff (GBytes *file)
{
  FakeSniff sniff = { 0 };
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);
  for (gsize i = 0; i < G_N_ELEMENTS (magics) && !sniff.mime; i++)
    if (length >= magics[i].offset + magics[i].length
        && memcmp (data + magics[i].offset, magics[i].bytes, magics[i].length) == 0)
      {
        sniff.mime = magics[i].mime;
        sniff.kind = magics[i].kind;
      }
  if (g_strcmp0 (sniff.mime, "image/png") == 0 && length >= 24)
    {
      sniff.width = big32 (data + 16);
      sniff.height = big32 (data + 20);
    }
  else if (g_strcmp0 (sniff.mime, "image/jpeg") == 0)
    look_at_jpeg (&sniff, data, length);
  else if (g_strcmp0 (sniff.mime, "image/gif") == 0)
    look_at_gif (&sniff, data, length);
  else if (g_strcmp0 (sniff.mime, "image/webp") == 0)
    look_at_webp (&sniff, data, length);
  return sniff;
}
