#include "bmn-engine-private.h"
#include "bmn-reasons-private.h"
#include "generated-history.h"

#include <math.h>
#include <string.h>

#define HOUR G_TIME_SPAN_HOUR

typedef struct
{
  BmnEngine *engine;
  gint64 now;
  gint64 next_id;
} Story;

static void
story_start (Story *story)
{
  story->engine = bmn_engine_new ("UTC");
  story->now = generated_history_start ();
  story->next_id = 1;
}

static gint64
story_post (Story *story, const char *text, gint64 likes)
{
  story->now += 5 * HOUR;
  g_autoptr (BmnHistoryPost) post = bmn_history_post_new (1, "x", text, story->now);
  post->id = story->next_id++;
  bmn_engine_observe (story->engine, post);
  bmn_engine_set_counts (story->engine, post->id, likes, 0, 0, story->now);
  return post->id;
}

/* Posts about rockets carry #Launch, those about cakes #Baking, the rest one of the others. */
static void
story_tell (Story *story)
{
  story_start (story);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *other = g_strdup_printf ("something number%u else #other%u", i, i % 7);
      story_post (story, "our rocket engine lifts off #Launch", 40);
      story_post (story, other, 10);
      story_post (story, "chocolate cake with cream #Baking", 5);
      story_post (story, other, 12);
    }
}

static const BmnHashtagSuggestion *
find (GPtrArray *suggestions, const char *tag)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      const BmnHashtagSuggestion *suggestion = g_ptr_array_index (suggestions, i);
      if (g_str_equal (suggestion->tag, tag))
        return suggestion;
    }
  return NULL;
}

static const BmnReason *
find_reason (GPtrArray *reasons, BmnReasonKind kind)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const BmnReason *reason = g_ptr_array_index (reasons, i);
      if (reason->kind == kind)
        return reason;
    }
  return NULL;
}

static gboolean
names (const BmnReason *reason, const char *word)
{
  return reason->words && g_strv_contains ((const char *const *)reason->words, word);
}

/* The causes of kinds that a suggestion may name. */
static BmnCause
cause_of (BmnReasonKind kind)
{
  switch (kind)
    {
    case BMN_REASON_RECENT:
      return BMN_CAUSE_RECENT;
    case BMN_REASON_OFTEN:
      return BMN_CAUSE_OFTEN;
    case BMN_REASON_SIMILAR:
      return BMN_CAUSE_SIMILAR;
    case BMN_REASON_WORDS:
      return BMN_CAUSE_WORDS;
    case BMN_REASON_SPELLED:
      return BMN_CAUSE_SPELLED;
    case BMN_REASON_WEEKDAY:
    case BMN_REASON_HOUR:
      return BMN_CAUSE_CALENDAR;
    case BMN_REASON_RHYTHM:
      return BMN_CAUSE_RHYTHM;
    case BMN_REASON_FOLLOWS:
      return BMN_CAUSE_FOLLOWS;
    case BMN_REASON_MENTION:
      return BMN_CAUSE_MENTION;
    case BMN_REASON_LINK:
      return BMN_CAUSE_LINK;
    case BMN_REASON_FORM:
      return BMN_CAUSE_SHAPE;
    default:
      g_assert_not_reached ();
    }
}

/*
 * For generated histories: each reason named is true of the score, which is lower by just
 * its effect when the cause is taken away; and no cause left out would have lowered it more
 * unless the history had nothing to show for it.
 */
static void
test_agree_with_score (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new ("UTC");
  g_autoptr (GPtrArray) posts = generated_history_new (900, 11);
  bmn_engine_add_history (engine, posts, G_MAXINT64);
  bmn_engine_refresh (engine);
  guint n_reasons = 0;
  for (guint i = 0; i < 40; i++)
    {
      const BmnHistoryPost *post = g_ptr_array_index (posts, 860 + i);
      BmnMoment moment = bmn_engine_moment (engine, engine->latest + i * HOUR);
      g_autoptr (BmnReading) reading
          = bmn_reader_read (engine->reader, &engine->vocabulary, FALSE, post->text);
      bmn_engine_run_query (engine, reading, &moment);
      g_autoptr (BmnTagRanking) ranking = bmn_tag_ranker_rank (&engine->ranker, &engine->query);
      for (guint j = 0; j < MIN (10, ranking->n); j++)
        {
          guint place = ranking->order[j];
          g_autoptr (GPtrArray) reasons = bmn_tag_reasons_explain (engine, ranking, place);
          double last = INFINITY;
          for (guint k = 0; k < reasons->len; k++)
            {
              const BmnReason *reason = g_ptr_array_index (reasons, k);
              double without = bmn_tag_ranker_score_without (&engine->ranker, ranking, place,
                                                             cause_of (reason->kind));
              g_assert_cmpfloat (without, <, ranking->scores[place]);
              g_assert_cmpfloat_with_epsilon (ranking->scores[place] - without, reason->effect,
                                              1e-9);
              g_assert_cmpfloat (reason->effect, <=, last);
              g_assert_cmpuint (reason->n, <=, reason->of > 0 ? reason->of : G_MAXUINT);
              last = reason->effect;
              n_reasons++;
            }
        }
    }
  g_assert_cmpuint (n_reasons, >, 100);
}

/* What a sentence names is what the draft loses by leaving it out. */
static void
test_words (void)
{
  Story story;
  story_tell (&story);
  g_autoptr (BmnEngine) engine = story.engine;
  g_autoptr (GPtrArray) with
      = bmn_engine_suggest_hashtags (engine, "the rocket waits", story.now, 10);
  const BmnHashtagSuggestion *launch = g_ptr_array_index (with, 0);
  g_assert_cmpstr (launch->tag, ==, "launch");
  g_assert_cmpstr (launch->display, ==, "Launch");
  const BmnReason *words = find_reason (launch->reasons, BMN_REASON_WORDS);
  const BmnReason *similar = find_reason (launch->reasons, BMN_REASON_SIMILAR);
  g_assert_true (words || similar);
  if (words)
    {
      g_assert_true (names (words, "rocket"));
      g_assert_cmpuint (words->n, ==, words->of);
      g_assert_cmpuint (words->n, ==, 60);
      g_autofree char *sentence = bmn_reason_to_sentence (words);
      g_assert_nonnull (strstr (sentence, "rocket"));
      g_assert_nonnull (strstr (sentence, "60"));
    }
  g_autoptr (GPtrArray) without
      = bmn_engine_suggest_hashtags (engine, "the thing waits", story.now, 10);
  const BmnHashtagSuggestion *left = find (without, "launch");
  g_assert_true (!left || left->probability < launch->probability);
}

/* Examples are posts of the history and carry the hashtag, or do not, as they claim. */
static void
test_examples (void)
{
  Story story;
  story_tell (&story);
  g_autoptr (BmnEngine) engine = story.engine;
  g_autoptr (GPtrArray) tags = bmn_engine_suggest_hashtags (engine, "chocolate cake", story.now, 3);
  const BmnHashtagSuggestion *baking = g_ptr_array_index (tags, 0);
  g_assert_cmpstr (baking->tag, ==, "baking");
  g_assert_cmpuint (baking->reasons->len, >, 0);
  for (guint i = 0; i < baking->reasons->len; i++)
    {
      const BmnReason *reason = g_ptr_array_index (baking->reasons, i);
      if (reason->kind == BMN_REASON_WEEKDAY || reason->kind == BMN_REASON_HOUR)
        continue;
      for (guint j = 0; j < reason->posts_for->len; j++)
        {
          gint64 id = g_array_index (reason->posts_for, gint64, j);
          g_assert_cmpint (id % 4, ==, 3);
        }
      for (guint j = 0; j < reason->posts_against->len; j++)
        {
          gint64 id = g_array_index (reason->posts_against, gint64, j);
          g_assert_cmpint (id % 4, !=, 3);
        }
    }
}

static void
test_too_little (void)
{
  Story story;
  story_start (&story);
  g_autoptr (BmnEngine) engine = story.engine;
  for (guint i = 0; i < 5; i++)
    story_post (&story, "our rocket #Launch", 3);
  g_autoptr (GPtrArray) tags = bmn_engine_suggest_hashtags (engine, "rocket", story.now, 3);
  const BmnHashtagSuggestion *launch = g_ptr_array_index (tags, 0);
  g_assert_cmpuint (launch->reasons->len, ==, 1);
  const BmnReason *reason = g_ptr_array_index (launch->reasons, 0);
  g_assert_cmpint (reason->kind, ==, BMN_REASON_TOO_LITTLE);
  g_assert_cmpuint (reason->n, ==, 5);
  g_assert_cmpuint (reason->of, ==, BMN_ENGINE_MIN_TAGGED);

  g_autoptr (BmnForecast) forecast = bmn_engine_forecast (engine, "rocket", story.now);
  g_assert_false (forecast->is_ready);
  reason = g_ptr_array_index (forecast->reasons, 0);
  g_assert_cmpint (reason->kind, ==, BMN_REASON_TOO_LITTLE);
  g_assert_cmpuint (reason->of, ==, BMN_ENGINE_MIN_COUNTED);
}

/* Forecasts become ready with just the posts that the reason asks for. */
static void
test_ready (void)
{
  Story story;
  story_start (&story);
  g_autoptr (BmnEngine) engine = story.engine;
  for (guint i = 0; i < BMN_ENGINE_MIN_COUNTED; i++)
    {
      g_autoptr (BmnForecast) early = bmn_engine_forecast (engine, "rocket", story.now);
      g_assert_false (early->is_ready);
      story_post (&story, "our rocket", 3 + i % 5);
    }
  g_autoptr (BmnForecast) forecast = bmn_engine_forecast (engine, "rocket", story.now);
  g_assert_true (forecast->is_ready);
  g_assert_false (forecast->has_interval);
}

static void
test_forecast (void)
{
  Story story;
  story_tell (&story);
  g_autoptr (BmnEngine) engine = story.engine;
  gint64 at = story.now + 5 * HOUR;
  g_autoptr (BmnForecast) rocket = bmn_engine_forecast (engine, "our rocket engine #Launch", at);
  g_autoptr (BmnForecast) cake = bmn_engine_forecast (engine, "chocolate cake #Baking", at);
  g_assert_true (rocket->has_interval && cake->has_interval);
  g_assert_cmpfloat (rocket->lift, >, cake->lift);
  g_assert_cmpfloat (rocket->expected, >, cake->expected);
  g_assert_cmpfloat (rocket->low, <=, rocket->high);
  g_assert_cmpuint (rocket->reasons->len, >, 0);
  double last = INFINITY;
  for (guint i = 0; i < rocket->reasons->len; i++)
    {
      const BmnReason *reason = g_ptr_array_index (rocket->reasons, i);
      g_assert_cmpfloat (fabs (reason->effect), <=, last);
      last = fabs (reason->effect);
      if (reason->factor > 0)
        g_assert_true ((reason->factor > 1) == (reason->effect > 0));
      g_autofree char *sentence = bmn_reason_to_sentence (reason);
      g_assert_cmpstr (sentence, !=, "");
    }
}

static void
test_sentences (void)
{
  for (int kind = 0; kind <= BMN_REASON_LIFT_REPETITION; kind++)
    {
      g_autoptr (BmnReason) reason = bmn_reason_new (kind, .5);
      reason->n = 1;
      reason->of = 3;
      g_autofree char *sentence = bmn_reason_to_sentence (reason);
      g_assert_nonnull (sentence);
      g_assert_true (g_str_has_suffix (sentence, "."));
      g_assert_nonnull (bmn_reason_kind_to_nick (kind));
    }
}

static void
test_experiments (void)
{
  Story story;
  story_tell (&story);
  g_autoptr (BmnEngine) engine = story.engine;
  Story other;
  story_start (&other);
  g_autoptr (BmnEngine) sibling = other.engine;
  for (guint i = 0; i < 40; i++)
    story_post (&other, "chocolate cake today #SweetTooth", 3);
  BmnTagIdea ideas[] = { { "#ChocolateCake", BMN_TAG_IDEA_TRENDING },
                         { "Unrelated", BMN_TAG_IDEA_FOLLOWED },
                         { "#Launch", BMN_TAG_IDEA_FOLLOWED } };
  BmnSiblingAccount siblings[] = { { sibling, "Bakery" } };
  g_autoptr (GPtrArray) found = bmn_engine_suggest_experiments (
      engine, "a chocolate cake by Cream Rocket", story.now, ideas, 3, siblings, 1, 9);
  g_assert_null (find (found, "unrelated"));
  g_assert_null (find (found, "launch"));
  const struct
  {
    const char *tag;
    const char *display;
    BmnReasonKind kind;
  } expected[] = {
    { "sweettooth", "SweetTooth", BMN_REASON_OTHER_ACCOUNT },
    { "chocolatecake", "ChocolateCake", BMN_REASON_TRENDING },
    { "creamrocket", "CreamRocket", BMN_REASON_DRAFT },
  };
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const BmnHashtagSuggestion *suggestion = find (found, expected[i].tag);
      g_assert_nonnull (suggestion);
      g_assert_true (suggestion->is_experiment);
      g_assert_cmpfloat (suggestion->probability, ==, 0);
      g_assert_cmpstr (suggestion->display, ==, expected[i].display);
      const BmnReason *reason = g_ptr_array_index (suggestion->reasons, 0);
      g_assert_cmpint (reason->kind, ==, expected[i].kind);
    }
}

/* An account with three posts, beside one that has used the same hashtags and more. */
static void
test_pooled (void)
{
  const gint64 start = generated_history_start ();
  g_autoptr (BmnEngine) old = bmn_engine_new ("UTC");
  g_autoptr (BmnEngine) young = bmn_engine_new ("UTC");
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (BmnHistoryPost) post = bmn_history_post_new (
          1, "x", i % 2 ? "the rocket flies #Launch #Space" : "bread is baked #Bakery",
          start + i * G_TIME_SPAN_HOUR);
      post->id = i + 1;
      bmn_engine_observe (old, post);
    }
  const gint64 now = start + 300 * G_TIME_SPAN_HOUR;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (BmnHistoryPost) post
          = bmn_history_post_new (2, "y", "bread again #Bakery", now - (3 - i) * G_TIME_SPAN_HOUR);
      post->id = i + 1;
      bmn_engine_observe (young, post);
    }
  const char *draft = "our rocket flies tomorrow";
  g_autoptr (GPtrArray) alone = bmn_engine_suggest_hashtags (young, draft, now, 10);
  g_assert_cmpuint (alone->len, ==, 1);

  const BmnSiblingAccount sibling = { old, "Works" };
  bmn_engine_set_siblings (young, &sibling, 1);
  g_autoptr (GPtrArray) pooled = bmn_engine_suggest_hashtags (young, draft, now, 10);
  guint n_pooled = 0;
  for (guint i = 0; i < pooled->len; i++)
    {
      const BmnHashtagSuggestion *suggestion = g_ptr_array_index (pooled, i);
      const BmnReason *reason = g_ptr_array_index (suggestion->reasons, 0);
      if (reason->kind != BMN_REASON_POOLED)
        continue;
      n_pooled++;
      g_assert_false (suggestion->is_experiment);
      g_assert_cmpfloat (suggestion->probability, >, 0);
      g_assert_cmpuint (reason->n, ==, 100);
      g_assert_cmpuint (reason->of, ==, 200);
      g_assert_cmpstr (reason->words[0], ==, "Works");
    }
  g_assert_cmpuint (n_pooled, ==, 2);
  /* So little is known of the young account that its own comes first; what is muted stays
   * away. */
  g_assert_cmpstr (((BmnHashtagSuggestion *)g_ptr_array_index (pooled, 0))->tag, ==, "bakery");
  bmn_levers_set_tag (bmn_engine_get_levers (young)->muted, "#launch", TRUE);
  g_autoptr (GPtrArray) muted = bmn_engine_suggest_hashtags (young, draft, now, 10);
  g_assert_cmpuint (muted->len, ==, 2);
  bmn_levers_set_tag (bmn_engine_get_levers (young)->muted, "#launch", FALSE);
  bmn_engine_set_siblings (young, NULL, 0);
  g_autoptr (GPtrArray) again = bmn_engine_suggest_hashtags (young, draft, now, 10);
  g_assert_cmpuint (again->len, ==, 1);

  /* The old account has enough of its own. */
  const BmnSiblingAccount other = { young, "Bread" };
  g_autoptr (GPtrArray) before = bmn_engine_suggest_hashtags (old, draft, now, 10);
  bmn_engine_set_siblings (old, &other, 1);
  g_autoptr (GPtrArray) after = bmn_engine_suggest_hashtags (old, draft, now, 10);
  g_assert_cmpuint (before->len, ==, after->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/reasons/agree-with-score", test_agree_with_score);
  g_test_add_func ("/suggest/reasons/words", test_words);
  g_test_add_func ("/suggest/reasons/examples", test_examples);
  g_test_add_func ("/suggest/reasons/too-little", test_too_little);
  g_test_add_func ("/suggest/reasons/ready", test_ready);
  g_test_add_func ("/suggest/reasons/forecast", test_forecast);
  g_test_add_func ("/suggest/reasons/sentences", test_sentences);
  g_test_add_func ("/suggest/reasons/experiments", test_experiments);
  g_test_add_func ("/suggest/reasons/pooled", test_pooled);
  return g_test_run ();
}
