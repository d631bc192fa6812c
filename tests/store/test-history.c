#include "store-support.h"

#include "bmn-history.h"

#include <glib/gstdio.h>

static gboolean
put (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_history_put (tx, data, NULL, error);
}

typedef struct
{
  gint64 account_id;
  gint64 after_id;
  guint limit;
  GPtrArray *found;
} List;

static gboolean
list (BmnTransaction *tx, gpointer data, GError **error)
{
  List *list = data;
  list->found = bmn_history_list (tx, list->account_id, list->after_id, list->limit, error);
  return list->found != NULL;
}

static BmnHistoryPost *
counted_post (gint64 account_id, gint64 counted_at, gint64 likes, gint64 reposts)
{
  BmnHistoryPost *post = bmn_history_post_new (account_id, "r-1", "text", 500);
  post->counted_at = counted_at;
  post->likes = likes;
  post->reposts = reposts;
  return post;
}

static void
put_counts (BmnStore *store, gint64 account_id, gint64 counted_at, gint64 likes, gint64 reposts)
{
  g_autoptr (BmnHistoryPost) post = counted_post (account_id, counted_at, likes, reposts);
  write_ok (store, put, post);
  g_assert_cmpint (post->id, ==, 1);
}

static void
assert_counts (BmnStore *store, gint64 account_id, gint64 counted_at, gint64 likes, gint64 reposts)
{
  List all = { account_id, 0, 10 };
  read_ok (store, list, &all);
  g_assert_cmpuint (all.found->len, ==, 1);
  const BmnHistoryPost *post = all.found->pdata[0];
  g_assert_cmpint (post->counted_at, ==, counted_at);
  g_assert_cmpint (post->likes, ==, likes);
  g_assert_cmpint (post->reposts, ==, reposts);
  g_assert_cmpint (post->replies, ==, BMN_COUNT_UNKNOWN);
  g_ptr_array_unref (all.found);
}

/* A count that is not told is not none, and what was read later counts. */
static void
test_counts (Fixture *fixture, gconstpointer data)
{
  BmnStore *store = fixture->store;
  gint64 a = add_account (store, "A");
  const gint64 unknown = BMN_COUNT_UNKNOWN;
  put_counts (store, a, 0, unknown, unknown);
  assert_counts (store, a, 0, unknown, unknown);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM metric_snapshot"), ==, 0);
  put_counts (store, a, 2000, 5, unknown);
  assert_counts (store, a, 2000, 5, unknown);
  put_counts (store, a, 1000, 3, 1);
  assert_counts (store, a, 2000, 5, 1);
  put_counts (store, a, 3000, unknown, 0);
  assert_counts (store, a, 3000, 5, 0);
  put_counts (store, a, 0, unknown, unknown);
  assert_counts (store, a, 3000, 5, 0);
  put_counts (store, a, 3000, 4, 0);
  assert_counts (store, a, 3000, 4, 0);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM metric_snapshot"), ==, 3);
  g_assert_cmpint (read_number (fixture->folder, "SELECT likes FROM metric_snapshot "
                                                 "WHERE counted_at = 1000"),
                   ==, 3);
}

static gboolean
put_twice (BmnTransaction *tx, gpointer data, GError **error)
{
  gint64 account_id = *(gint64 *)data, count;
  gboolean added;
  g_autoptr (BmnHistoryPost) post = bmn_history_post_new (account_id, "same", "before", 500);
  post->url = g_strdup ("https://example.org/1");
  post->language = g_strdup ("en");
  post->is_reply = TRUE;
  post->n_media = 2;
  post->target_id = 1;
  g_assert_true (bmn_history_put (tx, post, &added, error));
  g_assert_true (added);
  g_autoptr (BmnHistoryPost) again = bmn_history_post_new (account_id, "same", "after", 500);
  g_assert_true (bmn_history_put (tx, again, &added, error));
  g_assert_false (added);
  g_assert_cmpint (again->id, ==, post->id);
  g_assert_true (bmn_history_count (tx, account_id, &count, error));
  g_assert_cmpint (count, ==, 1);
  g_autoptr (GPtrArray) all = bmn_history_list (tx, account_id, 0, 0, error);
  const BmnHistoryPost *stored = all->pdata[0];
  g_assert_cmpstr (stored->remote_id, ==, "same");
  g_assert_cmpstr (stored->text, ==, "after");
  g_assert_cmpint (stored->target_id, ==, 1);
  return TRUE;
}

static gboolean
delete_post (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_posts_delete (tx, *(gint64 *)data, error);
}

static void
test_same_post (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "A"), post = add_post (fixture->store, "x");
  add_target (fixture->store, post, account, BMN_TARGET_PUBLISHED, 100);
  write_ok (fixture->store, put_twice, &account);
  /* What was published stays known when the post is deleted here. */
  write_ok (fixture->store, delete_post, &post);
  List all = { account, 0, 0 };
  read_ok (fixture->store, list, &all);
  g_assert_cmpuint (all.found->len, ==, 1);
  g_assert_cmpint (((BmnHistoryPost *)all.found->pdata[0])->target_id, ==, 0);
  g_ptr_array_unref (all.found);
}

static void
test_same_rings_nobody (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "A");
  put_counts (fixture->store, account, 1000, 1, 2);
  g_autofree char *bell = fixture_path (fixture, "doorbell");
  g_assert_cmpint (g_remove (bell), ==, 0);
  put_counts (fixture->store, account, 1000, 1, 2);
  g_assert_false (g_file_test (bell, G_FILE_TEST_EXISTS));
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "A"), other = add_account (fixture->store, "B");
  const gint64 times[] = { 300, 100, 200, 200 };
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("r-%d", (int)i);
      g_autoptr (BmnHistoryPost) post = bmn_history_post_new (account, remote_id, "t", times[i]);
      write_ok (fixture->store, put, post);
    }
  g_autoptr (BmnHistoryPost) foreign = bmn_history_post_new (other, "r-0", "t", 150);
  write_ok (fixture->store, put, foreign);
  const gint64 order[] = { 2, 3, 4, 1 };
  gint64 after = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      List page = { account, after, 1 };
      read_ok (fixture->store, list, &page);
      g_assert_cmpuint (page.found->len, ==, 1);
      after = ((BmnHistoryPost *)page.found->pdata[0])->id;
      g_assert_cmpint (after, ==, order[i]);
      g_ptr_array_unref (page.found);
    }
  List end = { account, after, 1 };
  read_ok (fixture->store, list, &end);
  g_assert_cmpuint (end.found->len, ==, 0);
  g_ptr_array_unref (end.found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/history/counts", test_counts);
  fixture_add ("/store/history/same-post", test_same_post);
  fixture_add ("/store/history/same-rings-nobody", test_same_rings_nobody);
  fixture_add ("/store/history/pages", test_pages);
  return g_test_run ();
}
