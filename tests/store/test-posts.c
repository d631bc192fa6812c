#include "store-support.h"

#include <glib/gstdio.h>

static BmnMedia *
new_media (const char *path, const char *alt)
{
  BmnMedia *media = bmn_media_new ();
  media->path = g_strdup (path);
  media->alt = g_strdup (alt);
  media->mime_type = g_strdup ("image/png");
  media->size = 123;
  media->sha256 = g_strdup ("ab12");
  media->width = 640;
  media->height = 480;
  media->focus_x = -0.5;
  media->focus_y = 0.25;
  return media;
}

/* Everything a post can have. */
static BmnPost *
new_full_post (Fixture *fixture)
{
  BmnPost *post = new_post ("First part");
  BmnPart *second = bmn_part_new ("Second part");
  g_autofree char *inside = fixture_path (fixture, "media/ab12.png");
  g_ptr_array_add (second->media, new_media (inside, "A heron on a pole"));
  g_ptr_array_add (second->media, new_media ("/elsewhere/picture.png", NULL));
  g_ptr_array_add (post->parts, second);
  post->title = g_strdup ("The title");
  post->language = g_strdup ("pt-BR");
  post->content_warning = g_strdup ("spoilers");
  post->sensitive = TRUE;
  post->visibility = BMN_VISIBILITY_FOLLOWERS;
  post->poll = bmn_poll_new ((const char *[]){ "tea", "coffee", NULL }, 86400);
  post->poll->hide_totals = TRUE;
  post->tags = g_strsplit ("launch birds", " ", -1);
  post->note = g_strdup ("ask Ana");
  post->recurrence = g_strdup ("FREQ=WEEKLY;COUNT=3");
  return post;
}

static gboolean
insert (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_posts_insert (tx, data, 1000, error);
}

static gboolean
update (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_posts_update (tx, data, 2000, error);
}

static gboolean delete (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_posts_delete (tx, *(gint64 *)data, error);
}

static void
assert_media_equal (const BmnMedia *a, const BmnMedia *b)
{
  g_assert_cmpstr (a->path, ==, b->path);
  g_assert_cmpstr (a->alt, ==, b->alt);
  g_assert_cmpstr (a->mime_type, ==, b->mime_type);
  g_assert_cmpint (a->size, ==, b->size);
  g_assert_cmpstr (a->sha256, ==, b->sha256);
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  g_assert_cmpfloat (a->focus_x, ==, b->focus_x);
  g_assert_cmpfloat (a->focus_y, ==, b->focus_y);
}

static void
assert_posts_equal (const BmnPost *a, const BmnPost *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpuint (a->parts->len, ==, b->parts->len);
  for (guint i = 0; i < a->parts->len; i++)
    {
      const BmnPart *part_a = a->parts->pdata[i], *part_b = b->parts->pdata[i];
      g_assert_cmpstr (part_a->text, ==, part_b->text);
      g_assert_cmpuint (part_a->media->len, ==, part_b->media->len);
      for (guint j = 0; j < part_a->media->len; j++)
        assert_media_equal (part_a->media->pdata[j], part_b->media->pdata[j]);
    }
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->language, ==, b->language);
  g_assert_cmpstr (a->content_warning, ==, b->content_warning);
  g_assert_cmpint (a->sensitive, ==, b->sensitive);
  g_assert_cmpint (a->visibility, ==, b->visibility);
  g_assert_true (!a->poll == !b->poll);
  if (a->poll)
    {
      g_assert_cmpstrv (a->poll->options, b->poll->options);
      g_assert_cmpint (a->poll->duration, ==, b->poll->duration);
      g_assert_cmpint (a->poll->multiple, ==, b->poll->multiple);
      g_assert_cmpint (a->poll->hide_totals, ==, b->poll->hide_totals);
    }
  g_assert_true (!a->tags == !b->tags);
  if (a->tags)
    g_assert_cmpstrv (a->tags, b->tags);
  g_assert_cmpstr (a->note, ==, b->note);
  g_assert_cmpstr (a->recurrence, ==, b->recurrence);
  g_assert_cmpint (a->series_id, ==, b->series_id);
  g_assert_cmpint (a->revision, ==, b->revision);
  g_assert_cmpint (a->created_at, ==, b->created_at);
  g_assert_cmpint (a->modified_at, ==, b->modified_at);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPost) post = new_full_post (fixture);
  write_ok (fixture->store, insert, post);
  g_assert_cmpint (post->id, >, 0);
  g_assert_cmpint (post->created_at, ==, 1000);
  g_assert_cmpint (post->modified_at, ==, 1000);
  fixture_reopen (fixture);
  g_autoptr (BmnPost) stored = get_post (fixture->store, post->id);
  assert_posts_equal (post, stored);
}

typedef struct
{
  GArray *ids;
  GHashTable *posts;
} Many;

static gboolean
get_many (BmnTransaction *tx, gpointer data, GError **error)
{
  Many *many = data;
  many->posts = bmn_posts_get_many (tx, many->ids, error);
  return many->posts != NULL;
}

/* Many at once are what each is alone. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (BmnPost) full = new_full_post (fixture), plain = new_post ("Plain");
      g_clear_pointer (&plain->tags, g_strfreev);
      if (i % 2 == 0)
        g_clear_pointer (&full->poll, bmn_poll_free);
      if (i % 3 == 0)
        g_clear_pointer (&full->tags, g_strfreev);
      write_ok (fixture->store, insert, full);
      write_ok (fixture->store, insert, plain);
      g_array_append_val (ids, plain->id);
      g_array_append_val (ids, full->id);
    }
  gint64 missing = 99;
  g_array_append_val (ids, missing);
  gint64 twice = g_array_index (ids, gint64, 0);
  g_array_append_val (ids, twice);
  Many many = { ids, NULL };
  read_ok (fixture->store, get_many, &many);
  g_assert_cmpuint (g_hash_table_size (many.posts), ==, 14);
  g_assert_null (g_hash_table_lookup (many.posts, &missing));
  for (guint i = 0; i < 14; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      g_autoptr (BmnPost) alone = get_post (fixture->store, id);
      assert_posts_equal (g_hash_table_lookup (many.posts, &id), alone);
    }
  g_hash_table_unref (many.posts);
  g_array_set_size (ids, 0);
  read_ok (fixture->store, get_many, &many);
  g_assert_cmpuint (g_hash_table_size (many.posts), ==, 0);
  g_hash_table_unref (many.posts);
}

/* The folder may be moved to another computer, and the program's own copies with it. */
static void
test_folder_moves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPost) post = new_full_post (fixture);
  write_ok (fixture->store, insert, post);
  g_clear_object (&fixture->store);
  g_autofree char *moved = g_strconcat (fixture->folder, "-moved", NULL);
  g_assert_cmpint (rename (fixture->folder, moved), ==, 0);
  g_free (fixture->folder);
  fixture->folder = g_steal_pointer (&moved);
  fixture->store = open_store (fixture->folder);
  g_autoptr (BmnPost) stored = get_post (fixture->store, post->id);
  const BmnPart *part = stored->parts->pdata[1];
  g_autofree char *inside = fixture_path (fixture, "media/ab12.png");
  g_assert_cmpstr (((BmnMedia *)part->media->pdata[0])->path, ==, inside);
  g_assert_cmpstr (((BmnMedia *)part->media->pdata[1])->path, ==, "/elsewhere/picture.png");
}

/* Changes of a post, and whether they change what is published. */

static void
replace (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static BmnMedia *
second_picture (BmnPost *post)
{
  return ((BmnPart *)post->parts->pdata[1])->media->pdata[1];
}

static void
change_text (BmnPost *post)
{
  replace (&((BmnPart *)post->parts->pdata[0])->text, "Other");
}

static void
change_order (BmnPost *post)
{
  gpointer first = post->parts->pdata[0];
  post->parts->pdata[0] = post->parts->pdata[1];
  post->parts->pdata[1] = first;
}

static void
add_part (BmnPost *post)
{
  g_ptr_array_add (post->parts, bmn_part_new ("Third"));
}

static void
remove_part (BmnPost *post)
{
  g_ptr_array_set_size (post->parts, 1);
}

static void
change_alt (BmnPost *post)
{
  replace (&second_picture (post)->alt, "A pole");
}

static void
change_focus (BmnPost *post)
{
  second_picture (post)->focus_y = 1;
}

static void
change_title (BmnPost *post)
{
  replace (&post->title, NULL);
}

static void
change_language (BmnPost *post)
{
  replace (&post->language, "de");
}

static void
change_warning (BmnPost *post)
{
  replace (&post->content_warning, NULL);
}

static void
change_sensitive (BmnPost *post)
{
  post->sensitive = FALSE;
}

static void
change_visibility (BmnPost *post)
{
  post->visibility = BMN_VISIBILITY_PUBLIC;
}

static void
change_poll (BmnPost *post)
{
  replace (&post->poll->options[0], "mate");
}

static void
remove_poll (BmnPost *post)
{
  g_clear_pointer (&post->poll, bmn_poll_free);
}

static void
change_tags (BmnPost *post)
{
  g_clear_pointer (&post->tags, g_strfreev);
}

static void
change_note (BmnPost *post)
{
  replace (&post->note, "asked");
}

static void
change_recurrence (BmnPost *post)
{
  replace (&post->recurrence, NULL);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    void (*change) (BmnPost *post);
    gboolean published;
  } cases[] = {
    { change_text, TRUE },        { change_order, TRUE },      { add_part, TRUE },
    { remove_part, TRUE },        { change_alt, TRUE },        { change_focus, TRUE },
    { change_title, TRUE },       { change_language, TRUE },   { change_warning, TRUE },
    { change_sensitive, TRUE },   { change_visibility, TRUE }, { change_poll, TRUE },
    { remove_poll, TRUE },        { change_tags, FALSE },      { change_note, FALSE },
    { change_recurrence, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnPost) post = new_full_post (fixture);
      write_ok (fixture->store, insert, post);
      cases[i].change (post);
      post->revision = 77; /* what the caller thinks does not count */
      write_ok (fixture->store, update, post);
      g_assert_cmpint (post->revision, ==, cases[i].published ? 2 : 1);
      g_assert_cmpint (post->modified_at, ==, 2000);
      g_autoptr (BmnPost) stored = get_post (fixture->store, post->id);
      assert_posts_equal (post, stored);
    }
}

static void
test_update_of_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPost) post = new_full_post (fixture);
  write_ok (fixture->store, insert, post);
  g_autofree char *bell = fixture_path (fixture, "doorbell");
  g_assert_cmpint (g_remove (bell), ==, 0);
  post->modified_at = 0;
  write_ok (fixture->store, update, post);
  g_assert_cmpint (post->revision, ==, 1);
  g_assert_cmpint (post->modified_at, ==, 1000);
  g_assert_false (g_file_test (bell, G_FILE_TEST_EXISTS));
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPost) post = new_post ("x");
  post->id = 4711;
  g_assert_false (bmn_store_write (fixture->store, update, post, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (bmn_store_write (fixture->store, delete, &post->id, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

static void
test_bad_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPost) post = new_post ("broken \xff byte");
  g_assert_false (bmn_store_write (fixture->store, insert, post, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM post"), ==, 0);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPost) post = new_full_post (fixture);
  write_ok (fixture->store, insert, post);
  g_autoptr (BmnPost) repeat = new_post ("repeat");
  repeat->series_id = post->id;
  write_ok (fixture->store, insert, repeat);
  gint64 account = add_account (fixture->store, "A");
  add_target (fixture->store, post->id, account, BMN_TARGET_SCHEDULED, 5000);
  write_ok (fixture->store, delete, &post->id);
  const char *emptied[] = { "SELECT count(*) FROM target", "SELECT count(*) FROM media",
                            "SELECT count(*) FROM post_tag", "SELECT count(*) FROM poll_option" };
  for (gsize i = 0; i < G_N_ELEMENTS (emptied); i++)
    g_assert_cmpint (read_number (fixture->folder, emptied[i]), ==, 0);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM part"), ==, 1);
  g_autoptr (BmnPost) stored = get_post (fixture->store, repeat->id);
  g_assert_cmpint (stored->series_id, ==, 0);
}

static gboolean
list_recurring (BmnTransaction *tx, gpointer data, GError **error)
{
  return (*(GPtrArray **)data = bmn_posts_list_recurring (tx, error)) != NULL;
}

static void
test_recurring (Fixture *fixture, gconstpointer data)
{
  add_post (fixture->store, "once");
  g_autoptr (BmnPost) post = new_full_post (fixture);
  write_ok (fixture->store, insert, post);
  g_autoptr (GPtrArray) found = NULL;
  read_ok (fixture->store, list_recurring, &found);
  g_assert_cmpuint (found->len, ==, 1);
  assert_posts_equal (found->pdata[0], post);
}

static gboolean
list_series (BmnTransaction *tx, gpointer data, GError **error)
{
  return (*(GPtrArray **)data = bmn_posts_list_series (tx, 1, error)) != NULL;
}

static gboolean
list_without_target (BmnTransaction *tx, gpointer data, GError **error)
{
  return (*(GPtrArray **)data = bmn_posts_list_without_target (tx, error)) != NULL;
}

static void
assert_ids (BmnStore *store, BmnStoreFunc list, const char *expected)
{
  g_autoptr (GPtrArray) found = NULL;
  read_ok (store, list, &found);
  g_autoptr (GString) ids = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            ((BmnPost *)found->pdata[i])->id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  gint64 pattern = add_post (fixture->store, "pattern");
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (BmnPost) repeat = new_post ("repeat");
      repeat->series_id = pattern;
      write_ok (fixture->store, insert, repeat);
    }
  add_post (fixture->store, "on its own");
  gint64 account = add_account (fixture->store, "A");
  add_target (fixture->store, 2, account, BMN_TARGET_DRAFT, 0);
  assert_ids (fixture->store, list_series, "2 3");
  assert_ids (fixture->store, list_without_target, "4 3 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/posts/round-trip", test_round_trip);
  fixture_add ("/store/posts/many", test_many);
  fixture_add ("/store/posts/folder-moves", test_folder_moves);
  fixture_add ("/store/posts/update", test_update);
  fixture_add ("/store/posts/update-of-nothing", test_update_of_nothing);
  fixture_add ("/store/posts/missing", test_missing);
  fixture_add ("/store/posts/bad-text", test_bad_text);
  fixture_add ("/store/posts/delete", test_delete);
  fixture_add ("/store/posts/recurring", test_recurring);
  fixture_add ("/store/posts/lists", test_lists);
  return g_test_run ();
}
