#include "bench.h"
#include "bmn-session-ideas.h"

#include "bmn-history.h"

/* A year of a bakery, with a pattern in it, on the first account. */
static gint64
fill_sample (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *site = g_build_filename (bench->root, "site", NULL);
  gint64 id = bmn_sample_fill (bench->session, site, &error);
  g_assert_no_error (error);
  return id;
}

static BmnIdeas *
list_ideas (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  BmnIdeas *ideas = bmn_session_list_ideas (bench->session, 0, NULL, &error);
  g_assert_no_error (error);
  return ideas;
}

static void
test_ideas (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = fill_sample (bench);
  g_autoptr (BmnIdeas) ideas = list_ideas (bench);

  g_assert_cmpuint (ideas->n_posts, >, 500);
  g_assert_cmpuint (ideas->ideas->len, >=, 1);
  g_assert_cmpuint (ideas->ideas->len, <=, BMN_IDEAS_PER_ACCOUNT);
  for (guint i = 0; i < ideas->ideas->len; i++)
    {
      const BmnIdea *idea = ideas->ideas->pdata[i];
      g_assert_cmpint (idea->account_id, ==, account);
      g_assert_cmpuint (idea->posts->len, >, 0);
      g_assert_true (idea->topic->is_due || idea->topic->rises || idea->topic->lifts);
      if (i > 0)
        g_assert_cmpfloat (idea->topic->lift, <=,
                           ((BmnIdea *)ideas->ideas->pdata[i - 1])->topic->lift);
    }
  for (guint i = 0; i < ideas->times->len; i++)
    {
      const BmnGoodTime *time = ideas->times->pdata[i];
      g_assert_cmpint (time->time.at, >, bmn_session_now (bench->session));
      g_assert_cmpfloat (time->time.hour.lift, >, 0);
    }
}

static gboolean
has_topic (const BmnIdeas *ideas, const char *topic)
{
  for (guint i = 0; i < ideas->ideas->len; i++)
    if (g_str_equal (((BmnIdea *)ideas->ideas->pdata[i])->topic->text, topic))
      return TRUE;
  return FALSE;
}

static void
test_hidden_ideas (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = fill_sample (bench);
  g_autoptr (BmnIdeas) before = list_ideas (bench);
  const char *topic = ((BmnIdea *)before->ideas->pdata[0])->topic->text;

  gint64 tomorrow = bmn_session_now (bench->session) + G_TIME_SPAN_DAY;
  g_assert_true (bmn_session_hide_idea (bench->session, account, topic, tomorrow, &error));
  g_autoptr (BmnIdeas) hidden = list_ideas (bench);
  g_assert_false (has_topic (hidden, topic));

  g_assert_true (bmn_session_hide_idea (bench->session, account, topic, 0, &error));
  g_autoptr (BmnIdeas) shown = list_ideas (bench);
  g_assert_true (has_topic (shown, topic));
  g_assert_no_error (error);
}

static void
test_no_history (void)
{
  g_autoptr (Bench) bench = bench_new ();
  bench_add_account (bench, "anna");
  g_autoptr (BmnIdeas) ideas = list_ideas (bench);
  g_assert_cmpuint (ideas->ideas->len + ideas->times->len + ideas->n_posts, ==, 0);
}

static BmnEvergreen *
get_only_evergreen (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) library = bmn_session_list_evergreens (bench->session, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (library->len, ==, 1);
  return g_ptr_array_steal_index (library, 0);
}

static gint64
repeat (Bench *bench, gint64 id)
{
  g_autoptr (GError) error = NULL;
  gint64 post_id = 0;
  g_assert_true (bmn_session_repeat_evergreen (bench->session, id, &post_id, &error));
  g_assert_no_error (error);
  return post_id;
}

static void
assert_state (Bench *bench, BmnEvergreenState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnEvergreen) evergreen = get_only_evergreen (bench);
  gint64 post_id = 0;
  g_assert_cmpint (bmn_evergreen_get_state (evergreen, bmn_session_now (bench->session)), ==,
                   state);
  if (state == BMN_EVERGREEN_READY)
    return;
  g_assert_false (bmn_session_repeat_evergreen (bench->session, evergreen->id, &post_id, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
}

static void
test_evergreens (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = fill_sample (bench);

  g_autoptr (GPtrArray) proposals
      = bmn_session_propose_evergreens (bench->session, account, 3, &error);
  g_assert_cmpuint (proposals->len, ==, 3);
  const BmnHistoryPost *best = proposals->pdata[0];
  g_assert_cmpstr (best->text, !=, ((BmnHistoryPost *)proposals->pdata[1])->text);

  g_autoptr (BmnEvergreen) evergreen = bmn_evergreen_new (account, best->id);
  evergreen->cap = 1;
  g_assert_true (bmn_session_put_evergreen (bench->session, evergreen, &error));
  assert_state (bench, BMN_EVERGREEN_READY);

  /* A proposal that was taken is not made again. */
  g_autoptr (GPtrArray) rest = bmn_session_propose_evergreens (bench->session, account, 3, &error);
  g_assert_cmpint (((BmnHistoryPost *)rest->pdata[0])->id, !=, best->id);

  /* A draft counts as nothing; planned, it is a repetition, and the cap is reached. */
  gint64 post_id = repeat (bench, evergreen->id);
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, post_id, &error);
  g_assert_cmpstr (((BmnPart *)view->post->parts->pdata[0])->text, ==, best->text);
  g_assert_cmpint (((BmnTargetView *)view->targets->pdata[0])->target->state, ==, BMN_TARGET_DRAFT);
  assert_state (bench, BMN_EVERGREEN_READY);
  const BmnWhen tomorrow = { .kind = BMN_WHEN_IN, .delay = 24 * 60 * 60 };
  g_auto (GStrv) warnings = NULL;
  g_assert_true (
      bmn_session_update_post (bench->session, view->post, &tomorrow, &warnings, &error));
  g_assert_no_error (error);
  assert_state (bench, BMN_EVERGREEN_USED_UP);

  /* More allowed: it rests. A shorter rest: it is ready again. An end: that was it. */
  evergreen->cap = 0;
  g_assert_true (bmn_session_put_evergreen (bench->session, evergreen, &error));
  assert_state (bench, BMN_EVERGREEN_RESTS);
  bmn_fake_clock_advance (bench->clock, 10 * G_TIME_SPAN_DAY);
  evergreen->cooldown = G_TIME_SPAN_DAY;
  g_assert_true (bmn_session_put_evergreen (bench->session, evergreen, &error));
  assert_state (bench, BMN_EVERGREEN_READY);
  evergreen->ends_at = bmn_session_now (bench->session);
  g_assert_true (bmn_session_put_evergreen (bench->session, evergreen, &error));
  assert_state (bench, BMN_EVERGREEN_ENDED);

  /* A repetition that was taken back gives its place free. */
  evergreen->ends_at = 0;
  evergreen->cap = 1;
  g_assert_true (bmn_session_put_evergreen (bench->session, evergreen, &error));
  assert_state (bench, BMN_EVERGREEN_USED_UP);
  g_assert_true (bmn_session_cancel_post (bench->session, post_id, &error));
  assert_state (bench, BMN_EVERGREEN_READY);

  g_assert_true (bmn_session_remove_evergreen (bench->session, evergreen->id, &error));
  g_assert_false (bmn_session_remove_evergreen (bench->session, evergreen->id, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/ideas/ideas", test_ideas);
  g_test_add_func ("/session/ideas/hidden", test_hidden_ideas);
  g_test_add_func ("/session/ideas/no-history", test_no_history);
  g_test_add_func ("/session/ideas/evergreens", test_evergreens);
  return g_test_run ();
}
