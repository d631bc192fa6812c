#include "bench.h"

#include "bmn-history.h"
#include "bmn-session-advise.h"
#include "bmn-session-levers.h"
#include "bmn-session-suggest.h"

static const BmnWhen in_an_hour = { .kind = BMN_WHEN_IN, .delay = 3600 };

static gboolean
put_posts (BmnTransaction *tx, gpointer data, GError **error)
{
  gint64 account_id = *(gint64 *)data;
  for (guint i = 0; i < 240; i++)
    {
      g_autofree char *remote_id = g_strdup_printf ("r-%u", i);
      g_autofree char *text
          = g_strdup_printf (i % 2 ? "Rye bread from the stone oven %u #rye #bakery"
                                   : "Which cake do you want on Friday %u #cake",
                             i);
      g_autoptr (BmnHistoryPost) post = bmn_history_post_new (
          account_id, remote_id, text, 1767247200000000 + i * 12 * G_TIME_SPAN_HOUR);
      post->likes = 5 + i % 11;
      post->counted_at = post->published_at + 3 * G_TIME_SPAN_DAY;
      if (!bmn_history_put (tx, post, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
add_account_with_history (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  gint64 id = bench_add_account (bench, "@one");
  bmn_store_write (bmn_session_get_store (bench->session), put_posts, &id, &error);
  g_assert_no_error (error);
  return id;
}

static BmnPost *
draft_of (const char *text, gint64 id)
{
  BmnPost *post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  post->id = id;
  return post;
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
ask (Bench *bench,
     gint64 account_id,
     const char *text,
     gint64 draft_id,
     GCancellable *cancellable,
     GAsyncResult **result)
{
  g_autoptr (BmnPost) draft = draft_of (text, draft_id);
  bmn_session_advise_async (bench->session, account_id, draft, 0, cancellable, take_result, result);
}

static BmnAdvice *
wait_for (Bench *bench, GAsyncResult **result, GError **error)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GAsyncResult) done = g_steal_pointer (result);
  return bmn_session_advise_finish (bench->session, done, error);
}

static BmnAdvice *
get_advice (Bench *bench, gint64 account_id, const char *text)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  ask (bench, account_id, text, 0, NULL, &result);
  BmnAdvice *advice = wait_for (bench, &result, &error);
  g_assert_no_error (error);
  return advice;
}

static void
test_all_parts (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = add_account_with_history (bench);
  gint64 now = bmn_session_now (bench->session);
  g_autoptr (BmnAdvice) advice
      = get_advice (bench, account, "RYE BREAD FROM THE STONE OVEN write to me@example.com");
  g_assert_cmpint (advice->account_id, ==, account);
  g_assert_cmpint (advice->when, ==, now);
  g_assert_cmpuint (advice->hashtags->len, ==, 3);
  g_assert_true (advice->forecast->is_ready);
  g_assert_cmpuint (advice->times->len, ==, BMN_ADVICE_MAX_TIMES);
  for (guint i = 0; i < advice->times->len; i++)
    {
      gint64 at = g_array_index (advice->times, BmnPostingTime, i).at;
      g_assert_true (at > now && at <= now + 7 * G_TIME_SPAN_DAY);
    }
  gboolean shouts = FALSE, tells = FALSE;
  for (guint i = 0; i < advice->findings->len; i++)
    {
      const BmnFinding *finding = advice->findings->pdata[i];
      shouts = shouts || finding->kind == BMN_CHECK_SHOUTING;
      tells = tells || finding->kind == BMN_CHECK_PRIVATE_DATA;
    }
  g_assert_true (shouts && tells);

  /* What a reason names can be shown. */
  const BmnHashtagSuggestion *tag = advice->hashtags->pdata[0];
  const BmnReason *reason = tag->reasons->pdata[0];
  g_autoptr (GError) error = NULL;
  const gint64 ids[] = { 2, 99999, 1 };
  g_assert_nonnull (reason);
  g_autoptr (GPtrArray) posts
      = bmn_session_list_history_posts (bench->session, ids, G_N_ELEMENTS (ids), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (posts->len, ==, 2);
  g_assert_cmpint (((BmnHistoryPost *)posts->pdata[0])->id, ==, 2);
}

/* Whatever changes is in the next advice, without anybody telling. */
static void
test_follows_changes (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = add_account_with_history (bench);
  const char *text = "Rye bread for the whole town, come and see us";
  g_autoptr (BmnAdvice) before = get_advice (bench, account, text);
  g_assert_cmpuint (before->findings->len, ==, 0);
  g_assert_cmpstr (((BmnHashtagSuggestion *)before->hashtags->pdata[0])->tag, !=, "cake");
  g_assert_true (bmn_session_pin_tag (bench->session, account, "#Cake", TRUE, &error));
  bench_add (bench, account, &in_an_hour, text, NULL);
  g_autoptr (BmnAdvice) after = get_advice (bench, account, text);
  g_assert_cmpstr (((BmnHashtagSuggestion *)after->hashtags->pdata[0])->tag, ==, "cake");
  g_assert_cmpuint (after->findings->len, ==, 1);
  g_assert_cmpint (((BmnFinding *)after->findings->pdata[0])->kind, ==, BMN_CHECK_DUPLICATE);
}

/* Topics come once nobody asks any more, and then stay. */
static void
test_topics_follow (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = add_account_with_history (bench);
  gboolean has_topics = FALSE;
  for (guint i = 0; i < 60 && !has_topics; i++)
    {
      g_autoptr (BmnAdvice) advice = get_advice (bench, account, "Rye");
      has_topics = advice->has_topics;
      g_assert_true (i > 0 || (!has_topics && advice->topics_due->len == 0));
      g_usleep (1500 * 1000);
    }
  g_assert_true (has_topics);
  g_autoptr (BmnAdvice) next = get_advice (bench, account, "Cake");
  g_assert_true (next->has_topics);
  for (guint i = 0; i < next->topics_due->len; i++)
    g_assert_true (((BmnTopic *)next->topics_due->pdata[i])->is_due);
}

/* Somebody types: only the last question about a draft is answered, and one about another. */
static void
test_replaced (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = add_account_with_history (bench);
  GAsyncResult *results[6] = { NULL };
  for (guint i = 0; i < 5; i++)
    ask (bench, account, "Rye", 7, NULL, &results[i]);
  ask (bench, account, "Cake", 8, NULL, &results[5]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnAdvice) advice = wait_for (bench, &results[i], &error);
      if (i < 4)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_no_error (error);
      g_assert_true ((advice != NULL) == (i >= 4));
    }
}

static void
test_cancelled (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = add_account_with_history (bench);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  ask (bench, account, "Rye", 0, cancellable, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (wait_for (bench, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_account (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  ask (bench, 99, "Rye", 0, NULL, &result);
  g_assert_null (wait_for (bench, &result, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

/* An account that has written nothing yet, and drafts that nobody would write. */
static void
test_strange (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 empty = bench_add_account (bench, "@empty");
  g_autofree char *huge = g_strnfill (1024 * 1024, 'a');
  g_autoptr (GString) tags = g_string_new (NULL);
  for (int i = 0; i < 10000; i++)
    g_string_append_printf (tags, "#tag%d ", i);
  const char *const texts[] = { "", huge, tags->str, "😀😀😀", "مرحبا بالعالم كله", "\xff\xfe" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BmnAdvice) advice = get_advice (bench, empty, texts[i]);
      g_assert_cmpuint (advice->hashtags->len, ==, 0);
      g_assert_false (advice->forecast->is_ready);
    }
  g_autoptr (BmnPost) nothing = bmn_post_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  bmn_session_advise_async (bench->session, empty, nothing, 0, NULL, take_result, &result);
  g_autoptr (BmnAdvice) advice = wait_for (bench, &result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (advice);
}

/* A session that is closed while advice is under way ends all the same. */
static void
test_closed (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = add_account_with_history (bench);
  GAsyncResult *results[3] = { NULL };
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    ask (bench, account, "Rye", i + 1, NULL, &results[i]);
  bmn_session_close (bench->session);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnAdvice) advice = wait_for (bench, &results[i], &error);
      g_assert_true ((advice != NULL) != (error != NULL));
    }
  /* The bench wants an open one to end with. */
  g_object_unref (bench->session);
  const BmnSessionSurroundings around
      = { .clock = BMN_CLOCK (bench->clock), .secrets = bench->secrets };
  bench->session = bmn_session_open_in (bench->folder, &around, NULL);
}

static gpointer
count_topics (BmnEngine *engine, gint64 now, gpointer data)
{
  g_autoptr (GPtrArray) topics = bmn_engine_get_topics (engine, now, GPOINTER_TO_UINT (data));
  return g_strdup_printf ("%u", topics->len);
}

static void
test_ask_engine (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = add_account_with_history (bench);
  g_autoptr (GAsyncResult) result = NULL;
  bmn_session_ask_engine_async (bench->session, account, count_topics, GUINT_TO_POINTER (3), NULL,
                                g_free, NULL, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_autofree char *answer = bmn_session_ask_engine_finish (bench->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/advise/all-parts", test_all_parts);
  g_test_add_func ("/session/advise/follows-changes", test_follows_changes);
  g_test_add_func ("/session/advise/topics-follow", test_topics_follow);
  g_test_add_func ("/session/advise/replaced", test_replaced);
  g_test_add_func ("/session/advise/cancelled", test_cancelled);
  g_test_add_func ("/session/advise/no-account", test_no_account);
  g_test_add_func ("/session/advise/strange", test_strange);
  g_test_add_func ("/session/advise/closed", test_closed);
  g_test_add_func ("/session/advise/ask-engine", test_ask_engine);
  return g_test_run ();
}
