#include "bench.h"

#include "bmn-history.h"
#include "bmn-instant.h"
#include "bmn-session-suggestion-log.h"

static const BmnWhen now = { .kind = BMN_WHEN_NOW };
static const BmnWhen draft = { .kind = BMN_WHEN_DRAFT };

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
add_tag (GPtrArray *list, const char *tag, double probability)
{
  BmnHashtagSuggestion *suggestion = g_new0 (BmnHashtagSuggestion, 1);
  suggestion->tag = g_strdup (tag);
  suggestion->display = g_strdup (tag);
  suggestion->probability = probability;
  suggestion->reasons = bmn_reasons_new ();
  g_ptr_array_add (list, suggestion);
}

/* What a composer might have shown: three hashtags, an experiment, a topic and a time. */
static BmnAdvice *
make_advice (gint64 account_id, gint64 time)
{
  BmnAdvice *advice = g_new0 (BmnAdvice, 1);
  advice->account_id = account_id;
  advice->hashtags = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_hashtag_suggestion_free);
  advice->experiments
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_hashtag_suggestion_free);
  add_tag (advice->hashtags, "rye", 0.8);
  add_tag (advice->hashtags, "cake", 0.5);
  add_tag (advice->hashtags, "straße", 0.2);
  add_tag (advice->experiments, "stoneoven", 0);
  advice->topics_due = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_topic_free);
  BmnTopic *topic = g_new0 (BmnTopic, 1);
  topic->text = g_strdup ("Stone Oven");
  topic->best_posts = g_array_new (FALSE, FALSE, sizeof (gint64));
  topic->worst_posts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (advice->topics_due, topic);
  advice->times = g_array_new (FALSE, FALSE, sizeof (BmnPostingTime));
  const BmnPostingTime at = { .at = time };
  g_array_append_val (advice->times, at);
  return advice;
}

static void
log_advice (Bench *bench, gint64 post_id, const BmnAdvice *advice, guint n_hashtags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_log_advice_async (bench->session, post_id, advice, n_hashtags, 5, 5, 5, take_result,
                                &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  bmn_session_log_advice_finish (bench->session, result, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list (Bench *bench, gint64 account_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *suggestions = bmn_session_list_suggestions (bench->session, account_id, 0, &error);
  g_assert_no_error (error);
  return suggestions;
}

static const BmnShownSuggestion *
find (GPtrArray *suggestions, BmnSuggestionKind kind, const char *text)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      const BmnShownSuggestion *suggestion = suggestions->pdata[i];
      if (suggestion->kind == kind && (!text || g_str_equal (suggestion->text, text)))
        return suggestion;
    }
  return NULL;
}

static void
assert_outcome (GPtrArray *suggestions,
                BmnSuggestionKind kind,
                const char *text,
                BmnSuggestionOutcome outcome)
{
  const BmnShownSuggestion *suggestion = find (suggestions, kind, text);
  g_assert_nonnull (suggestion);
  g_assert_cmpstr (bmn_suggestion_outcome_to_nick (suggestion->outcome), ==,
                   bmn_suggestion_outcome_to_nick (outcome));
}

/* From the screen to what went out. */
static void
test_journey (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "@one");
  gint64 post = bench_add (bench, account, &now, "From the stone oven #Rye #STRASSE", NULL);
  g_autoptr (BmnAdvice) advice = make_advice (account, bmn_session_now (bench->session));
  log_advice (bench, post, advice, 1);
  log_advice (bench, post, advice, 3);
  g_autoptr (GPtrArray) shown = list (bench, account);
  g_assert_cmpuint (shown->len, ==, 6);
  const BmnShownSuggestion *cake = find (shown, BMN_SUGGESTION_HASHTAG, "cake");
  g_assert_cmpuint (cake->rank, ==, 1);
  g_assert_cmpfloat (cake->probability, ==, 0.5);
  g_assert_cmpint (cake->outcome, ==, BMN_SUGGESTION_WAITING);
  g_assert_cmpint (cake->settled_at, ==, 0);
  g_assert_true (bmn_session_log_choice (bench->session, account, post, BMN_SUGGESTION_HASHTAG,
                                         "#Cake", BMN_SUGGESTION_DISMISSED, &error));
  /* What the post says is stronger than what was clicked. */
  g_assert_true (bmn_session_log_choice (bench->session, account, post, BMN_SUGGESTION_HASHTAG,
                                         "rye", BMN_SUGGESTION_DISMISSED, &error));
  bench_publish (bench);
  bench_assert_state (bench, post, BMN_TARGET_PUBLISHED);
  g_autoptr (GPtrArray) out = list (bench, account);
  assert_outcome (out, BMN_SUGGESTION_HASHTAG, "rye", BMN_SUGGESTION_TAKEN);
  assert_outcome (out, BMN_SUGGESTION_HASHTAG, "cake", BMN_SUGGESTION_DISMISSED);
  assert_outcome (out, BMN_SUGGESTION_HASHTAG, "straße", BMN_SUGGESTION_IGNORED);
  assert_outcome (out, BMN_SUGGESTION_EXPERIMENT, "stoneoven", BMN_SUGGESTION_IGNORED);
  assert_outcome (out, BMN_SUGGESTION_TOPIC, "Stone Oven", BMN_SUGGESTION_TAKEN);
  assert_outcome (out, BMN_SUGGESTION_TIME, NULL, BMN_SUGGESTION_TAKEN);
  g_assert_cmpint (find (out, BMN_SUGGESTION_HASHTAG, "rye")->history_id, !=, 0);
  /* Settled is settled. */
  g_assert_false (bmn_session_log_choice (bench->session, account, post, BMN_SUGGESTION_HASHTAG,
                                          "rye", BMN_SUGGESTION_WAITING, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  log_advice (bench, post, advice, 3);
  g_autoptr (GPtrArray) again = list (bench, account);
  assert_outcome (again, BMN_SUGGESTION_HASHTAG, "rye", BMN_SUGGESTION_TAKEN);
}

/* The log outlives a post that went out, and not a draft that never did. */
static void
test_deleted (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "@one");
  gint64 out = bench_add (bench, account, &now, "Bread #rye", NULL);
  gint64 dropped = bench_add (bench, account, &draft, "Never mind", NULL);
  g_autoptr (BmnAdvice) advice = make_advice (account, 0);
  log_advice (bench, out, advice, 3);
  log_advice (bench, dropped, advice, 3);
  bench_publish (bench);
  g_assert_true (bench_try_delete (bench, out, FALSE, &error));
  g_assert_true (bench_try_delete (bench, dropped, FALSE, &error));
  g_autoptr (GPtrArray) left = list (bench, account);
  g_assert_cmpuint (left->len, ==, 6);
  assert_outcome (left, BMN_SUGGESTION_HASHTAG, "rye", BMN_SUGGESTION_TAKEN);
  g_assert_cmpint (find (left, BMN_SUGGESTION_HASHTAG, "rye")->post_id, ==, 0);
}

typedef struct
{
  gint64 history_id;
  gint64 likes;
  gint64 counted_at;
  gint64 account_id;
} Counts;

static gboolean
put_counts (BmnTransaction *tx, gpointer data, GError **error)
{
  const Counts *counts = data;
  g_autoptr (GPtrArray) posts = bmn_history_list (tx, counts->account_id, 0, 0, error);
  for (guint i = 0; posts && i < posts->len; i++)
    {
      BmnHistoryPost *post = posts->pdata[i];
      post->likes = post->id == counts->history_id ? counts->likes : post->likes;
      post->counted_at = counts->counted_at;
      if (post->id == counts->history_id && !bmn_history_put (tx, post, NULL, error))
        return FALSE;
    }
  return posts != NULL;
}

/* Posts that took a suggestion do better here, and the report sees it once there are enough. */
static void
test_report (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  g_autoptr (BmnEngines) engines = bmn_engines_new (bench->session);
  BmnSuggestionReport report;
  g_autoptr (GError) error = NULL;
  g_assert_true (
      bmn_session_report_suggestions (bench->session, engines, account, &report, &error));
  g_assert_cmpuint (report.n_shown, ==, 0);
  g_assert_false (report.is_enough);
  g_autoptr (BmnAdvice) advice = make_advice (account, 0);
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *text
          = g_strdup_printf ("Loaf number %u %s", i, i % 2 ? "#rye" : "without any");
      gint64 post = bench_add (bench, account, &now, text, NULL);
      log_advice (bench, post, advice, 3);
      bench_publish (bench);
      bench_pass (bench, 3 * 86400);
      Counts counts = { .history_id = i + 1,
                        .likes = i % 2 ? 60 + i % 7 : 10 + i % 7,
                        .counted_at = bmn_session_now (bench->session),
                        .account_id = account };
      g_assert_true (
          bmn_store_write (bmn_session_get_store (bench->session), put_counts, &counts, NULL));
    }
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_report_suggestions_async (bench->session, account, NULL, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (bmn_session_report_suggestions_finish (bench->session, result, &report, &error));
  /* Hashtags and experiments: four a post. */
  g_assert_cmpuint (report.n_shown, ==, 480);
  g_assert_cmpuint (report.n_accepted, ==, 60);
  g_assert_cmpfloat (report.mean_rank, ==, 1);
  g_assert_true (report.is_enough);
  g_assert_cmpfloat (report.low, >, 0);
}

static void
test_unknown (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "@one");
  g_assert_false (bmn_session_log_choice (bench->session, account, 1, BMN_SUGGESTION_HASHTAG, "x",
                                          BMN_SUGGESTION_TAKEN, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* A draft that is not stored. */
  g_autoptr (BmnAdvice) advice = make_advice (account, 0);
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_log_advice_async (bench->session, 99, advice, 3, 0, 0, 0, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (bmn_session_log_advice_finish (bench->session, result, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/suggestion-log/journey", test_journey);
  g_test_add_func ("/session/suggestion-log/deleted", test_deleted);
  g_test_add_func ("/session/suggestion-log/report", test_report);
  g_test_add_func ("/session/suggestion-log/unknown", test_unknown);
  return g_test_run ();
}
