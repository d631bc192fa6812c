#include "bench.h"
#include "bmn-account-overview.h"
#include "bmn-session-check.h"
#include "bmn-session-levers.h"
#include "bmn-session-preferences.h"
#include "bmn-session-privacy.h"

#include <glib/gstdio.h>

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
test_overview (void)
{
  const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 3600 };
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 id = bench_add_account (bench, "@shop");
  bench_add (bench, id, &later, "Later", NULL);
  g_autoptr (BmnAccountOverview) fine
      = bmn_session_get_account_overview (bench->session, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fine->n_planned, ==, 1);
  g_assert_false (fine->needs_sign_in);
  g_assert_nonnull (fine->limits);

  bench_add (bench, id, &now, "Refused", NULL);
  bmn_fake_server_refuse (bench->server, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED);
  bench_publish (bench);
  g_autoptr (GPtrArray) all = bmn_session_list_account_overviews (bench->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_true (((BmnAccountOverview *)all->pdata[0])->needs_sign_in);

  g_assert_null (bmn_session_get_account_overview (bench->session, 99, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

static void
test_stored (void)
{
  const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 3600 };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 id = bench_add_account (bench, "@shop");
  bench_add (bench, id, &later, "Later", NULL);
  g_autofree char *media = g_build_filename (bench->folder, "media", NULL);
  g_autofree char *file = g_build_filename (media, "of-five", NULL);
  g_assert_cmpint (g_mkdir_with_parents (media, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "12345", 5, NULL));
  g_autoptr (BmnStoredData) stored = bmn_session_describe_stored (bench->session, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stored->folder, ==, bench->folder);
  g_assert_cmpint (stored->n_accounts, ==, 1);
  g_assert_cmpint (stored->n_posts, ==, 1);
  g_assert_cmpint (stored->n_planned, ==, 1);
  g_assert_cmpuint (stored->n_media, ==, 1);
  g_assert_cmpint (stored->media_bytes, ==, 5);
  g_assert_cmpint (stored->database_bytes, >, 5);
}

static void
test_forget (void)
{
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 forgotten = bench_add_account (bench, "@shop");
  gint64 kept = bench_add_account (bench, "@museum");
  bench_add (bench, forgotten, &now, "One", NULL);
  bench_add (bench, forgotten, &now, "Two", NULL);
  bench_add (bench, kept, &now, "Three", NULL);
  bench_publish (bench);
  g_assert_true (bmn_session_forget_learnt (bench->session, forgotten, &error));
  g_assert_no_error (error);
  g_autoptr (BmnAccountLevers) of_forgotten
      = bmn_session_get_levers (bench->session, forgotten, NULL);
  g_autoptr (BmnAccountLevers) of_kept = bmn_session_get_levers (bench->session, kept, NULL);
  g_assert_cmpuint (of_forgotten->excluded->len, ==, 2);
  g_assert_cmpuint (of_kept->excluded->len, ==, 0);

  g_assert_true (bmn_session_learn_again (bench->session, 0, &error));
  g_autoptr (BmnAccountLevers) again = bmn_session_get_levers (bench->session, forgotten, NULL);
  g_assert_cmpuint (again->excluded->len, ==, 0);
}

static void
assert_no_secret (Bench *bench, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_secret_store_load_async (bench->secrets, key, NULL, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (bmn_secret_store_load_finish (bench->secrets, result, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NO_SECRET);
}

static void
test_erase (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *shop
      = bmn_session_make_secret_key (bench->session, bench_add_account (bench, "@shop"));
  g_autofree char *museum
      = bmn_session_make_secret_key (bench->session, bench_add_account (bench, "@museum"));
  g_autoptr (GAsyncResult) result = NULL;
  g_assert_true (bmn_session_start_publishing (bench->session, -1, &error));
  bmn_session_give_up_accounts_async (bench->session, NULL, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_auto (GStrv) warnings = bmn_session_give_up_accounts_finish (bench->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (warnings), ==, 0);
  assert_no_secret (bench, shop);
  assert_no_secret (bench, museum);

  g_assert_false (bmn_session_delete_data (bench->folder, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (g_file_test (bench->folder, G_FILE_TEST_IS_DIR));
  bmn_session_close (bench->session);
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&bench->session));
  g_assert_true (bmn_session_delete_data (bench->folder, &error));
  g_assert_no_error (error);
  g_autoptr (GDir) left = g_dir_open (bench->root, 0, NULL);
  g_assert_null (g_dir_read_name (left));
  g_assert_true (bmn_session_delete_data (bench->folder, &error));

  /* And it is a new beginning. */
  const BmnSessionSurroundings around
      = { .clock = BMN_CLOCK (bench->clock), .secrets = bench->secrets };
  bench->session = bmn_session_open_in (bench->folder, &around, &error);
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (bench->session, NULL);
  g_assert_cmpuint (accounts->len, ==, 0);
}

/* Nobody is signed out while somebody else still publishes with the credentials. */
static void
test_erase_beside_another (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  const BmnSessionSurroundings around
      = { .clock = BMN_CLOCK (bench->clock), .secrets = bench->secrets };
  g_autoptr (BmnSession) other = bmn_session_open_in (bench->folder, &around, &error);
  g_assert_true (bmn_session_start_publishing (other, -1, &error));
  bench_settle (bench);
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_give_up_accounts_async (bench->session, NULL, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (bmn_session_give_up_accounts_finish (bench->session, result, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  bmn_session_close (other);
}

static void
test_preferences (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPreferences) first = bmn_session_get_preferences (bench->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->checks_off | first->suggestions_off, ==, 0);
  first->checks_off = 1u << BMN_CHECK_SHOUTING | 1u << BMN_CHECK_LOOKALIKE;
  first->suggestions_off = 1u << BMN_SUGGESTION_TIME | 1u << BMN_PREFERENCES_FORECAST;
  g_assert_true (bmn_session_set_preferences (bench->session, first, &error));
  g_autoptr (BmnPreferences) second = bmn_session_get_preferences (bench->session, &error);
  g_assert_cmpuint (second->checks_off, ==, first->checks_off);
  g_assert_cmpuint (second->suggestions_off, ==, first->suggestions_off);
}

static guint
count_findings (Bench *bench, const BmnPost *post, BmnCheckKind kind)
{
  guint n = 0;
  g_autoptr (GPtrArray) findings = bmn_session_check_post (bench->session, post, 0, NULL);
  for (guint i = 0; i < findings->len; i++)
    n += ((BmnFinding *)findings->pdata[i])->kind == kind;
  return n;
}

static void
test_check_switched_off (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_autoptr (BmnPreferences) preferences = bmn_preferences_new ();
  g_ptr_array_add (post->parts, bmn_part_new ("THIS IS VERY LOUD AND GOES ON AND ON!!!!!!"));
  g_assert_cmpuint (count_findings (bench, post, BMN_CHECK_SHOUTING), >, 0);
  preferences->checks_off = 1u << BMN_CHECK_SHOUTING;
  g_assert_true (bmn_session_set_preferences (bench->session, preferences, NULL));
  g_assert_cmpuint (count_findings (bench, post, BMN_CHECK_SHOUTING), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/privacy/overview", test_overview);
  g_test_add_func ("/session/privacy/stored", test_stored);
  g_test_add_func ("/session/privacy/forget", test_forget);
  g_test_add_func ("/session/privacy/erase", test_erase);
  g_test_add_func ("/session/privacy/erase-beside-another", test_erase_beside_another);
  g_test_add_func ("/session/preferences/kept", test_preferences);
  g_test_add_func ("/session/preferences/check-switched-off", test_check_switched_off);
  return g_test_run ();
}
