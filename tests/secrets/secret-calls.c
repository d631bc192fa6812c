#include "secret-calls.h"
#include "bmn-error.h"

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

char *
load_secret (BmnSecretStore *store, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_secret_store_load_async (store, key, NULL, keep_result, &result);
  return bmn_secret_store_load_finish (store, wait_for (&result), error);
}

gboolean
save_secret (BmnSecretStore *store, const char *key, const char *secret, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_secret_store_save_async (store, key, "Bellman test", secret, NULL, keep_result, &result);
  return bmn_secret_store_save_finish (store, wait_for (&result), error);
}

gboolean
remove_secret (BmnSecretStore *store, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_secret_store_remove_async (store, key, NULL, keep_result, &result);
  return bmn_secret_store_remove_finish (store, wait_for (&result), error);
}

void
assert_secret (BmnSecretStore *store, const char *key, const char *secret)
{
  g_autoptr (GError) error = NULL;
  char *found = load_secret (store, key, &error);
  if (secret)
    g_assert_no_error (error);
  else
    g_assert_error (error, BMN_ERROR, BMN_ERROR_NO_SECRET);
  g_assert_cmpstr (found, ==, secret);
  bmn_secret_free (found);
}

void
assert_store_works (BmnSecretStore *store)
{
  const char *secrets[] = { "plain", "{\"token\":\"ü – 🔑\"}", "", "with\nlines\t" };
  g_autoptr (GError) error = NULL;
  assert_secret (store, "a", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      save_secret (store, "a", secrets[i], &error);
      g_assert_no_error (error);
      assert_secret (store, "a", secrets[i]);
    }
  g_assert_true (save_secret (store, "b", "other", &error));
  for (int i = 0; i < 2; i++)
    {
      remove_secret (store, "a", &error);
      g_assert_no_error (error);
      assert_secret (store, "a", NULL);
    }
  assert_secret (store, "b", "other");
}
