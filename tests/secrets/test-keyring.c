#include "bmn-error.h"
#include "secret-calls.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

/* Each test needs a session of its kind: see tests/support/keyring-session.sh. */

static char *folder; /* (owned) */

static void
assert_all_fail (BmnSecretStore *store, BmnError code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (load_secret (store, "a", &error));
  g_assert_error (error, BMN_ERROR, (int)code);
  g_clear_error (&error);
  g_assert_false (save_secret (store, "a", "xyzzy", &error));
  g_assert_error (error, BMN_ERROR, (int)code);
  g_assert_null (strstr (error->message, "xyzzy"));
  g_clear_error (&error);
  g_assert_false (remove_secret (store, "a", &error));
  g_assert_error (error, BMN_ERROR, (int)code);
}

static void
test_unlocked (void)
{
  g_autoptr (BmnSecretStore) store = bmn_keyring_new (folder);
  assert_store_works (store);
}

static void
lock_default (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service
      = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_sync (
      service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  GList list = { collection, NULL, NULL };
  g_assert_cmpint (secret_service_lock_sync (service, &list, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

static void
test_locked (void)
{
  g_autoptr (BmnSecretStore) store = bmn_keyring_new (folder);
  g_autoptr (GError) error = NULL;
  g_assert_true (save_secret (store, "a", "plugh", &error));
  g_assert_no_error (error);
  lock_default ();
  assert_all_fail (store, BMN_ERROR_LOCKED);
  /* What was never saved is not known to be absent either. */
  g_assert_null (load_secret (store, "never", &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_LOCKED);
}

static void
test_empty (void)
{
  g_autoptr (BmnSecretStore) store = bmn_keyring_new (folder);
  assert_all_fail (store, BMN_ERROR_LOCKED);
}

static void
test_no_service (void)
{
  g_autoptr (BmnSecretStore) store = bmn_keyring_new (folder);
  assert_all_fail (store, BMN_ERROR_NO_KEYRING);
}

static void
use_file (void)
{
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "a-password", TRUE);
}

static void
test_file (void)
{
  g_autoptr (BmnSecretStore) store = bmn_keyring_new (folder);
  use_file ();
  assert_store_works (store);
}

#define N_SAVERS 8
#define N_SAVES 5

/* Saves under keys of its own, many times, while others do the same. */
static int
save_as_child (const char *name)
{
  g_autoptr (BmnSecretStore) store = bmn_keyring_new (folder);
  for (int i = 0; i < N_SAVES; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s-%d", name, i);
      g_autoptr (GError) error = NULL;
      if (!save_secret (store, key, key, &error))
        {
          g_printerr ("%s: %s\n", key, error->message);
          return 1;
        }
    }
  return 0;
}

static void
test_file_parallel (void)
{
  GSubprocess *savers[N_SAVERS];
  g_autoptr (GError) error = NULL;
  use_file ();
  for (int i = 0; i < N_SAVERS; i++)
    {
      g_autoptr (GSubprocessLauncher) launcher
          = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
      g_autofree char *name = g_strdup_printf ("saver%d", i);
      g_subprocess_launcher_setenv (launcher, "BELLMAN_TEST_SAVER", name, TRUE);
      g_subprocess_launcher_setenv (launcher, "BELLMAN_TEST_DIR", folder, TRUE);
      savers[i] = g_subprocess_launcher_spawn (launcher, &error, "/proc/self/exe", NULL);
      g_assert_no_error (error);
    }
  for (int i = 0; i < N_SAVERS; i++)
    {
      g_assert_true (g_subprocess_wait_check (savers[i], NULL, &error));
      g_assert_no_error (error);
      g_object_unref (savers[i]);
    }
  g_autoptr (BmnSecretStore) store = bmn_keyring_new (folder);
  for (int i = 0; i < N_SAVERS * N_SAVES; i++)
    {
      g_autofree char *key = g_strdup_printf ("saver%d-%d", i / N_SAVES, i % N_SAVES);
      assert_secret (store, key, key);
    }
}

static void
remove_folder (void)
{
  const char *names[] = { "secrets.lock", "keyring" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  const char *saver = g_getenv ("BELLMAN_TEST_SAVER");
  if (saver)
    {
      folder = g_strdup (g_getenv ("BELLMAN_TEST_DIR"));
      int status = save_as_child (saver);
      g_free (folder);
      return status;
    }
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("bellman-secrets-XXXXXX", NULL);
  g_test_add_func ("/secrets/keyring/unlocked", test_unlocked);
  g_test_add_func ("/secrets/keyring/locked", test_locked);
  g_test_add_func ("/secrets/keyring/empty", test_empty);
  g_test_add_func ("/secrets/keyring/no-service", test_no_service);
  g_test_add_func ("/secrets/keyring/file", test_file);
  g_test_add_func ("/secrets/keyring/file-parallel", test_file_parallel);
  int status = g_test_run ();
  remove_folder ();
  return status;
}
