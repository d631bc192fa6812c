#include "bmn-error.h"
#include "bmn-key-map-private.h"
#include "engine-answers.h"
#include "generated-history.h"

#include <string.h>

#define ZONE "Europe/Lisbon"
#define N_FORGERIES 40

/* The history of a test, and what of it there is at some time. */
typedef struct
{
  GPtrArray *posts; /* (owned) */
  guint n_asked;
} Source;

static BmnHistoryPost *
post_at (GPtrArray *posts, guint i)
{
  return g_ptr_array_index (posts, i);
}

static GPtrArray *
part_of (GPtrArray *posts, guint from, guint to)
{
  GPtrArray *part = g_ptr_array_new ();
  for (guint i = from; i < to; i++)
    g_ptr_array_add (part, post_at (posts, i));
  return part;
}

static GPtrArray *
give_history (gint64 from, gpointer data)
{
  Source *source = data;
  source->n_asked++;
  GPtrArray *posts = g_ptr_array_new ();
  for (guint i = 0; i < source->posts->len; i++)
    {
      if (post_at (source->posts, i)->published_at >= from)
        g_ptr_array_add (posts, post_at (source->posts, i));
    }
  return posts;
}

static gint64
after (GPtrArray *posts)
{
  return post_at (posts, posts->len - 1)->published_at + G_TIME_SPAN_HOUR;
}

static BmnEngine *
build (GPtrArray *posts, gint64 now)
{
  BmnEngine *engine = bmn_engine_new (ZONE);
  bmn_engine_add_history (engine, posts, now);
  return engine;
}

static BmnEngine *
save_and_load (BmnEngine *engine, Source *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bmn_engine_save (engine);
  BmnEngine *loaded = bmn_engine_load (bytes, ZONE, &error);
  g_assert_no_error (error);
  bmn_engine_set_history_func (loaded, give_history, source, NULL);
  return loaded;
}

static void
assert_same (BmnEngine *a, BmnEngine *b, GPtrArray *posts, gint64 now)
{
  const char *const drafts[] = { "bada bedi bofu kamo https://site1.example/7", "",
                                 post_at (posts, posts->len - 3)->text };
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autofree char *first = engine_answers (a, drafts[i], now);
      g_autofree char *second = engine_answers (b, drafts[i], now);
      g_assert_cmpstr (first, ==, second);
    }
}

static void
test_same (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (1800, 11);
  Source source = { posts, 0 };
  gint64 now = after (posts);
  g_autoptr (BmnEngine) engine = build (posts, now);
  g_autoptr (BmnEngine) loaded = save_and_load (engine, &source);
  g_autoptr (GPtrArray) tags = bmn_engine_rank_hashtags (loaded, "bada bedi", now, 5);
  g_assert_cmpuint (tags->len, ==, 5);
  g_assert_cmpuint (source.n_asked, ==, 0);
  assert_same (engine, loaded, posts, now);
  g_assert_cmpuint (source.n_asked, >, 0);
  g_autoptr (GBytes) first = bmn_engine_save (engine);
  g_autoptr (GBytes) second = bmn_engine_save (loaded);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_empty (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new (ZONE);
  g_autoptr (BmnEngine) loaded = save_and_load (engine, NULL);
  bmn_engine_set_history_func (loaded, NULL, NULL, NULL);
  g_autofree char *first = engine_answers (engine, "draft", 0);
  g_autofree char *second = engine_answers (loaded, "draft", 0);
  g_assert_cmpstr (first, ==, second);
}

/* Told in parts, each saved and loaded in between, and in whatever order; the counts of a part
 * settle while later ones are told. */
static void
test_continue (void)
{
  const guint cuts[] = { 0, 3, 60, 500, 501, 900, 1400 };
  g_autoptr (GPtrArray) posts = generated_history_new (1400, 12);
  Source source = { posts, 0 };
  gint64 now = after (posts);
  g_autoptr (BmnEngine) at_once = build (posts, now);
  g_autoptr (BmnEngine) engine = bmn_engine_new (ZONE);
  for (guint i = 1; i < G_N_ELEMENTS (cuts); i++)
    {
      /* All that there is by then is told each time: what is known is not told again. */
      g_autoptr (GPtrArray) part = part_of (posts, i % 2 ? 0 : cuts[i - 1] / 2, cuts[i]);
      bmn_engine_add_history (engine, part, post_at (posts, cuts[i] - 1)->published_at);
      BmnEngine *loaded = save_and_load (engine, &source);
      bmn_engine_free (engine);
      engine = loaded;
    }
  bmn_engine_add_history (engine, posts, now);
  assert_same (at_once, engine, posts, now);
}

/* Posts on the hour, two days apart: counts settle at the very moment of a later post. */
static void
test_ties (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (300, 13);
  for (guint i = 0; i < posts->len; i++)
    post_at (posts, i)->published_at = generated_history_start () + i * 6 * G_TIME_SPAN_HOUR;
  Source source = { posts, 0 };
  gint64 now = after (posts);
  g_autoptr (BmnEngine) at_once = build (posts, now);
  g_autoptr (BmnEngine) engine = bmn_engine_new (ZONE);
  for (guint i = 50; i <= posts->len; i += 25)
    {
      g_autoptr (GPtrArray) part = part_of (posts, 0, i);
      bmn_engine_add_history (engine, part, post_at (posts, i - 1)->published_at);
      g_autoptr (GPtrArray) question
          = bmn_engine_rank_hashtags (engine, "bada", post_at (posts, i - 1)->published_at, 3);
      g_assert_cmpuint (question->len, >, 0);
    }
  g_autoptr (BmnEngine) loaded = save_and_load (engine, &source);
  bmn_engine_add_history (loaded, posts, now);
  assert_same (at_once, loaded, posts, now);
}

/* Counts that were read late, of an imported history, and too early. */
static void
test_when_known (void)
{
  const gint64 at = generated_history_start (), settled = at + BMN_ENGINE_SETTLING_TIME;
  const struct
  {
    gint64 counted_at;
    gint64 expected;
  } cases[] = {
    { 0, settled },
    { at + 1, -1 },
    { settled - 1, -1 },
    { settled, settled },
    { settled + G_TIME_SPAN_DAY, settled + G_TIME_SPAN_DAY },
    { settled + 400 * G_TIME_SPAN_DAY, settled },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (bmn_engine_when_known (at, cases[i].counted_at), ==, cases[i].expected);

  /* A later reading of what was counted already changes nothing. */
  g_autoptr (GPtrArray) posts = generated_history_new (400, 14);
  gint64 now = after (posts);
  g_autoptr (BmnEngine) first = build (posts, now);
  g_autoptr (BmnEngine) again = build (posts, now);
  g_autoptr (GPtrArray) later = generated_history_new (400, 14);
  for (guint i = 0; i < later->len; i++)
    post_at (later, i)->likes += 1000;
  bmn_engine_add_history (again, later, now);
  assert_same (first, again, posts, now);
}

static void
test_excluded (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (700, 15);
  Source source = { posts, 0 };
  gint64 now = after (posts);
  const gint64 ids[] = { post_at (posts, 100)->id, post_at (posts, 600)->id };
  g_autoptr (BmnEngine) untouched = build (posts, now);
  g_autoptr (BmnEngine) engine = build (posts, now);
  bmn_engine_set_excluded_posts (engine, ids, G_N_ELEMENTS (ids));
  g_autoptr (BmnEngine) loaded = save_and_load (engine, &source);
  bmn_engine_set_excluded_posts (loaded, ids, G_N_ELEMENTS (ids));
  g_assert_cmpuint (source.n_asked, ==, 0);
  assert_same (engine, loaded, posts, now);
  bmn_engine_set_excluded_posts (loaded, NULL, 0);
  assert_same (untouched, loaded, posts, now);
}

/* What the history has lost or changed since. */
static void
test_changed (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (600, 16);
  gint64 now = after (posts);
  g_autoptr (BmnEngine) engine = build (posts, now);
  g_autoptr (GPtrArray) changed = generated_history_new (600, 16);
  g_ptr_array_remove_index (changed, 300);
  g_free (post_at (changed, 200)->text);
  post_at (changed, 200)->text = g_strdup ("quite another text #New");
  Source source = { changed, 0 };
  g_autoptr (BmnEngine) loaded = save_and_load (engine, &source);
  g_autoptr (BmnEngine) fresh = build (changed, now);
  bmn_engine_add_history (loaded, changed, now);
  assert_same (fresh, loaded, changed, now);
  g_assert_cmpuint (bmn_engine_get_n_posts (loaded), ==, 599);
}

static void
assert_damaged (GBytes *bytes, const char *zone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnEngine) engine = bmn_engine_load (bytes, zone, &error);
  g_assert_null (engine);
  g_assert_error (error, BMN_ERROR, BMN_ERROR_DAMAGED);
}

static void
test_damaged (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (300, 17);
  g_autoptr (BmnEngine) engine = build (posts, after (posts));
  g_autoptr (GBytes) bytes = bmn_engine_save (engine);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  assert_damaged (bytes, "Europe/Madrid");
  for (gsize i = 0; i < length; i += 1 + length / 50)
    {
      g_autoptr (GBytes) cut = g_bytes_new (data, i);
      assert_damaged (cut, ZONE);
      g_autofree guint8 *flipped = g_memdup2 (data, length);
      flipped[i] ^= 0x10;
      g_autoptr (GBytes) wrong = g_bytes_new (flipped, length);
      assert_damaged (wrong, ZONE);
    }
}

/* Bytes made to pass for ours: whatever they say, asking and learning on must go well. */
static void
test_hostile (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (120, 18);
  Source source = { posts, 0 };
  gint64 now = after (posts);
  g_autoptr (BmnEngine) engine = build (posts, now);
  g_autoptr (GBytes) bytes = bmn_engine_save (engine);
  gsize length, n_loaded = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  for (guint round = 0; round < N_FORGERIES; round++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);
      gsize n = length - 8;
      guint n_changes = 1 + round % 3;
      for (guint i = 0; i < n_changes; i++)
        copy[g_test_rand_int_range (0, (gint32)n)] = (guint8)g_test_rand_int_range (0, 256);
      guint64 seal = GUINT64_TO_LE (bmn_hash_bytes ((const char *)copy, n));
      memcpy (copy + n, &seal, sizeof seal);
      g_autoptr (GBytes) forged = g_bytes_new (copy, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnEngine) loaded = bmn_engine_load (forged, ZONE, &error);
      if (!loaded)
        {
          g_assert_error (error, BMN_ERROR, BMN_ERROR_DAMAGED);
          continue;
        }
      n_loaded++;
      bmn_engine_set_history_func (loaded, give_history, &source, NULL);
      g_autoptr (BmnHistoryPost) post = bmn_history_post_new (1, "x", "bada bedi #fresh", now);
      post->id = 5000;
      bmn_engine_observe (loaded, post);
      bmn_engine_set_counts (loaded, posts->len, 1, 2, 3, now);
      g_autofree char *answers = engine_answers (loaded, "bada bedi bofu", now);
      g_assert_nonnull (answers);
    }
  g_test_message ("%" G_GSIZE_FORMAT " of %d forgeries could be read", n_loaded, N_FORGERIES);
  g_assert_cmpuint (n_loaded, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/state/same", test_same);
  g_test_add_func ("/suggest/state/empty", test_empty);
  g_test_add_func ("/suggest/state/continue", test_continue);
  g_test_add_func ("/suggest/state/ties", test_ties);
  g_test_add_func ("/suggest/state/when-known", test_when_known);
  g_test_add_func ("/suggest/state/excluded", test_excluded);
  g_test_add_func ("/suggest/state/changed", test_changed);
  g_test_add_func ("/suggest/state/damaged", test_damaged);
  g_test_add_func ("/suggest/state/hostile", test_hostile);
  return g_test_run ();
}
