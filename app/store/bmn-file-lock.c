#include "bmn-file-lock-private.h"
#include "bmn-database-private.h"

#include <errno.h>
#include <fcntl.h>

int
bmn_file_lock_open (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    bmn_storage_set_error (path, errno, error);
  return fd;
}

static int
set_lock (int fd, int command)
{
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int result;
  do
    result = fcntl (fd, command, &whole);
  while (result < 0 && errno == EINTR);
  return result;
}

gboolean
bmn_file_lock_try (int fd, const char *path, GError **error)
{
  if (set_lock (fd, F_OFD_SETLK) == 0)
    return TRUE;
  if (errno != EAGAIN && errno != EACCES)
    bmn_storage_set_error (path, errno, error);
  return FALSE;
}

gboolean
bmn_file_lock_wait (int fd, const char *path, GError **error)
{
  if (set_lock (fd, F_OFD_SETLKW) == 0)
    return TRUE;
  bmn_storage_set_error (path, errno, error);
  return FALSE;
}
