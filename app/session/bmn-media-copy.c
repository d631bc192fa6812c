#include "bmn-media-copy-private.h"
#include "bmn-session-private.h"

#include "bmn-error.h"
#include "bmn-media-library.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

BmnMedia *
bmn_media_copy_store (
    BmnSession *session, const char *data, gsize size, const BmnMedia *original, GError **error)
{
  g_autofree char *path = g_build_filename (bmn_session_get_folder (session), "media-XXXXXX", NULL);
  int fd = g_mkstemp_full (path, 0, 0600);
  if (fd < 0)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_STORAGE,
                           _ ("The data folder cannot be written. Check its disk and try again."));
      return NULL;
    }
  g_close (fd, NULL);
  BmnMedia *copy = NULL;
  if (g_file_set_contents (path, data, (gssize)size, error))
    copy = bmn_media_library_add (bmn_session_get_folder (session), path, original->alt, NULL,
                                  error);
  g_unlink (path);
  if (copy)
    {
      copy->focus_x = original->focus_x;
      copy->focus_y = original->focus_y;
    }
  return copy;
}
