#include "bmn-engine.h"
#include "generated-history.h"

#include <math.h>

#define DRAFT "bada bedi bofu kamo https://site1.example/7"

/* Numbers are compared for being the same, not nearly the same. */
static void
assert_same_answers (BmnEngine *a, BmnEngine *b, const char *draft, gint64 now)
{
  g_autoptr (GPtrArray) x = bmn_engine_suggest_hashtags (a, draft, now, 20);
  g_autoptr (GPtrArray) y = bmn_engine_suggest_hashtags (b, draft, now, 20);
  g_assert_cmpuint (x->len, ==, y->len);
  for (guint i = 0; i < x->len; i++)
    {
      const BmnHashtagSuggestion *s = g_ptr_array_index (x, i), *t = g_ptr_array_index (y, i);
      g_assert_cmpstr (s->tag, ==, t->tag);
      g_assert_true (s->score == t->score);
      g_assert_true (s->probability == t->probability);
    }
  g_autoptr (BmnForecast) f = bmn_engine_forecast (a, draft, now);
  g_autoptr (BmnForecast) g = bmn_engine_forecast (b, draft, now);
  g_assert_true (f->is_ready == g->is_ready);
  g_assert_true (f->lift == g->lift && f->low == g->low && f->high == g->high);
  BmnPostingHour hours[BMN_POSTING_HOURS], others[BMN_POSTING_HOURS];
  bmn_engine_get_week (a, hours);
  bmn_engine_get_week (b, others);
  for (guint i = 0; i < BMN_POSTING_HOURS; i++)
    g_assert_true (hours[i].lift == others[i].lift && hours[i].n == others[i].n);
}

static const BmnHistoryPost *
post_at (GPtrArray *posts, guint i)
{
  return g_ptr_array_index (posts, i);
}

static void
tell_counts (BmnEngine *engine, const BmnHistoryPost *post)
{
  bmn_engine_set_counts (engine, post->id, post->likes, post->reposts, post->replies,
                         post->published_at + BMN_ENGINE_SETTLING_TIME);
}

/* Tells of posts and counts one by one, each in its time. */
static BmnEngine *
tell_one_by_one (GPtrArray *posts)
{
  BmnEngine *engine = bmn_engine_new ("UTC");
  guint waiting = 0;
  for (guint i = 0; i < posts->len; i++)
    {
      while (post_at (posts, waiting)->published_at + BMN_ENGINE_SETTLING_TIME
             <= post_at (posts, i)->published_at)
        tell_counts (engine, post_at (posts, waiting++));
      bmn_engine_observe (engine, post_at (posts, i));
    }
  return engine;
}

static gint64
after (GPtrArray *posts)
{
  return post_at (posts, posts->len - 1)->published_at + G_TIME_SPAN_HOUR;
}

static void
test_incremental (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (1500, 3);
  gint64 now = after (posts);
  g_autoptr (BmnEngine) one_by_one = tell_one_by_one (posts);
  g_autoptr (BmnEngine) at_once = bmn_engine_new ("UTC");
  bmn_engine_add_history (at_once, posts, post_at (posts, posts->len - 1)->published_at);
  assert_same_answers (one_by_one, at_once, DRAFT, now);
  assert_same_answers (one_by_one, at_once, post_at (posts, 1490)->text, now);
}

static void
test_deterministic (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (600, 4);
  g_autoptr (BmnEngine) a = tell_one_by_one (posts);
  g_autoptr (BmnEngine) b = tell_one_by_one (posts);
  /* Questions leave no trace. */
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GPtrArray) tags
          = bmn_engine_suggest_hashtags (a, post_at (posts, i)->text, after (posts), 10);
      g_autoptr (BmnForecast) forecast
          = bmn_engine_forecast (a, "never seen words here", after (posts));
      g_assert_true (forecast->is_ready);
    }
  assert_same_answers (a, b, DRAFT, after (posts));
}

static void
test_out_of_order (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (400, 5);
  g_autoptr (BmnEngine) in_order = tell_one_by_one (posts);
  g_autoptr (BmnEngine) backwards = bmn_engine_new ("UTC");
  gint64 last = post_at (posts, posts->len - 1)->published_at;
  for (guint i = posts->len; i-- > 0;)
    {
      bmn_engine_observe (backwards, post_at (posts, i));
      if (post_at (posts, i)->published_at + BMN_ENGINE_SETTLING_TIME <= last)
        tell_counts (backwards, post_at (posts, i));
    }
  assert_same_answers (in_order, backwards, DRAFT, after (posts));
}

/* What a post got must not change what is said before that was known. */
static void
test_no_peeking (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (500, 6);
  g_autoptr (BmnEngine) told = tell_one_by_one (posts);
  g_autoptr (GPtrArray) changed = generated_history_new (500, 6);
  gint64 now = after (posts);
  guint n_changed = 0;
  for (guint i = 0; i < changed->len; i++)
    {
      BmnHistoryPost *post = g_ptr_array_index (changed, i);
      if (post->published_at + BMN_ENGINE_SETTLING_TIME <= post_at (posts, 499)->published_at)
        continue;
      post->likes = 1000000;
      n_changed++;
    }
  g_assert_cmpuint (n_changed, >, 0);
  g_autoptr (BmnEngine) other = bmn_engine_new ("UTC");
  bmn_engine_add_history (other, changed, post_at (posts, 499)->published_at);
  assert_same_answers (told, other, DRAFT, now);
}

static void
test_same_time (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new ("UTC");
  gint64 at = generated_history_start ();
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (BmnHistoryPost) post = bmn_history_post_new (1, "x", "launch #Moon", at);
      post->id = i;
      bmn_engine_observe (engine, post);
      bmn_engine_set_counts (engine, i, i, 0, 0, at);
    }
  g_autoptr (GPtrArray) tags = bmn_engine_suggest_hashtags (engine, "launch", at, 3);
  g_assert_cmpuint (tags->len, ==, 1);
  g_assert_cmpstr (((BmnHashtagSuggestion *)g_ptr_array_index (tags, 0))->display, ==, "Moon");
  g_autoptr (BmnForecast) forecast = bmn_engine_forecast (engine, "launch", at);
  g_assert_true (forecast->is_ready);
  g_assert_true (isfinite (forecast->lift));
}

static void
test_repeated (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (200, 7);
  g_autoptr (BmnEngine) once = tell_one_by_one (posts);
  g_autoptr (BmnEngine) twice = tell_one_by_one (posts);
  bmn_engine_observe (twice, post_at (posts, 3));
  bmn_engine_set_counts (twice, post_at (posts, 3)->id, 9, 9, 9, after (posts));
  bmn_engine_set_counts (twice, 123456789, 9, 9, 9, after (posts));
  assert_same_answers (once, twice, DRAFT, after (posts));
}

static GPtrArray *
suggest (BmnEngine *engine, GPtrArray *posts)
{
  return bmn_engine_suggest_hashtags (engine, DRAFT, after (posts), 10);
}

static const char *
tag_at (GPtrArray *suggestions, guint i)
{
  return ((BmnHashtagSuggestion *)g_ptr_array_index (suggestions, i))->tag;
}

static void
test_levers (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (800, 8);
  g_autoptr (BmnEngine) engine = tell_one_by_one (posts);
  g_autoptr (BmnEngine) untouched = tell_one_by_one (posts);
  BmnLevers *levers = bmn_engine_get_levers (engine);
  g_autoptr (GPtrArray) before = suggest (engine, posts);
  g_assert_cmpuint (before->len, ==, 10);
  g_autofree char *seventh = g_strdup (tag_at (before, 6));
  g_autofree char *first = g_strdup (tag_at (before, 0));

  bmn_levers_set_tag (levers->pinned, seventh, TRUE);
  bmn_levers_set_tag (levers->muted, first, TRUE);
  g_autoptr (GPtrArray) after_pin = suggest (engine, posts);
  g_assert_cmpstr (tag_at (after_pin, 0), ==, seventh);
  const BmnHashtagSuggestion *pinned = g_ptr_array_index (after_pin, 0);
  const BmnReason *reason = g_ptr_array_index (pinned->reasons, 0);
  g_assert_cmpint (reason->kind, ==, BMN_REASON_PINNED);
  for (guint i = 0; i < after_pin->len; i++)
    g_assert_cmpstr (tag_at (after_pin, i), !=, first);

  bmn_levers_set_tag (levers->pinned, "NeverUsedYet", TRUE);
  g_autoptr (GPtrArray) with_unused = suggest (engine, posts);
  g_assert_cmpuint (with_unused->len, ==, 10);
  g_assert_cmpstr (tag_at (with_unused, 0), ==, seventh);
  g_assert_cmpstr (tag_at (with_unused, 1), ==, "neverusedyet");
  const BmnHashtagSuggestion *unused = g_ptr_array_index (with_unused, 1);
  g_assert_true (unused->is_experiment);
  g_assert_cmpfloat (unused->probability, ==, 0);
  g_assert_cmpuint (unused->reasons->len, ==, 1);
  g_assert_cmpint (((const BmnReason *)unused->reasons->pdata[0])->kind, ==, BMN_REASON_PINNED);
  for (guint i = 2; i < 10; i++)
    g_assert_cmpstr (tag_at (with_unused, i), ==, tag_at (after_pin, i - 1));
  bmn_levers_set_tag (levers->pinned, "neverusedyet", FALSE);

  levers->half_life = 1;
  levers->diversity = 1;
  g_autoptr (GPtrArray) other = suggest (engine, posts);
  g_assert_cmpuint (other->len, ==, 10);

  bmn_levers_set_tag (levers->pinned, seventh, FALSE);
  bmn_levers_set_tag (levers->muted, first, FALSE);
  levers->half_life = 0;
  levers->diversity = 0;
  assert_same_answers (engine, untouched, DRAFT, after (posts));
}

static void
test_exclude (void)
{
  g_autoptr (GPtrArray) posts = generated_history_new (300, 9);
  g_autoptr (BmnEngine) engine = tell_one_by_one (posts);
  g_autoptr (BmnEngine) untouched = tell_one_by_one (posts);
  g_autoptr (GPtrArray) fewer = generated_history_new (300, 9);
  gint64 id = post_at (posts, 250)->id;
  g_ptr_array_remove_index (fewer, 250);
  g_autoptr (BmnEngine) without = tell_one_by_one (fewer);

  bmn_engine_exclude_post (engine, id, TRUE);
  assert_same_answers (engine, without, DRAFT, after (posts));
  bmn_engine_exclude_post (engine, id, FALSE);
  assert_same_answers (engine, untouched, DRAFT, after (posts));
}

static void
test_zone (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new ("Asia/Tokyo");
  g_autoptr (GPtrArray) posts = generated_history_new (300, 10);
  bmn_engine_add_history (engine, posts, G_MAXINT64);
  /* 2026-12-01T23:30:00Z is a Tuesday, and Wednesday 8:30 in Tokyo. */
  gint64 at = G_GINT64_CONSTANT (1796167800) * G_USEC_PER_SEC;
  g_autoptr (GArray) times = bmn_engine_rank_times (engine, &at, 1, 1);
  const BmnPostingTime *time = &g_array_index (times, BmnPostingTime, 0);
  g_assert_cmpint (time->weekday, ==, 2);
  g_assert_cmpint (time->hour_of_day, ==, 8);
  g_autoptr (BmnEngine) lost = bmn_engine_new ("Nowhere/Atlantis");
  g_autoptr (GArray) utc = bmn_engine_rank_times (lost, &at, 1, 1);
  g_assert_cmpint (g_array_index (utc, BmnPostingTime, 0).hour_of_day, ==, 23);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/engine/incremental", test_incremental);
  g_test_add_func ("/suggest/engine/deterministic", test_deterministic);
  g_test_add_func ("/suggest/engine/out-of-order", test_out_of_order);
  g_test_add_func ("/suggest/engine/no-peeking", test_no_peeking);
  g_test_add_func ("/suggest/engine/same-time", test_same_time);
  g_test_add_func ("/suggest/engine/repeated", test_repeated);
  g_test_add_func ("/suggest/engine/levers", test_levers);
  g_test_add_func ("/suggest/engine/exclude", test_exclude);
  g_test_add_func ("/suggest/engine/zone", test_zone);
  return g_test_run ();
}
