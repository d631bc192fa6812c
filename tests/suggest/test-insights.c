#include "bmn-suggestion-report.h"
#include "generated-history.h"

#include <math.h>
#include <string.h>

#define DAY G_TIME_SPAN_DAY

static gint64
tell (BmnEngine *engine, gint64 id, const char *text, const char *language, gint64 at, gint64 likes)
{
  g_autoptr (BmnHistoryPost) post = bmn_history_post_new (1, "x", text, at);
  post->id = id;
  post->language = g_strdup (language);
  bmn_engine_observe (engine, post);
  bmn_engine_set_counts (engine, id, likes, 0, 0, at);
  return id;
}

static const BmnTopic *
find (GPtrArray *topics, const char *text)
{
  for (guint i = 0; i < topics->len; i++)
    {
      const BmnTopic *topic = g_ptr_array_index (topics, i);
      if (g_str_equal (topic->text, text))
        return topic;
    }
  return NULL;
}

/* A hundred days: solar panels do well and stop after sixty days, tickets do badly, and a
 * festival comes up in the last ten days. */
static BmnEngine *
tell_hundred_days (gint64 *now)
{
  BmnEngine *engine = bmn_engine_new ("UTC");
  gint64 id = 1;
  *now = generated_history_start ();
  for (guint day = 0; day < 100; day++)
    {
      g_autofree char *plain = g_strdup_printf ("thought%u of day%u", day * 7, day * 3);
      *now += DAY;
      tell (engine, id++, plain, "en", *now, 20 + day % 5);
      if (day % 2 == 0 && day < 60)
        tell (engine, id++, "solar panels on every roof", "en", *now + 1, 90);
      g_autofree char *sale
          = g_strdup_printf (day % 2 == 0 ? "tickets! offer%u" : "ticket? deal%u", day);
      if (day % 3 == 0)
        tell (engine, id++, sale, "en", *now + 2, 3);
      if (day >= 90)
        tell (engine, id++, "the festival begins", "en", *now + 3, 22);
    }
  return engine;
}

static void
test_topics (void)
{
  gint64 now;
  g_autoptr (BmnEngine) engine = tell_hundred_days (&now);
  g_autoptr (GPtrArray) topics = bmn_engine_get_topics (engine, now, 100);

  const BmnTopic *solar = find (topics, "solar panels");
  g_assert_nonnull (solar);
  g_assert_cmpuint (solar->n, ==, 30);
  g_assert_true (solar->lifts && !solar->sinks);
  g_assert_cmpfloat (solar->low, <, solar->lift);
  g_assert_true (solar->is_due);
  g_assert_cmpuint (solar->best_posts->len, ==, BMN_TOPIC_MAX_EXAMPLES);
  g_autofree char *sentence = bmn_topic_to_sentence (solar);
  g_assert_true (g_str_has_prefix (sentence, "Nothing about “solar panels” for 5 weeks"));
  /* The phrase tells of its words. */
  g_assert_null (find (topics, "solar"));
  g_assert_null (find (topics, "panels"));

  /* Two forms of one word are one topic. */
  const BmnTopic *tickets = find (topics, "tickets");
  g_assert_nonnull (tickets);
  g_assert_null (find (topics, "ticket"));
  g_assert_true (tickets->sinks && !tickets->is_due);

  const BmnTopic *festival = find (topics, "festival");
  if (!festival)
    festival = find (topics, "festival begins");
  g_assert_nonnull (festival);
  g_assert_true (festival->rises);
  g_assert_cmpuint (festival->recent, ==, 10);

  /* Function words are nothing that posts are about. */
  g_assert_null (find (topics, "the"));
  g_assert_null (find (topics, "on"));
}

static void
test_topics_empty (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new (NULL);
  g_autoptr (GPtrArray) topics = bmn_engine_get_topics (engine, 0, 10);
  g_assert_cmpuint (topics->len, ==, 0);
}

static void
test_track_record (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new ("UTC");
  g_autoptr (GPtrArray) posts = generated_history_new (1200, 12);
  bmn_engine_add_history (engine, posts, G_MAXINT64);
  g_autoptr (BmnTrackRecord) record = bmn_engine_get_track_record (engine);
  g_assert_cmpuint (record->n_tagged, >, BMN_TRACK_RECORD_MIN);
  g_assert_cmpfloat (record->hit5, >, record->plain_hit5);
  g_assert_true (record->hashtags_help);
  g_assert_cmpuint (record->n_forecasts, >, 500);
  g_assert_cmpfloat (record->covered, >, .7);
  g_assert_cmpfloat (record->covered, <, .9);
  g_assert_cmpfloat (record->pair_accuracy, >, .5);
  g_assert_true (record->forecast_helps);
  g_autofree char *hashtags = bmn_track_record_describe_hashtags (record);
  g_autofree char *forecasts = bmn_track_record_describe_forecasts (record);
  g_assert_true (g_str_has_prefix (hashtags, "The top five suggestions held"));
  g_assert_true (g_str_has_prefix (forecasts, "Of two posts"));
  /* Looking back changes nothing. */
  g_autoptr (BmnTrackRecord) again = bmn_engine_get_track_record (engine);
  g_assert_true (record->hit5 == again->hit5 && record->covered == again->covered);
}

/* An account that only ever repeats its last hashtag: nothing can beat the plain list. */
static void
test_step_back (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new ("UTC");
  gint64 now = generated_history_start ();
  for (guint i = 0; i < 200; i++)
    tell (engine, i, "every day the same #always", "en", now += DAY, 10);
  g_autoptr (BmnTrackRecord) record = bmn_engine_get_track_record (engine);
  g_assert_cmpfloat (record->hit5, ==, record->plain_hit5);
  g_assert_false (record->hashtags_help);
  g_autofree char *sentence = bmn_track_record_describe_hashtags (record);
  g_assert_true (g_str_has_prefix (sentence, "For this account, the hashtags used last"));

  bmn_engine_get_levers (engine)->plain_hashtags = !record->hashtags_help;
  g_autoptr (GPtrArray) tags = bmn_engine_suggest_hashtags (engine, "x", now, 5);
  const BmnHashtagSuggestion *first = g_ptr_array_index (tags, 0);
  const BmnReason *reason = g_ptr_array_index (first->reasons, 0);
  g_assert_cmpint (reason->kind, ==, BMN_REASON_PLAIN);
}

static void
test_too_little (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new ("UTC");
  tell (engine, 1, "one #post", NULL, DAY, 3);
  g_autoptr (BmnTrackRecord) record = bmn_engine_get_track_record (engine);
  g_assert_true (record->hashtags_help && record->forecast_helps);
  g_autofree char *sentence = bmn_track_record_describe_hashtags (record);
  g_assert_true (g_str_has_prefix (sentence, "Not enough data"));
}

static void
test_audit (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new ("UTC");
  gint64 now = generated_history_start ();
  for (guint i = 0; i < 300; i++)
    {
      gboolean german = i % 4 == 0;
      g_autofree char *text = g_strdup_printf (german ? "heute gibt es kuchen %u #kuchen%u"
                                                      : "today there is cake %u #cake%u",
                                               i, i % 3);
      tell (engine, i, text, german ? "de" : "en", now += DAY / 2, 10);
    }
  g_autoptr (BmnAudit) audit = bmn_engine_audit (engine);
  g_assert_cmpuint (audit->n_drafts, >, 200);
  g_assert_cmpfloat (audit->effective_posts, >, 1);
  g_assert_cmpfloat (audit->top_post_share, >, 0);
  g_assert_cmpfloat (audit->top_post_share, <=, 1);
  g_assert_cmpfloat (audit->popularity_bias, >, 0);
  g_assert_cmpuint (audit->languages->len, ==, 2);
  double suggested = 0, used = 0;
  for (guint i = 0; i < audit->languages->len; i++)
    {
      const BmnExposure *language = g_ptr_array_index (audit->languages, i);
      suggested += language->suggested;
      used += language->used;
    }
  g_assert_cmpfloat_with_epsilon (suggested, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (used, 1, 1e-9);
}

static void
test_report (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new ("UTC");
  gint64 now = generated_history_start ();
  BmnSuggestionEntry entries[200];
  for (guint i = 0; i < 100; i++)
    {
      tell (engine, i, "words of a post", "en", now += DAY, i % 2 == 0 ? 30 : 10);
      entries[2 * i] = (BmnSuggestionEntry){ i, 0, BMN_SUGGESTION_SHOWN };
      entries[2 * i + 1]
          = (BmnSuggestionEntry){ i, 1,
                                  i % 2 == 0 ? BMN_SUGGESTION_ACCEPTED : BMN_SUGGESTION_REJECTED };
    }
  BmnSuggestionReport report;
  bmn_suggestion_report_compute (engine, entries, 200, &report);
  g_assert_cmpuint (report.n_shown, ==, 200);
  g_assert_cmpuint (report.n_accepted, ==, 50);
  g_assert_cmpuint (report.n_rejected, ==, 50);
  g_assert_cmpfloat (report.mean_rank, ==, 2);
  g_assert_true (report.is_enough);
  g_assert_cmpfloat (report.difference, >, .5);
  g_assert_cmpfloat (report.low, >, 0);
  bmn_suggestion_report_compute (engine, entries, 10, &report);
  g_assert_false (report.is_enough);
  bmn_suggestion_report_compute (engine, NULL, 0, &report);
  g_autofree char *sentence = bmn_suggestion_report_to_sentence (&report);
  g_assert_true (g_str_has_prefix (sentence, "You took 0 of 0 suggestions."));
}

/* Posts at 9:00 do three times as well; nobody ever posted at night. */
static void
test_times (void)
{
  g_autoptr (BmnEngine) engine = bmn_engine_new ("UTC");
  gint64 start = generated_history_start ();
  gint64 id = 0;
  for (guint day = 0; day < 150; day++)
    {
      tell (engine, id++, "morning words", "en", start + day * DAY + 9 * G_TIME_SPAN_HOUR, 60);
      tell (engine, id++, "noon words", "en", start + day * DAY + 13 * G_TIME_SPAN_HOUR, 20);
      tell (engine, id++, "evening words", "en", start + day * DAY + 19 * G_TIME_SPAN_HOUR, 20);
    }
  gint64 candidates[24];
  for (guint hour = 0; hour < 24; hour++)
    candidates[hour] = start + 151 * DAY + hour * G_TIME_SPAN_HOUR;
  g_autoptr (GArray) times = bmn_engine_rank_times (engine, candidates, 24, 4);
  g_assert_cmpuint (times->len, ==, 4);
  const BmnPostingTime *best = &g_array_index (times, BmnPostingTime, 0);
  const BmnPostingTime *last = &g_array_index (times, BmnPostingTime, 3);
  g_assert_cmpint (best->hour_of_day, ==, 9);
  g_assert_false (best->is_exploration);
  g_assert_cmpfloat (best->hour.low, >, 0);
  g_assert_cmpuint (best->hour.n, >, 15);
  g_assert_true (last->is_exploration);
  g_assert_cmpuint (last->hour.n, <, 3);
  g_autofree char *known = bmn_posting_time_to_sentence (best);
  g_autofree char *unknown = bmn_posting_time_to_sentence (last);
  g_assert_nonnull (strstr (known, "80 % interval"));
  g_assert_true (g_str_has_prefix (unknown, "A try:"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/insights/topics", test_topics);
  g_test_add_func ("/suggest/insights/topics-empty", test_topics_empty);
  g_test_add_func ("/suggest/insights/track-record", test_track_record);
  g_test_add_func ("/suggest/insights/step-back", test_step_back);
  g_test_add_func ("/suggest/insights/too-little", test_too_little);
  g_test_add_func ("/suggest/insights/audit", test_audit);
  g_test_add_func ("/suggest/insights/report", test_report);
  g_test_add_func ("/suggest/insights/times", test_times);
  return g_test_run ();
}
