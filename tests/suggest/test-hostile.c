#include "bmn-engine.h"
#include "generated-history.h"

#include <math.h>
#include <string.h>

static char *
repeat (const char *piece, guint n)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

static char *
many_hashtags (guint n)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "#tag%u ", i);
  return g_string_free (text, FALSE);
}

/* Every question about @draft is answered with usable numbers. */
static void
ask_everything (BmnEngine *engine, const char *draft, gint64 now)
{
  BmnTagIdea ideas[] = { { draft, BMN_TAG_IDEA_TRENDING }, { "#", BMN_TAG_IDEA_FOLLOWED } };
  g_autoptr (GPtrArray) tags = bmn_engine_suggest_hashtags (engine, draft, now, 10);
  g_assert_cmpuint (tags->len, <=, 10);
  for (guint i = 0; i < tags->len; i++)
    {
      const BmnHashtagSuggestion *tag = g_ptr_array_index (tags, i);
      g_assert_true (g_utf8_validate (tag->tag, -1, NULL));
      g_assert_true (isfinite (tag->score));
      g_assert_true (tag->probability >= 0 && tag->probability <= 1);
      for (guint j = 0; j < tag->reasons->len; j++)
        {
          g_autofree char *sentence = bmn_reason_to_sentence (g_ptr_array_index (tag->reasons, j));
          g_assert_true (g_utf8_validate (sentence, -1, NULL));
        }
    }
  g_autoptr (GPtrArray) experiments
      = bmn_engine_suggest_experiments (engine, draft, now, ideas, 2, NULL, 0, 5);
  g_assert_cmpuint (experiments->len, <=, 5);
  g_autoptr (BmnForecast) forecast = bmn_engine_forecast (engine, draft, now);
  g_assert_true (isfinite (forecast->lift) && isfinite (forecast->expected));
  g_assert_true (forecast->low <= forecast->high && isfinite (forecast->high));
}

static void
test_texts (void)
{
  g_autofree char *megabyte = repeat ("a word, ", 131072);
  g_autofree char *no_blanks = repeat ("x", 1048576);
  g_autofree char *marks = repeat ("\xcc\x81", 40000);
  g_autofree char *hashtags = many_hashtags (10000);
  g_autofree char *thai = repeat ("สวัสดี", 3000);
  const char *texts[] = {
    "",
    " ",
    "#",
    "＃",
    "##########",
    "# # #",
    "@",
    "'",
    "\xff\xfe\xfd #tag\xff",
    "cut \xe2\x82",
    "\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80",
    "שלום עולם #שלום",
    "مرحبا بالعالم #مرحبا",
    "\xe2\x80\xae"
    "reversed #gat",
    "https://",
    "http:// www. pic.twitter.com/",
    "İSTANBUL #İstanbul #ISTANBUL",
    "日本語のハッシュタグ #東京 です",
    thai,
    megabyte,
    no_blanks,
    marks,
    hashtags,
  };
  g_autoptr (BmnEngine) empty = bmn_engine_new (NULL);
  g_autoptr (BmnEngine) engine = bmn_engine_new (NULL);
  g_autoptr (GPtrArray) posts = generated_history_new (300, 1);
  bmn_engine_add_history (engine, posts, G_MAXINT64);
  gint64 now = bmn_engine_get_latest (engine);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ask_everything (empty, texts[i], now);
      ask_everything (engine, texts[i], now);
    }
  /* As history, too. */
  for (guint i = 0; i < 5 * G_N_ELEMENTS (texts); i++)
    {
      now += G_TIME_SPAN_HOUR;
      g_autoptr (BmnHistoryPost) post
          = bmn_history_post_new (1, "x", texts[i % G_N_ELEMENTS (texts)], now);
      post->id = 100000 + i;
      bmn_engine_observe (engine, post);
      bmn_engine_set_counts (engine, post->id, G_MAXINT32, -7, BMN_COUNT_UNKNOWN, now);
    }
  ask_everything (engine, hashtags, now);
  g_autoptr (GPtrArray) topics = bmn_engine_get_topics (engine, now, 50);
  g_assert_cmpuint (topics->len, <=, 50);
  g_autoptr (BmnAudit) audit = bmn_engine_audit (engine);
  g_assert_true (isfinite (audit->popularity_bias));
}

static void
test_times (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new (NULL);
  gint64 times[] = {
    0, 1, -1, -G_TIME_SPAN_DAY * 365 * 100, G_TIME_SPAN_DAY * 365 * 500, G_TIME_SPAN_DAY * 365 * 50
  };
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (BmnHistoryPost) post = bmn_history_post_new (1, "x", "word #tag", times[i]);
      post->id = i;
      bmn_engine_observe (engine, post);
      bmn_engine_set_counts (engine, i, 1, 1, 1, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    ask_everything (engine, "word", times[i]);
  g_autoptr (GArray) ranked
      = bmn_engine_rank_times (engine, times, G_N_ELEMENTS (times), G_N_ELEMENTS (times));
  g_assert_cmpuint (ranked->len, ==, G_N_ELEMENTS (times));
  g_autoptr (GArray) none = bmn_engine_rank_times (engine, NULL, 0, 3);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Counts may be anything a server says. */
static void
test_counts (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new (NULL);
  g_autoptr (GPtrArray) posts = generated_history_new (200, 2);
  for (guint i = 0; i < posts->len; i++)
    {
      BmnHistoryPost *post = g_ptr_array_index (posts, i);
      post->likes = i % 3 == 0 ? G_MAXINT32 : 0;
      post->reposts = i % 5 == 0 ? -100 : 0;
    }
  bmn_engine_add_history (engine, posts, G_MAXINT64);
  ask_everything (engine, "bada", bmn_engine_get_latest (engine));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/hostile/texts", test_texts);
  g_test_add_func ("/suggest/hostile/times", test_times);
  g_test_add_func ("/suggest/hostile/counts", test_counts);
  return g_test_run ();
}
