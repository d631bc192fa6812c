#include "store-support.h"

#include "bmn-attempts.h"
#include "bmn-history.h"
#include "bmn-settled-history.h"

/* What several sources tell of one post. */

#define AT G_GINT64_CONSTANT (1780000000000000)
#define URL "https://example.org/@shop/1"

typedef struct
{
  const char *remote_id;
  const char *url;
  const char *text;
  gint64 published_at;
  gint64 target_id;
  gint64 seen_at;
} Telling;

static gboolean
put (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_history_put (tx, data, NULL, error);
}

static BmnHistoryPost *
make (gint64 account, const Telling *telling)
{
  BmnHistoryPost *post
      = bmn_history_post_new (account, telling->remote_id, telling->text, telling->published_at);
  post->url = g_strdup (telling->url);
  post->target_id = telling->target_id;
  post->seen_at = telling->seen_at;
  return post;
}

static void
tell (BmnStore *store, gint64 account, const Telling *telling)
{
  g_autoptr (BmnHistoryPost) post = make (account, telling);
  write_ok (store, put, post);
}

typedef struct
{
  gint64 account;
  GPtrArray *posts;
} List;

static gboolean
list (BmnTransaction *tx, gpointer data, GError **error)
{
  List *all = data;
  all->posts = bmn_history_list (tx, all->account, 0, 0, error);
  return all->posts != NULL;
}

static GPtrArray *
list_all (BmnStore *store, gint64 account)
{
  List all = { account, NULL };
  read_ok (store, list, &all);
  return all.posts;
}

/* Runs @check for every order of the numbers below @n. */
typedef void (*OrderFunc) (const guint *order, guint n, gpointer data);

static void
permute (guint *order, guint n, guint at, OrderFunc check, gpointer data)
{
  if (at == n)
    check (order, n, data);
  for (guint i = at; i < n; i++)
    {
      guint kept = order[at];
      order[at] = order[i];
      order[i] = kept;
      permute (order, n, at + 1, check, data);
      order[i] = order[at];
      order[at] = kept;
    }
}

typedef struct
{
  Fixture *fixture;
  gint64 post;
  const Telling *tellings;
  guint n_accounts;
} Orders;

/* Published by Bellman, shown by the platform, told by its archive, and by a table twice: all
 * in every order, and again. */
static void
check_order (const guint *order, guint n, gpointer data)
{
  Orders *orders = data;
  BmnStore *store = orders->fixture->store;
  g_autofree char *name = g_strdup_printf ("A%u", orders->n_accounts++);
  gint64 account = add_account (store, name);
  gint64 target = add_target (store, orders->post, account, BMN_TARGET_PUBLISHED, 100);
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < n; i++)
      {
        Telling telling = orders->tellings[order[i]];
        if (telling.target_id != 0)
          telling.target_id = target;
        tell (store, account, &telling);
      }
  g_autoptr (GPtrArray) posts = list_all (store, account);
  g_assert_cmpuint (posts->len, ==, 1);
  const BmnHistoryPost *post = posts->pdata[0];
  g_assert_cmpstr (post->remote_id, ==, "1");
  g_assert_cmpint (post->target_id, ==, target);
  g_assert_cmpstr (post->text, ==, "Rye is out");
  g_assert_cmpint (post->seen_at, ==, AT + 5);
}

static void
test_every_order (Fixture *fixture, gconstpointer data)
{
  const Telling tellings[] = {
    { "1", URL, "Rye is out", AT, 1, 0 },
    { "1", URL, "Rye is out", AT, 0, AT + 5 },
    { "1", NULL, "Rye is out", AT - AT % G_TIME_SPAN_SECOND, 0, 0 },
    { "import:9", "http://example.org/@shop/1/", "Rye…", AT + G_TIME_SPAN_HOUR, 0, 0 },
    { "import:8", NULL, "Rye is out", AT - AT % G_TIME_SPAN_MINUTE, 0, 0 },
  };
  Orders orders = { fixture, add_post (fixture->store, "x"), tellings, 0 };
  guint order[] = { 0, 1, 2, 3, 4 };
  permute (order, 3, 0, check_order, &orders);
  guint with_url[] = { 0, 1, 3 };
  permute (with_url, 3, 0, check_order, &orders);
  guint with_text[] = { 0, 1, 4 };
  permute (with_text, 3, 0, check_order, &orders);
  /* Both kinds of tables cannot be told to be one post before the platform is heard. */
  guint all[] = { 1, 0, 2, 3, 4 };
  check_order (all, 5, &orders);
}

/* What is not surely the same stays two. */
static void
test_not_the_same (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    Telling first;
    Telling second;
    Telling third;
    guint n;
  } cases[] = {
    /* Parts of a page share its address. */
    { { "a#1", URL, "One", AT, 0, 0 },
      { "a#2", URL, "Two", AT, 0, 0 },
      { "import:1", URL, "Three", AT, 0, 0 },
      3 },
    /* Two tables tell of two posts. */
    { { "import:1", URL, "One", AT, 0, 0 }, { "import:2", URL, "One", AT, 0, 0 }, { 0 }, 2 },
    { { "1", NULL, "One", AT, 0, 0 }, { "import:2", NULL, "Two", AT, 0, 0 }, { 0 }, 2 },
    { { "1", NULL, "One", AT, 0, 0 },
      { "import:2", NULL, "One", AT + G_TIME_SPAN_HOUR, 0, 0 },
      { 0 },
      2 },
    { { "1", "ftp://x/1", "One", AT, 0, 0 },
      { "import:2", "ftp://x/1", "Two", AT, 0, 0 },
      { 0 },
      2 },
    { { "1", URL, "One", AT, 0, 0 }, { "2", URL, "One", AT, 0, 0 }, { 0 }, 2 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("B%u", (guint)i);
      gint64 account = add_account (fixture->store, name);
      tell (fixture->store, account, &cases[i].first);
      tell (fixture->store, account, &cases[i].second);
      if (cases[i].third.remote_id)
        tell (fixture->store, account, &cases[i].third);
      g_autoptr (GPtrArray) posts = list_all (fixture->store, account);
      g_test_message ("case %u", (guint)i);
      g_assert_cmpuint (posts->len, ==, cases[i].n);
    }
}

static gboolean
put_receipt (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnReceipt) receipt = bmn_receipt_new (0, "77", URL, AT);
  return bmn_receipts_put (tx, *(gint64 *)data, receipt, error);
}

/* A part of a thread that stopped is known by its receipt alone. */
static void
test_receipt (Fixture *fixture, gconstpointer data)
{
  const Telling seen = { "77", URL, "One", AT, 0, AT + 5 };
  gint64 account = add_account (fixture->store, "A"), post = add_post (fixture->store, "x");
  gint64 target = add_target (fixture->store, post, account, BMN_TARGET_FAILED, 100);
  write_ok (fixture->store, put_receipt, &target);
  tell (fixture->store, account, &seen);
  g_autoptr (GPtrArray) posts = list_all (fixture->store, account);
  g_assert_cmpint (((BmnHistoryPost *)posts->pdata[0])->target_id, ==, target);
}

static void
test_platform_knows_better (Fixture *fixture, gconstpointer data)
{
  const Telling imported = { "1", NULL, "Before", AT - 7, 0, 0 };
  const Telling seen = { "1", NULL, "After", AT, 0, AT + 5 };
  const Telling again = { "1", URL, "Before", AT - 7, 0, 0 };
  gint64 account = add_account (fixture->store, "A");
  tell (fixture->store, account, &imported);
  tell (fixture->store, account, &seen);
  tell (fixture->store, account, &again);
  g_autoptr (GPtrArray) posts = list_all (fixture->store, account);
  const BmnHistoryPost *post = posts->pdata[0];
  g_assert_cmpstr (post->text, ==, "After");
  g_assert_cmpint (post->published_at, ==, AT);
  g_assert_cmpstr (post->url, ==, URL);
}

/*
 * Settled counts.
 */

#define SETTLING (48 * G_TIME_SPAN_HOUR)

static gboolean
list_settled (BmnTransaction *tx, gpointer data, GError **error)
{
  List *all = data;
  all->posts = bmn_settled_history_list (tx, all->account, SETTLING, G_MININT64, error);
  return all->posts != NULL;
}

static void
count (BmnStore *store, gint64 account, gint64 after, gint64 likes)
{
  const Telling telling = { "1", NULL, "One", AT, 0, after == 0 ? 0 : AT + after };
  g_autoptr (BmnHistoryPost) post = make (account, &telling);
  post->counted_at = after == 0 ? 0 : AT + after;
  post->likes = likes;
  write_ok (store, put, post);
}

static void
assert_settled (BmnStore *store, gint64 account, gint64 likes, gint64 after)
{
  List all = { account, NULL };
  read_ok (store, list_settled, &all);
  g_assert_cmpuint (all.posts->len, ==, 1);
  const BmnHistoryPost *post = all.posts->pdata[0];
  g_assert_cmpint (post->likes, ==, likes);
  g_assert_cmpint (post->counted_at, ==, after == 0 ? 0 : AT + after);
  g_ptr_array_unref (all.posts);
}

static void
test_settled (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "A");
  /* An archive does not tell when its counts were read: better than none, until one is. */
  count (fixture->store, account, 0, 3);
  assert_settled (fixture->store, account, 3, 0);
  count (fixture->store, account, G_TIME_SPAN_DAY, 5);
  assert_settled (fixture->store, account, BMN_COUNT_UNKNOWN, 0);
  count (fixture->store, account, 10 * G_TIME_SPAN_DAY, 9);
  assert_settled (fixture->store, account, 9, 10 * G_TIME_SPAN_DAY);
  /* An earlier reading that is told later, as by an import, is the first one. */
  count (fixture->store, account, SETTLING, 7);
  assert_settled (fixture->store, account, 7, SETTLING);
  count (fixture->store, account, 30 * G_TIME_SPAN_DAY, 12);
  assert_settled (fixture->store, account, 7, SETTLING);
}

/*
 * What a sync asks.
 */

typedef struct
{
  gint64 account;
  gint64 now;
  gint64 id;
  gboolean certain;
  GPtrArray *due;
  gint64 next;
} Ask;

static gboolean
list_to_count (BmnTransaction *tx, gpointer data, GError **error)
{
  Ask *ask = data;
  ask->due = bmn_history_list_to_count (tx, ask->account, ask->now, 0, error);
  return ask->due && bmn_history_next_count_at (tx, ask->account, &ask->next, error);
}

static guint
count_due (BmnStore *store, gint64 account, gint64 now, gint64 *next)
{
  Ask ask = { account, now };
  read_ok (store, list_to_count, &ask);
  g_autoptr (GPtrArray) due = ask.due;
  *next = ask.next;
  return due->len;
}

static gboolean
set_looked_at (BmnTransaction *tx, gpointer data, GError **error)
{
  const Ask *ask = data;
  return bmn_history_set_looked_at (tx, ask->id, ask->now, error);
}

static gboolean
ask_to_count (BmnTransaction *tx, gpointer data, GError **error)
{
  const Ask *ask = data;
  return bmn_history_ask_to_count (tx, ask->account, AT - 1, ask->now, error);
}

static void
test_to_count (Fixture *fixture, gconstpointer data)
{
  const gint64 hour = G_TIME_SPAN_HOUR;
  const Telling imported = { "2", NULL, "Two", AT, 0, 0 };
  gint64 account = add_account (fixture->store, "A"), next;
  tell (fixture->store, account, &imported);
  g_assert_cmpuint (count_due (fixture->store, account, AT + 99 * hour, &next), ==, 0);
  g_assert_cmpint (next, ==, 0);
  const Telling seen = { "1", NULL, "One", AT, 0, AT + 1 };
  tell (fixture->store, account, &seen);
  g_assert_cmpuint (count_due (fixture->store, account, AT + hour - 1, &next), ==, 0);
  g_assert_cmpint (next, ==, AT + hour);
  g_assert_cmpuint (count_due (fixture->store, account, AT + hour, &next), ==, 1);
  count (fixture->store, account, hour, 1);
  g_assert_cmpuint (count_due (fixture->store, account, AT + hour, &next), ==, 0);
  g_assert_cmpint (next, ==, AT + 6 * hour);
  /* Counts that were not told are not asked for again and again. */
  Ask looked = { account, AT + 7 * hour, 2 };
  write_ok (fixture->store, set_looked_at, &looked);
  count_due (fixture->store, account, AT, &next);
  g_assert_cmpint (next, ==, AT + 24 * hour);
  Ask ask = { account, AT + 8 * hour };
  write_ok (fixture->store, ask_to_count, &ask);
  g_assert_cmpuint (count_due (fixture->store, account, AT + 8 * hour, &next), ==, 1);
}

static gboolean
take_unseen (BmnTransaction *tx, gpointer data, GError **error)
{
  const Ask *ask = data;
  return bmn_history_take_unseen (tx, ask->account, AT, AT + 1000, AT + 500, ask->certain, ask->now,
                                  error);
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  const Telling tellings[] = {
    { "there", NULL, "a", AT, 0, AT + 600 },     { "not", NULL, "b", AT + 1, 0, AT + 100 },
    { "before", NULL, "c", AT - 1, 0, AT + 50 }, { "after", NULL, "d", AT + 1000, 0, AT + 50 },
    { "never", NULL, "e", AT + 2, 0, 0 },
  };
  BmnStore *store = fixture->store;
  gint64 account = add_account (store, "A"), next;
  for (gsize i = 0; i < G_N_ELEMENTS (tellings); i++)
    tell (store, account, &tellings[i]);
  Ask doubt = { account, AT + 700, .certain = FALSE };
  write_ok (store, take_unseen, &doubt);
  g_assert_cmpuint (count_due (store, account, AT + 700, &next), ==, 1);
  Ask certain = { account, AT + 700, .certain = TRUE };
  write_ok (store, take_unseen, &certain);
  g_autoptr (GPtrArray) posts = list_all (store, account);
  for (guint i = 0; i < posts->len; i++)
    {
      const BmnHistoryPost *post = posts->pdata[i];
      gboolean gone = g_str_equal (post->remote_id, "not");
      g_assert_cmpint (post->gone_at, ==, gone ? AT + 700 : 0);
    }
  /* It is kept, not counted, and not brought back by an import. */
  g_assert_cmpuint (count_due (store, account, AT + 700, &next), ==, 0);
  const Telling imported = { "not", NULL, "b", AT + 1, 0, 0 };
  tell (store, account, &imported);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM history_post "
                                                 "WHERE gone_at > 0"),
                   ==, 1);
  /* Where the platform shows it again, it is there. */
  const Telling seen = { "not", NULL, "b", AT + 1, 0, AT + 800 };
  tell (store, account, &seen);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM history_post "
                                                 "WHERE gone_at > 0"),
                   ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/history-rows/every-order", test_every_order);
  fixture_add ("/store/history-rows/not-the-same", test_not_the_same);
  fixture_add ("/store/history-rows/receipt", test_receipt);
  fixture_add ("/store/history-rows/platform-knows-better", test_platform_knows_better);
  fixture_add ("/store/history-rows/settled", test_settled);
  fixture_add ("/store/history-rows/to-count", test_to_count);
  fixture_add ("/store/history-rows/gone", test_gone);
  return g_test_run ();
}
