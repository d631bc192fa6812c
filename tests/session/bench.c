#include "bench.h"

#include <glib/gstdio.h>

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static BmnPlatform *
make_platform (const BmnAccount *account,
               BmnHttpClient *http,
               BmnPlatformHost *host,
               gpointer data,
               GError **error)
{
  Bench *bench = data;
  return bmn_fake_platform_new (account, http, host, bench->server);
}

Bench *
bench_new (void)
{
  g_autoptr (GError) error = NULL;
  Bench *bench = g_new0 (Bench, 1);
  bench->root = g_dir_make_tmp ("bellman-session-XXXXXX", &error);
  g_assert_no_error (error);
  bench->folder = g_build_filename (bench->root, "data", NULL);
  bench->clock = bmn_fake_clock_new_at ("2026-06-01T12:00:00Z");
  bench->secrets = bmn_memory_secrets_new ();
  bench->server = bmn_fake_server_new (BMN_IDEMPOTENCY_NONE);
  bench->server->now = bmn_clock_now (BMN_CLOCK (bench->clock));
  const BmnSessionSurroundings around
      = { BMN_CLOCK (bench->clock), bench->secrets, make_platform, bench };
  bench->session = bmn_session_open_in (bench->folder, &around, &error);
  g_assert_no_error (error);
  return bench;
}

void
bench_free (Bench *bench)
{
  bench_settle (bench);
  g_assert_finalize_object (bench->session);
  g_object_unref (bench->secrets);
  g_object_unref (bench->clock);
  bmn_fake_server_free (bench->server);
  remove_tree (bench->root);
  g_free (bench->folder);
  g_free (bench->root);
  g_free (bench);
}

static gboolean
do_nothing (BmnTransaction *tx, gpointer data, GError **error)
{
  return TRUE;
}

void
bench_settle (Bench *bench)
{
  BmnStore *store = bmn_session_get_store (bench->session);
  gboolean anything = TRUE;
  while (anything)
    {
      g_assert_true (bmn_store_read (store, do_nothing, NULL, NULL));
      g_assert_true (bmn_store_write (store, do_nothing, NULL, NULL));
      anything = FALSE;
      while (g_main_context_iteration (NULL, FALSE))
        anything = TRUE;
    }
}

void
bench_pass (Bench *bench, gint64 seconds)
{
  bmn_fake_server_advance (bench->server, seconds * G_USEC_PER_SEC);
  bmn_fake_clock_advance (bench->clock, seconds * G_USEC_PER_SEC);
  bench_settle (bench);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
}

static GHashTable *
make_inputs (const char *handle, const char *secret)
{
  GHashTable *inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (inputs, g_strdup ("dir"), g_strdup ("/nowhere"));
  g_hash_table_insert (inputs, g_strdup ("handle"), g_strdup (handle));
  g_hash_table_insert (inputs, g_strdup ("secret"), g_strdup (secret));
  return inputs;
}

BmnAccount *
bench_try_add_account (Bench *bench, const char *handle, const char *secret, GError **error)
{
  g_autoptr (GHashTable) inputs = make_inputs (handle, secret);
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_add_account_async (bench->session, "website", NULL, inputs, NULL, take_result,
                                 &result);
  wait_for (&result);
  return bmn_session_add_account_finish (bench->session, result, error);
}

BmnAccount *
bench_try_sign_in (Bench *bench, gint64 id, const char *handle, const char *secret, GError **error)
{
  g_autoptr (GHashTable) inputs = make_inputs (handle, secret);
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_sign_in_account_async (bench->session, id, inputs, NULL, take_result, &result);
  wait_for (&result);
  return bmn_session_sign_in_account_finish (bench->session, result, error);
}

gboolean
bench_try_check (Bench *bench, gint64 id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_check_account_async (bench->session, id, NULL, take_result, &result);
  wait_for (&result);
  g_autoptr (BmnAccountHealth) health
      = bmn_session_check_account_finish (bench->session, result, error);
  return health != NULL;
}

gboolean
bench_try_remove_account (Bench *bench, gint64 id, char **warning, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_remove_account_async (bench->session, id, NULL, take_result, &result);
  wait_for (&result);
  return bmn_session_remove_account_finish (bench->session, result, warning, error);
}

gboolean
bench_try_delete (Bench *bench, gint64 id, gboolean remote, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_delete_post_async (bench->session, id, remote, NULL, take_result, &result);
  wait_for (&result);
  return bmn_session_delete_post_finish (bench->session, result, error);
}

gint64
bench_add_account (Bench *bench, const char *handle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccount) account = bench_try_add_account (bench, handle, "s3cret", &error);
  g_assert_no_error (error);
  return account->id;
}

static gint64
add_post (Bench *bench, BmnPost *post, gint64 account_id, const BmnWhen *when)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) warnings = NULL;
  g_array_append_val (accounts, account_id);
  bmn_session_add_post (bench->session, post, accounts, when, &warnings, &error);
  g_assert_no_error (error);
  return post->id;
}

gint64
bench_add (
    Bench *bench, gint64 account_id, const BmnWhen *when, const char *text, const char *recurrence)
{
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  post->recurrence = g_strdup (recurrence);
  return add_post (bench, post, account_id, when);
}

gint64
bench_add_thread (Bench *bench, gint64 account_id)
{
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new ("One"));
  g_ptr_array_add (post->parts, bmn_part_new ("Two"));
  return add_post (bench, post, account_id, &now);
}

void
bench_publish (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_start_publishing (bench->session, -1, &error);
  g_assert_no_error (error);
  bench_settle (bench);
  bmn_session_stop_publishing_async (bench->session, take_result, &result);
  wait_for (&result);
  g_assert_true (bmn_session_stop_publishing_finish (bench->session, result, NULL));
  bench_settle (bench);
}

static BmnPostView *
get_view (Bench *bench, gint64 post_id)
{
  g_autoptr (GError) error = NULL;
  BmnPostView *view = bmn_session_get_post (bench->session, post_id, &error);
  g_assert_no_error (error);
  return view;
}

BmnTarget *
bench_get_target (Bench *bench, gint64 post_id)
{
  g_autoptr (BmnPostView) view = get_view (bench, post_id);
  g_assert_cmpuint (view->targets->len, ==, 1);
  return bmn_target_copy (((BmnTargetView *)view->targets->pdata[0])->target);
}

char *
bench_get_text (Bench *bench, gint64 post_id)
{
  g_autoptr (BmnPostView) view = get_view (bench, post_id);
  return g_strdup (((BmnPart *)view->post->parts->pdata[0])->text);
}

guint
bench_count (Bench *bench, BmnTargetState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) views = bmn_session_list_posts (bench->session, 1u << state, 0, &error);
  g_assert_no_error (error);
  guint n = 0;
  for (guint i = 0; i < views->len; i++)
    n += ((BmnPostView *)views->pdata[i])->targets->len;
  return n;
}
