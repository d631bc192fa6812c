#include "bmn-file-lock.h"
#include "bmn-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Linux can wait for such a lock, but not for it and a cancellable. */
#define INTERVAL (G_USEC_PER_SEC / 50)

static int
fail_storage (GError **error, const char *path, int errsv)
{
  g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
               /* Translators: the first %s is a file, the second the system's reason. */
               _ ("“%s” cannot be locked: %s. Make its folder writable and try again."), path,
               g_strerror (errsv));
  return -1;
}

static int
fail_held (GError **error, const char *path)
{
  g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
               /* Translators: %s is a file. */
               _ ("Another program holds “%s”. Wait until it is done and try again."), path);
  return -1;
}

int
bmn_file_lock_take (const char *path, gint64 patience, GCancellable *cancellable, GError **error)
{
  const gint64 give_up = g_get_monotonic_time () + patience;
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (fd < 0)
    return fail_storage (error, path, errno);
  for (;;)
    {
      struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      if (fcntl (fd, F_OFD_SETLK, &whole) == 0)
        return fd;
      int errsv = errno;
      int failed = 0;
      if (errsv != EAGAIN && errsv != EACCES && errsv != EINTR)
        failed = fail_storage (error, path, errsv);
      else if (g_cancellable_set_error_if_cancelled (cancellable, error))
        failed = -1;
      else if (g_get_monotonic_time () > give_up)
        failed = fail_held (error, path);
      if (failed)
        {
          close (fd);
          return -1;
        }
      g_usleep (INTERVAL);
    }
}
