#include "bmn-durable-file-private.h"
#include "bmn-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_CHUNK (64 * 1024)

static gboolean
fail (GError **error, const char *path, int errsv)
{
  g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
               /* Translators: the first %s is a file, the second the system's reason. */
               _ ("“%s” cannot be written: %s. Make room or make it writable, then try again."),
               path, g_strerror (errsv));
  return FALSE;
}

/* A rename or a removal lasts only once the folder itself was written. */
static gboolean
sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return fail (error, folder, errno);
  gboolean synced = fsync (fd) == 0;
  int errsv = errno;
  close (fd);
  return synced || fail (error, folder, errsv);
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
copy_all (int source, int fd)
{
  g_autofree char *chunk = g_malloc (COPY_CHUNK);
  for (;;)
    {
      gssize n = read (source, chunk, COPY_CHUNK);
      if (n == 0)
        return TRUE;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || !write_all (fd, chunk, n))
        return FALSE;
    }
}

/* @source: −1 to write @contents */
static gboolean
write_durably (const char *folder,
               const char *name,
               const char *contents,
               gsize length,
               int source,
               GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *temporary = g_build_filename (folder, BMN_DURABLE_FILE_PREFIX "XXXXXX", NULL);
  int fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail (error, path, errno);
  gboolean written = source >= 0 ? copy_all (source, fd) : write_all (fd, contents, length);
  written = written && fsync (fd) == 0;
  int errsv = errno;
  if (close (fd) != 0 && written)
    {
      written = FALSE;
      errsv = errno;
    }
  if (written && g_rename (temporary, path) != 0)
    {
      written = FALSE;
      errsv = errno;
    }
  if (!written)
    {
      g_unlink (temporary);
      return fail (error, path, errsv);
    }
  return sync_folder (folder, error);
}

gboolean
bmn_durable_file_write (
    const char *folder, const char *name, const char *contents, gsize length, GError **error)
{
  return write_durably (folder, name, contents, length, -1, error);
}

gboolean
bmn_durable_file_copy (const char *folder, const char *name, int source, GError **error)
{
  return write_durably (folder, name, NULL, 0, source, error);
}

gboolean
bmn_durable_file_remove (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  if (g_unlink (path) != 0)
    return errno == ENOENT || fail (error, path, errno);
  return sync_folder (folder, error);
}

gboolean
bmn_durable_folder_make (const char *folder, GError **error)
{
  if (g_mkdir (folder, 0777) != 0)
    {
      int errsv = errno;
      return (errsv == EEXIST && g_file_test (folder, G_FILE_TEST_IS_DIR))
             || fail (error, folder, errsv);
    }
  g_autofree char *parent = g_path_get_dirname (folder);
  return sync_folder (parent, error);
}

void
bmn_durable_folder_sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, BMN_DURABLE_FILE_PREFIX)
        && strlen (name) == strlen (BMN_DURABLE_FILE_PREFIX) + 6)
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        g_unlink (path);
      }
}

static int
fail_open (GError **error, const char *path, int errsv)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errsv), "%s: %s", path,
               g_strerror (errsv));
  return -1;
}

int
bmn_durable_file_open (const char *path, GError **error)
{
  struct stat info;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return fail_open (error, path, errno);
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return fd;
  close (fd);
  return fail_open (error, path, EISDIR);
}

char *
bmn_durable_file_read (const char *path, gsize max, gsize *length, GError **error)
{
  int fd = bmn_durable_file_open (path, error);
  if (fd < 0)
    return NULL;
  g_autoptr (GString) contents = g_string_new (NULL);
  g_autofree char *chunk = g_malloc (COPY_CHUNK);
  gssize n = 0;
  int errsv = EFBIG;
  while (contents->len <= max && (n = read (fd, chunk, COPY_CHUNK)) != 0)
    {
      if (n < 0)
        {
          errsv = errno;
          if (errsv == EINTR)
            continue;
          break;
        }
      g_string_append_len (contents, chunk, n);
    }
  close (fd);
  if (n < 0 || contents->len > max)
    {
      fail_open (error, path, errsv);
      return NULL;
    }
  *length = contents->len;
  return g_string_free (g_steal_pointer (&contents), FALSE);
}
