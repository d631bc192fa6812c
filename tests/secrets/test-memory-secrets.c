#include "secret-calls.h"

static void
test_works (void)
{
  g_autoptr (BmnSecretStore) store = bmn_memory_secrets_new ();
  assert_store_works (store);
}

static void
not_called_back_yet (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_secret_store_load_finish (BMN_SECRET_STORE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *)data = TRUE;
}

static void
test_cancelled (void)
{
  g_autoptr (BmnSecretStore) store = bmn_memory_secrets_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;
  g_cancellable_cancel (cancellable);
  bmn_secret_store_load_async (store, "a", cancellable, not_called_back_yet, &done);
  g_assert_false (done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_free (void)
{
  bmn_secret_free (NULL);
  bmn_secret_free (g_strdup ("gone"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/memory/works", test_works);
  g_test_add_func ("/secrets/memory/cancelled", test_cancelled);
  g_test_add_func ("/secrets/memory/free", test_free);
  return g_test_run ();
}
