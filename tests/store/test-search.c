#include "store-support.h"

typedef struct
{
  const char *query;
  guint offset;
  guint limit;
  GPtrArray *found;
} Search;

static gboolean
search (BmnTransaction *tx, gpointer data, GError **error)
{
  Search *search = data;
  search->found = bmn_posts_search (tx, search->query, search->offset, search->limit, error);
  return search->found != NULL;
}

/* The ids of what is found, in order. */
static char *
find (BmnStore *store, const char *query, guint offset, guint limit)
{
  Search data = { query, offset, limit };
  read_ok (store, search, &data);
  g_autoptr (GString) ids = g_string_new (NULL);
  for (guint i = 0; i < data.found->len; i++)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            ((BmnPost *)data.found->pdata[i])->id);
  g_ptr_array_unref (data.found);
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static gboolean
update (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_posts_update (tx, data, 5000, error);
}

static gboolean delete (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_posts_delete (tx, *(gint64 *)data, error);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  BmnStore *store = fixture->store;
  add_post (store, "Our café opens early");               /* 1 */
  add_post (store, "我们在北京开了一家新店");             /* 2 */
  add_post (store, "Opening times: \"8 to 6\" (it's *)"); /* 3 */
  add_post (store, "เราเปิดร้านแล้ว 🎉");                     /* 4 */
  const struct
  {
    const char *query;
    const char *ids;
  } cases[] = {
    { "café", "1" },
    { "CAFE", "1" },
    { "cafe\xcc\x81", "1" }, /* the accent as a character of its own */
    { "open", "3 1" },
    { "opens early", "1" },
    { "early opens", "1" },
    { "ear", "1" },
    { "ear opens", "" }, /* the last word alone may be cut short */
    { "北京", "2" },
    { "京北", "2" }, /* as two words, since the stand-in cuts after each character */
    { "上海", "" },
    { "เราเปิด", "4" },
    { "🎉", "4" },
    { "it's", "3" },
    { "\"8", "3" },
    { "8 OR early", "" },
    { "NEAR (opens early)", "" },
    { "words : opens", "" },
    { "opens*", "1" },
    { "nothing", "" },
    { "* \" (", "4 3 2 1" }, /* not a single word: as an empty query */
    { "  ", "4 3 2 1" },
    { "", "4 3 2 1" },
    { NULL, "4 3 2 1" },
    { "broken \xff", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ids = find (store, cases[i].query, 0, 10);
      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  BmnStore *store = fixture->store;
  for (int i = 0; i < 4; i++)
    add_post (store, "same word");
  g_autoptr (BmnPost) second = get_post (store, 2);
  second->note = g_strdup ("changed last");
  write_ok (store, update, second);
  g_autofree char *all = find (store, "word", 0, 10);
  g_assert_cmpstr (all, ==, "2 4 3 1");
  g_autofree char *page = find (store, NULL, 1, 2);
  g_assert_cmpstr (page, ==, "4 3");
  g_autofree char *rest = find (store, "word", 3, 10);
  g_assert_cmpstr (rest, ==, "1");
}

static void
assert_finds (BmnStore *store, const char *query, gboolean expected)
{
  g_autofree char *ids = find (store, query, 0, 10);
  g_assert_cmpstr (ids, ==, expected ? "1" : "");
}

static gboolean
customise (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnTarget) target = bmn_target_new (*(gint64 *)data);
  target->post_id = 1;
  target->parts = bmn_parts_new ();
  g_ptr_array_add (target->parts, bmn_part_new ("ownwords"));
  return bmn_targets_insert (tx, target, error);
}

static gboolean
delete_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_delete (tx, *(gint64 *)data, error);
}

/* What can be searched for follows every change. */
static void
test_follows_changes (Fixture *fixture, gconstpointer data)
{
  BmnStore *store = fixture->store;
  gint64 id = add_post (store, "alpha");
  g_autoptr (BmnPost) post = get_post (store, id);
  BmnPart *part = bmn_part_new ("beta");
  BmnMedia *media = bmn_media_new ();
  media->path = g_strdup ("/x.png");
  media->mime_type = g_strdup ("image/png");
  media->sha256 = g_strdup ("00");
  media->alt = g_strdup ("gamma");
  g_ptr_array_add (part->media, media);
  g_ptr_array_add (post->parts, part);
  post->title = g_strdup ("delta");
  post->tags = g_strsplit ("epsilon", " ", -1);
  post->note = g_strdup ("zeta");
  write_ok (store, update, post);
  const char *words[] = { "alpha", "beta", "gamma", "delta", "epsilon", "zeta" };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    assert_finds (store, words[i], TRUE);
  assert_finds (store, "zeta alpha gam", TRUE);

  g_ptr_array_set_size (post->parts, 1);
  write_ok (store, update, post);
  assert_finds (store, "beta", FALSE);
  assert_finds (store, "gamma", FALSE);
  assert_finds (store, "alpha", TRUE);

  gint64 account = add_account (store, "A");
  write_ok (store, customise, &account);
  assert_finds (store, "ownwords", TRUE);
  write_ok (store, delete_account, &account);
  assert_finds (store, "ownwords", FALSE);

  write_ok (store, delete, &id);
  assert_finds (store, "alpha", FALSE);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM post_words"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/search/words", test_words);
  fixture_add ("/store/search/order", test_order);
  fixture_add ("/store/search/follows-changes", test_follows_changes);
  return g_test_run ();
}
