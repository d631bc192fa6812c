#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the first bytes of a file must have for bmn_media_type_find(). */
#define BMN_MEDIA_TYPE_HEAD 4096

/**
 * BmnMediaType:
 * @mime_type: such as `image/png`
 * @extension: the usual one of such files, without the dot
 */
typedef struct
{
  const char *mime_type;
  const char *extension;
} BmnMediaType;

/**
 * bmn_media_type_find:
 * @head: the first bytes of the file; all of a short one
 *
 * Tells a picture, sound or video by its content.
 *
 * Returns: (nullable) (transfer none): %NULL for anything else
 */
const BmnMediaType *bmn_media_type_find (const guint8 *head, gsize size);

G_END_DECLS
