#include "bench.h"

#include <string.h>

#define SECRET "only-the-keyring-may-know-this"

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static char *
load_secret (Bench *bench, gint64 account_id, GError **error)
{
  g_autofree char *key = bmn_session_make_secret_key (bench->session, account_id);
  g_autoptr (GAsyncResult) result = NULL;
  bmn_secret_store_load_async (bench->secrets, key, NULL, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return bmn_secret_store_load_finish (bench->secrets, result, error);
}

static void
test_add (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccount) account = bench_try_add_account (bench, "@shop", SECRET, &error);
  g_assert_no_error (error);
  g_assert_cmpint (account->id, >, 0);
  g_assert_cmpstr (account->name, ==, "@shop");
  g_autofree char *secret = load_secret (bench, account->id, &error);
  g_assert_cmpstr (secret, ==, SECRET);
  /* What sign-in learned of the server is known to later platform objects. */
  bench_settle (bench);
  g_autoptr (BmnPlatform) platform = bmn_session_make_platform (bench->session, account, &error);
  g_assert_cmpstr (bmn_platform_host_get_fact (bmn_platform_get_host (platform), "software"), ==,
                   "fake 1.0");
}

static void
test_add_fails (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccount) account = bench_try_add_account (bench, "@shop", "wrong", &error);
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_assert_null (account);
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (bench->session, NULL);
  g_assert_cmpuint (accounts->len, ==, 0);
}

static void
test_sign_in_again (void)
{
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 id = bench_add_account (bench, "@shop");
  gint64 post = bench_add (bench, id, &now, "Hello", NULL);
  bmn_fake_server_refuse (bench->server, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED);
  bench_publish (bench);
  bench_assert_state (bench, post, BMN_TARGET_HELD);

  g_autoptr (BmnAccount) other = bench_try_sign_in (bench, id, "@other", "s3cret-2", &error);
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autofree char *kept = load_secret (bench, id, &error);
  g_assert_cmpstr (kept, ==, "s3cret");
  bench_assert_state (bench, post, BMN_TARGET_HELD);

  g_autoptr (BmnAccount) same = bench_try_sign_in (bench, id, "@shop", SECRET, &error);
  g_assert_no_error (error);
  g_assert_cmpint (same->id, ==, id);
  g_autofree char *fresh = load_secret (bench, id, &error);
  g_assert_cmpstr (fresh, ==, SECRET);
  bench_publish (bench);
  bench_assert_state (bench, post, BMN_TARGET_PUBLISHED);
}

/* Held for days for want of a sign-in: by then it is a missed post, not one to send at once. */
static void
test_check_releases_by_the_policy (void)
{
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 id = bench_add_account (bench, "@shop");
  gint64 post = bench_add (bench, id, &now, "Hello", NULL);
  bmn_fake_server_refuse (bench->server, BMN_ERROR, BMN_ERROR_NO_SECRET);
  bench_publish (bench);
  bench_assert_state (bench, post, BMN_TARGET_HELD);
  bench_pass (bench, 3 * 24 * 3600);
  bench_try_check (bench, id, &error);
  g_assert_no_error (error);
  bench_assert_state (bench, post, BMN_TARGET_SCHEDULED);
  bench_publish (bench);
  g_autoptr (BmnTarget) target = bench_get_target (bench, post);
  g_assert_cmpint (target->state, ==, BMN_TARGET_HELD);
  g_assert_cmpstr (target->error_kind, ==, "missed");
}

static void
test_remove (void)
{
  const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 3600 };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  gint64 id = bench_add_account (bench, "@shop");
  gint64 post = bench_add (bench, id, &later, "Hello", NULL);
  bench_try_remove_account (bench, id, &warning, &error);
  g_assert_no_error (error);
  g_assert_null (warning);
  g_autofree char *secret = load_secret (bench, id, &error);
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NO_SECRET);
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, post, NULL);
  g_assert_cmpuint (view->targets->len, ==, 0);
  bench_pass (bench, 3600);
  bench_publish (bench);
  g_assert_cmpuint (bench->server->posts->len, ==, 0);
}

static void
test_update_is_checked (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccount) account
      = bmn_session_get_account (bench->session, bench_add_account (bench, "@shop"), NULL);
  account->min_gap = -1;
  g_assert_false (bmn_session_update_account (bench->session, account, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_clear_error (&error);
  account->min_gap = 0;
  g_free (account->zone);
  account->zone = g_strdup ("Mars/Olympus");
  g_assert_false (bmn_session_update_account (bench->session, account, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

static void
test_sample_never_mixes (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *site = g_build_filename (bench->root, "site", NULL);
  gint64 id = bmn_sample_fill (bench->session, site, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  g_assert_cmpint (bmn_sample_fill (bench->session, site, &error), ==, 0);
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (bench->session, NULL);
  g_assert_cmpuint (accounts->len, ==, 1);
}

/* Whether any file below @path has the secret in it. */
static gboolean
has_secret (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *content = NULL;
      gsize size;
      g_assert_true (g_file_get_contents (path, &content, &size, NULL));
      return memmem (content, size, SECRET, strlen (SECRET)) != NULL;
    }
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (has_secret (child))
        return TRUE;
    }
  return FALSE;
}

static void
test_secret_stays_out_of_the_folder (void)
{
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccount) account = bench_try_add_account (bench, "@shop", SECRET, &error);
  g_assert_no_error (error);
  (void)bench_add (bench, account->id, &now, "Hello", NULL);
  bench_publish (bench);
  g_autoptr (BmnAccount) again = bench_try_sign_in (bench, account->id, "@shop", SECRET, &error);
  g_assert_no_error (error);
  g_assert_false (has_secret (bench->root));
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, again->settings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_assert_null (strstr (value, SECRET));
}

/* Letting go of a session that publishes ends that, without a crash. */
static void
test_dropped_while_publishing (void)
{
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_autoptr (Bench) bench = bench_new ();
  gint64 id = bench_add_account (bench, "@shop");
  (void)bench_add (bench, id, &now, "Hello", NULL);
  bmn_fake_server_reply (bench->server, BMN_FAKE_HANG);
  g_assert_true (bmn_session_start_publishing (bench->session, -1, NULL));
  bench_settle (bench);
  BmnSession *dropped = g_object_ref (bench->session);
  g_object_unref (dropped);
  bmn_fake_server_release (bench->server);
  bench_settle (bench);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/accounts/add", test_add);
  g_test_add_func ("/session/accounts/add-fails", test_add_fails);
  g_test_add_func ("/session/accounts/sign-in-again", test_sign_in_again);
  g_test_add_func ("/session/accounts/check-releases", test_check_releases_by_the_policy);
  g_test_add_func ("/session/accounts/remove", test_remove);
  g_test_add_func ("/session/accounts/update", test_update_is_checked);
  g_test_add_func ("/session/accounts/sample", test_sample_never_mixes);
  g_test_add_func ("/session/accounts/secret", test_secret_stays_out_of_the_folder);
  g_test_add_func ("/session/accounts/dropped", test_dropped_while_publishing);
  return g_test_run ();
}
