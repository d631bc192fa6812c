#include "bmn-media.h"

BmnMedia *
bmn_media_new (void)
{
  return g_new0 (BmnMedia, 1);
}

BmnMedia *
bmn_media_copy (const BmnMedia *media)
{
  BmnMedia *copy = g_memdup2 (media, sizeof *media);
  copy->path = g_strdup (media->path);
  copy->alt = g_strdup (media->alt);
  copy->mime_type = g_strdup (media->mime_type);
  copy->sha256 = g_strdup (media->sha256);
  return copy;
}

void
bmn_media_free (BmnMedia *media)
{
  g_free (media->path);
  g_free (media->alt);
  g_free (media->mime_type);
  g_free (media->sha256);
  g_free (media);
}
