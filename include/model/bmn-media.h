#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnMedia:
 * @path: absolute path of the program's own copy of the file
 * @alt: (nullable): the description for those who cannot see it
 * @mime_type: as found in the file's content, never from its name
 * @size: bytes
 * @sha256: hexadecimal digest of the content; tells whether the copy is still what was added
 * @width: pixels, 0 where not known
 * @height: pixels, 0 where not known
 * @focus_x: −1 (left) to +1 (right): the point that must stay visible when cropped
 * @focus_y: −1 (bottom) to +1 (top)
 *
 * One picture, sound or video of a part.
 */
typedef struct
{
  char *path;      /* (owned) */
  char *alt;       /* (owned) (nullable) */
  char *mime_type; /* (owned) */
  gint64 size;
  char *sha256; /* (owned) */
  int width;
  int height;
  double focus_x;
  double focus_y;
} BmnMedia;

/* An empty medium; all strings %NULL. */
BmnMedia *bmn_media_new (void) G_GNUC_WARN_UNUSED_RESULT;
BmnMedia *bmn_media_copy (const BmnMedia *media) G_GNUC_WARN_UNUSED_RESULT;
void bmn_media_free (BmnMedia *media);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnMedia, bmn_media_free)

G_END_DECLS
