#include "store-support.h"

#include "bmn-media-library.h"

#include <glib/gstdio.h>
#include <utime.h>

#define NOW G_GINT64_CONSTANT (1780000000000000)
#define D G_TIME_SPAN_DAY

static const guint8 png[] = { 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0 };

/* Returns: (transfer full): a medium of the library whose content is @seed's */
static BmnMedia *
add_medium (Fixture *fixture, guint8 seed)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (fixture, "picture");
  g_autofree guint8 *content = g_memdup2 (png, sizeof png);
  content[sizeof png - 1] = seed;
  g_assert_true (g_file_set_contents (path, (const char *)content, sizeof png, NULL));
  BmnMedia *media = bmn_media_library_add (fixture->folder, path, NULL, NULL, &error);
  g_assert_no_error (error);
  return media;
}

static void
age (const char *path, gint64 at)
{
  struct utimbuf times = { at / G_USEC_PER_SEC, at / G_USEC_PER_SEC };
  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

typedef struct
{
  const char *folder;
  gint64 now;
  guint n;
} Collection;

static gboolean
collect_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Collection *collection = data;
  return bmn_media_library_collect (tx, collection->folder, collection->now, &collection->n, error);
}

static guint
collect (Fixture *fixture, gint64 now)
{
  Collection collection = { fixture->folder, now };
  write_ok (fixture->store, collect_in_store, &collection);
  return collection.n;
}

static gboolean
insert_post (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_posts_insert (tx, data, 1000, error);
}

/* Returns: the id of a post with the medium */
static gint64
add_post_with (Fixture *fixture, const BmnMedia *media)
{
  g_autoptr (BmnPost) post = new_post ("With a picture");
  BmnPart *part = post->parts->pdata[0];
  g_ptr_array_add (part->media, bmn_media_copy (media));
  write_ok (fixture->store, insert_post, post);
  return post->id;
}

static gboolean
delete_post (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_posts_delete (tx, *(gint64 *)data, error);
}

static void
test_a_week_without_a_post (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BmnMedia) used = add_medium (fixture, 1), unused = add_medium (fixture, 2);
  gint64 post = add_post_with (fixture, used);
  age (used->path, NOW - 99 * D);
  age (unused->path, NOW - 99 * D);
  g_assert_cmpuint (collect (fixture, NOW), ==, 0);
  g_assert_cmpuint (collect (fixture, NOW + 6 * D), ==, 0);
  g_assert_cmpuint (collect (fixture, NOW + 7 * D), ==, 1);
  g_assert_false (g_file_test (unused->path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (used->path, G_FILE_TEST_EXISTS));
  /* Its week begins when the post is deleted. */
  write_ok (fixture->store, delete_post, &post);
  g_assert_cmpuint (collect (fixture, NOW + 30 * D), ==, 0);
  g_assert_cmpuint (collect (fixture, NOW + 37 * D), ==, 1);
  g_assert_false (g_file_test (used->path, G_FILE_TEST_EXISTS));
  collect (fixture, NOW + 38 * D);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM media_orphan"), ==, 0);
}

/* A post that comes back within the week keeps its file, and another week. */
static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BmnMedia) media = add_medium (fixture, 1);
  age (media->path, NOW - 99 * D);
  collect (fixture, NOW);
  gint64 post = add_post_with (fixture, media);
  g_assert_cmpuint (collect (fixture, NOW + 8 * D), ==, 0);
  write_ok (fixture->store, delete_post, &post);
  g_assert_cmpuint (collect (fixture, NOW + 9 * D), ==, 0);
  g_assert_cmpuint (collect (fixture, NOW + 15 * D), ==, 0);
  g_assert_cmpuint (collect (fixture, NOW + 16 * D), ==, 1);
}

/* Who adds a content again at that moment gets a file that is new. */
static void
test_added_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BmnMedia) media = add_medium (fixture, 1);
  age (media->path, NOW - 99 * D);
  collect (fixture, NOW);
  g_autoptr (BmnMedia) again = add_medium (fixture, 1);
  g_assert_cmpstr (again->path, ==, media->path);
  age (again->path, NOW + 7 * D - 1);
  g_assert_cmpuint (collect (fixture, NOW + 7 * D), ==, 0);
  g_assert_true (g_file_test (again->path, G_FILE_TEST_EXISTS));
}

static void
test_files_of_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BmnMedia) media = add_medium (fixture, 1);
  const char *const names[] = { "notes.txt", "picture.png", ".part-1" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, "media", names[i], NULL);
      g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
      age (path, NOW - 99 * D);
    }
  collect (fixture, NOW);
  g_assert_cmpuint (collect (fixture, NOW + 99 * D), <=, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, "media", names[i], NULL);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

typedef struct
{
  Fixture *fixture;
  gint stop;
} Collector;

static gpointer
collect_again_and_again (gpointer data)
{
  Collector *collector = data;
  while (!g_atomic_int_get (&collector->stop))
    collect (collector->fixture, g_get_real_time () + G_TIME_SPAN_SECOND);
  return NULL;
}

/* Whatever is collected meanwhile, what was just added is there. */
static void
test_at_the_same_time (Fixture *fixture, gconstpointer data)
{
  Collector collector = { fixture, 0 };
  /* As if each had been without a post for long. */
  run_sql (fixture->folder, "CREATE TRIGGER old AFTER INSERT ON media_orphan BEGIN "
                            "UPDATE media_orphan SET since = 0 WHERE name = new.name; END");
  GThread *thread = g_thread_new ("collector", collect_again_and_again, &collector);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (BmnMedia) media = add_medium (fixture, i % 3);
      g_assert_true (g_file_test (media->path, G_FILE_TEST_EXISTS));
      age (media->path, 1000 * G_TIME_SPAN_SECOND);
    }
  g_atomic_int_set (&collector.stop, 1);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/media-collect/a-week-without-a-post", test_a_week_without_a_post);
  fixture_add ("/store/media-collect/taken-back", test_taken_back);
  fixture_add ("/store/media-collect/added-again", test_added_again);
  fixture_add ("/store/media-collect/files-of-others", test_files_of_others);
  fixture_add ("/store/media-collect/at-the-same-time", test_at_the_same_time);
  return g_test_run ();
}
