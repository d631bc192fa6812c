#include "certificates.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

char *
certificates_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("bellman-tls-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *script
      = g_test_build_filename (G_TEST_DIST, "platform", "make-certificates.sh", NULL);
  const char *argv[] = { script, folder, NULL };
  int status;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return folder;
}

void
certificates_free (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}
