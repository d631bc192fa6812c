#include "bmn-media-lock-private.h"

/* Others hold it while they sync a file to a slow disk, at most. */
#define PATIENCE (60 * G_USEC_PER_SEC)

BmnFileLock *
bmn_media_lock_take (const char *media_folder, GError **error)
{
  /* Beside the library, in which there is nothing but media. */
  g_autofree char *path = g_strconcat (media_folder, ".lock", NULL);
  return bmn_file_lock_take (path, PATIENCE, NULL, error);
}
