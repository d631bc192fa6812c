#include "bmn-session-check.h"
#include "bmn-session-private.h"

#include "bmn-error.h"
#include "bmn-media-library.h"
#include "bmn-picture-location.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

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
  if (!data)
    return NULL;
  g_autofree char *pattern
      = g_build_filename (bmn_session_get_folder (self), "location-XXXXXX", NULL);
  int fd = g_mkstemp_full (pattern, 0, 0600);
  if (fd >= 0)
    g_close (fd, NULL);
  g_autoptr (BmnMedia) clean = NULL;
  if (fd >= 0 && g_file_set_contents (pattern, data, (gssize)size, error))
    clean = bmn_media_library_add (bmn_session_get_folder (self), pattern, media->alt, NULL, error);
  else if (fd < 0)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_STORAGE,
                         _ ("The data folder cannot be written. Check its disk and try again."));
  if (fd >= 0)
    g_unlink (pattern);
  if (!clean)
    return NULL;
  clean->focus_x = media->focus_x;
  clean->focus_y = media->focus_y;
  return g_steal_pointer (&clean);
}
