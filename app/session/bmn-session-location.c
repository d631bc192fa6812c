#include "bmn-media-copy-private.h"
#include "bmn-session-check.h"

#include "bmn-error.h"
#include "bmn-picture-location.h"

#include <glib/gi18n-lib.h>

/* A picture beyond this is none that a platform takes. */
#define MAX_SIZE (256 * 1024 * 1024)

/* Returns: (transfer full): the file without the place; %NULL with an error */
static char *
read_without_location (const BmnMedia *media, gsize *size, GError **error)
{
  g_autofree char *data = NULL;
  if (media->mime_type && g_str_has_prefix (media->mime_type, "image/") && media->size <= MAX_SIZE
      && !g_file_get_contents (media->path, &data, size, NULL))
    {
      g_autofree char *name = g_filename_display_basename (media->path);
      g_set_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                   _ ("The picture “%s” cannot be read. Add it again."), name);
      return NULL;
    }
  if (data && bmn_picture_blank_location ((guint8 *)data, *size))
    return g_steal_pointer (&data);
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("There is no place in this picture that can be taken out."));
  return NULL;
}

BmnMedia *
bmn_session_remove_location (BmnSession *self, const BmnMedia *media, GError **error)
{
  gsize size = 0;
  g_autofree char *data = read_without_location (media, &size, error);
  return data ? bmn_media_copy_store (self, data, size, media, error) : NULL;
}
