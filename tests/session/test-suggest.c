#include "bench.h"

#include "bmn-accounts.h"
#include "bmn-engine-states.h"
#include "bmn-engines.h"
#include "bmn-history.h"
#include "bmn-session-levers.h"
#include "bmn-session-suggest.h"

#include <math.h>

/* When the first made-up post went out: 2026-01-01 06:00 UTC. */
#define START G_GINT64_CONSTANT (1767247200000000)

/* One post every eight hours, so that some hours do better and hashtags follow words. */
static BmnHistoryPost *
make_post (gint64 account_id, guint i)
{
  static const char *const texts[] = {
    "Rye from the stone oven, still warm this morning #rye #bakery",
    "Which cake do you want to see on Friday afternoon? #cake",
    "The market opens at eight, look for the blue awning #market #bakery",
    "Closed this afternoon because the oven is being cleaned",
  };
  g_autofree char *remote_id = g_strdup_printf ("r-%u", i);
  g_autofree char *text = g_strdup_printf ("%s %u", texts[i % G_N_ELEMENTS (texts)], i);
  BmnHistoryPost *post
      = bmn_history_post_new (account_id, remote_id, text, START + i * 8 * G_TIME_SPAN_HOUR);
  post->language = g_strdup ("en");
  post->likes = (i * 7) % 40 + (i % 4 == 1) * 30;
  post->reposts = i % 5;
  post->counted_at = post->published_at + 3 * G_TIME_SPAN_DAY;
  return post;
}

typedef struct
{
  gint64 account_id;
  guint first;
  guint n;
} Range;

static gboolean
put_posts (BmnTransaction *tx, gpointer data, GError **error)
{
  const Range *range = data;
  for (guint i = range->first; i < range->first + range->n; i++)
    {
      g_autoptr (BmnHistoryPost) post = make_post (range->account_id, i);
      if (!bmn_history_put (tx, post, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
write_ok (Bench *bench, BmnStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  bmn_store_write (bmn_session_get_store (bench->session), func, data, &error);
  g_assert_no_error (error);
}

static void
add_history (Bench *bench, gint64 account_id, guint first, guint n)
{
  Range range = { account_id, first, n };
  write_ok (bench, put_posts, &range);
}

static gboolean
put_post (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_history_put (tx, data, NULL, error);
}

static gboolean
read_state (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnEngineState **state = data;
  gint64 account_id = (*state)->account_id;
  bmn_engine_state_free (*state);
  *state = bmn_engine_states_get (tx, account_id, TRUE, error);
  return *state != NULL;
}

/* Returns: (transfer full): what is stored of the account's engine */
static BmnEngineState *
get_state (Bench *bench, gint64 account_id)
{
  g_autoptr (GError) error = NULL;
  BmnEngineState *state = g_new0 (BmnEngineState, 1);
  state->account_id = account_id;
  bmn_store_read (bmn_session_get_store (bench->session), read_state, &state, &error);
  g_assert_no_error (error);
  return state;
}

static gboolean
put_state (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_engine_states_put (tx, data, error);
}

static BmnEngine *
get_engine (BmnEngines *engines, gint64 account_id)
{
  g_autoptr (GError) error = NULL;
  BmnEngine *engine = bmn_engines_get (engines, account_id, &error);
  g_assert_no_error (error);
  return engine;
}

/* All that the engine says, to the last digit. */
static char *
describe (Bench *bench, BmnEngine *engine)
{
  const char *draft = "Fresh rye bread and a cake at the market";
  gint64 now = bmn_session_now (bench->session);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) tags = bmn_engine_suggest_hashtags (engine, draft, now, 10);
  for (guint i = 0; i < tags->len; i++)
    {
      const BmnHashtagSuggestion *tag = tags->pdata[i];
      g_string_append_printf (text, "%s %.17g\n", tag->tag, tag->probability);
      for (guint j = 0; j < tag->reasons->len; j++)
        {
          g_autofree char *sentence = bmn_reason_to_sentence (tag->reasons->pdata[j]);
          g_string_append_printf (text, "  %s\n", sentence);
        }
    }
  g_autoptr (BmnForecast) forecast = bmn_engine_forecast (engine, draft, now);
  g_string_append_printf (text, "%d %.17g %.17g %.17g\n", forecast->is_ready, forecast->expected,
                          forecast->low, forecast->high);
  BmnPostingHour week[BMN_POSTING_HOURS];
  bmn_engine_get_week (engine, week);
  for (guint i = 0; i < G_N_ELEMENTS (week); i++)
    g_string_append_printf (text, "%.17g ", week[i].lift);
  g_autoptr (GPtrArray) topics = bmn_engine_get_topics (engine, now, 20);
  for (guint i = 0; i < topics->len; i++)
    {
      const BmnTopic *topic = topics->pdata[i];
      g_string_append_printf (text, "\n%s %u %.17g", topic->text, topic->n, topic->lift);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What a session says that knows nothing but the store. */
static char *
describe_anew (Bench *bench, gint64 account_id)
{
  g_autoptr (BmnEngines) engines = bmn_engines_new (bench->session);
  return describe (bench, get_engine (engines, account_id));
}

/* The same from the history alone. */
static char *
describe_rebuilt (Bench *bench, gint64 account_id)
{
  g_autoptr (BmnEngineState) state = get_state (bench, account_id);
  g_autoptr (GBytes) saved = g_steal_pointer (&state->state);
  write_ok (bench, put_state, state);
  char *text = describe_anew (bench, account_id);
  state->state = g_steal_pointer (&saved);
  write_ok (bench, put_state, state);
  return text;
}

static void
assert_ways_agree (Bench *bench, BmnEngines *warm, gint64 account_id)
{
  g_autofree char *kept = describe (bench, get_engine (warm, account_id));
  g_autofree char *loaded = describe_anew (bench, account_id);
  g_autofree char *rebuilt = describe_rebuilt (bench, account_id);
  g_assert_cmpstr (kept, ==, rebuilt);
  g_assert_cmpstr (loaded, ==, rebuilt);
}

/* An engine that was kept in memory, one that was read from the store and learnt on, and one
 * made of the history say the same, whatever happened in between. */
static void
test_ways_agree (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  add_history (bench, account, 0, 300);
  g_autoptr (BmnEngines) warm = bmn_engines_new (bench->session);
  get_engine (warm, account);
  bmn_engines_save (warm);
  g_autoptr (BmnEngineState) state = get_state (bench, account);
  g_assert_nonnull (state->state);
  g_assert_cmpint (state->last_post, ==, 300);
  assert_ways_agree (bench, warm, account);

  /* New posts, with counts that come later. */
  add_history (bench, account, 300, 20);
  bench_pass (bench, 86400);
  assert_ways_agree (bench, warm, account);
  g_autoptr (BmnHistoryPost) fresh
      = bmn_history_post_new (account, "late", "A cake #cake", bmn_session_now (bench->session));
  write_ok (bench, put_post, fresh);
  assert_ways_agree (bench, warm, account);
  fresh->likes = 500;
  fresh->counted_at = fresh->published_at + G_TIME_SPAN_HOUR;
  bench_pass (bench, 7200);
  write_ok (bench, put_post, fresh);
  assert_ways_agree (bench, warm, account);
  bench_pass (bench, 3 * 86400);
  fresh->counted_at = bmn_session_now (bench->session);
  fresh->likes = 900;
  write_ok (bench, put_post, fresh);
  assert_ways_agree (bench, warm, account);

  /* A post from the past, as an import brings. */
  g_autoptr (BmnHistoryPost) old
      = bmn_history_post_new (account, "old", "Rye of old #rye #stone", START - G_TIME_SPAN_DAY);
  old->likes = 12;
  write_ok (bench, put_post, old);
  assert_ways_agree (bench, warm, account);
  bmn_engines_save (warm);
  assert_ways_agree (bench, warm, account);
}

static gboolean
delete_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_delete (tx, *(gint64 *)data, error);
}

/* Each change of what was learnt drops the stored state; what is new does not. */
static void
test_history_changes_under_it (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  add_history (bench, account, 0, 120);
  g_autoptr (BmnEngines) warm = bmn_engines_new (bench->session);
  get_engine (warm, account);
  bmn_engines_save (warm);

  add_history (bench, account, 120, 1);
  g_autoptr (BmnEngineState) after_new = get_state (bench, account);
  g_assert_nonnull (after_new->state);
  g_assert_cmpint (after_new->serial, ==, 0);

  /* The server spells a post in another way. */
  g_autoptr (BmnHistoryPost) edited = make_post (account, 5);
  g_free (edited->text);
  edited->text = g_strdup ("Spelt instead of rye #spelt");
  write_ok (bench, put_post, edited);
  g_autoptr (BmnEngineState) after_edit = get_state (bench, account);
  g_assert_null (after_edit->state);
  g_assert_cmpint (after_edit->serial, ==, 1);
  assert_ways_agree (bench, warm, account);
  bmn_engines_save (warm);

  /* A reading that is older than the one that was learnt from. */
  g_autoptr (BmnHistoryPost) earlier = make_post (account, 7);
  earlier->counted_at -= G_TIME_SPAN_HOUR;
  earlier->likes = 4000;
  write_ok (bench, put_post, earlier);
  g_autoptr (BmnEngineState) after_counts = get_state (bench, account);
  g_assert_null (after_counts->state);
  assert_ways_agree (bench, warm, account);
  bmn_engines_save (warm);

  /* A later reading changes nothing: it was not known when it counted. */
  g_autofree char *before = describe (bench, get_engine (warm, account));
  g_autoptr (BmnHistoryPost) later = make_post (account, 9);
  later->counted_at += G_TIME_SPAN_DAY;
  later->likes = 9000;
  write_ok (bench, put_post, later);
  g_autofree char *after = describe (bench, get_engine (warm, account));
  g_assert_cmpstr (before, ==, after);
  g_autoptr (BmnEngineState) after_later = get_state (bench, account);
  g_assert_nonnull (after_later->state);
  assert_ways_agree (bench, warm, account);

  write_ok (bench, delete_account, &account);
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_engines_get (warm, account, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

/* A state that was learnt from what has changed since is not stored. */
static void
test_late_state (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  add_history (bench, account, 0, 60);
  g_autoptr (BmnEngines) engines = bmn_engines_new (bench->session);
  get_engine (engines, account);
  g_autoptr (BmnHistoryPost) edited = make_post (account, 5);
  g_free (edited->text);
  edited->text = g_strdup ("Another text");
  write_ok (bench, put_post, edited);
  bmn_engines_save (engines);
  g_autoptr (BmnEngineState) state = get_state (bench, account);
  g_assert_null (state->state);
}

static void
test_damaged_state (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  add_history (bench, account, 0, 150);
  g_autofree char *expected = describe_anew (bench, account);
  g_autoptr (BmnEngines) engines = bmn_engines_new (bench->session);
  get_engine (engines, account);
  bmn_engines_save (engines);
  g_autoptr (BmnEngineState) state = get_state (bench, account);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (state->state, &size);
  for (gsize cut = 0; cut <= size; cut += MAX (1, size / 5))
    {
      g_autoptr (BmnEngineState) damaged = get_state (bench, account);
      g_bytes_unref (damaged->state);
      damaged->state = g_bytes_new (bytes, cut < size ? cut : size / 2);
      write_ok (bench, put_state, damaged);
      g_autofree char *answers = describe_anew (bench, account);
      g_assert_cmpstr (answers, ==, expected);
    }
}

static guint
place_of (BmnEngines *engines, gint64 account_id, const char *tag, gint64 now)
{
  g_autoptr (GPtrArray) tags = bmn_engine_suggest_hashtags (
      get_engine (engines, account_id), "Fresh bread at the market today", now, 20);
  for (guint i = 0; i < tags->len; i++)
    if (g_str_equal (((BmnHashtagSuggestion *)tags->pdata[i])->tag, tag))
      return i + 1;
  return 0;
}

static void
test_levers (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  BmnSession *session = bench->session;
  gint64 now = bmn_session_now (session);
  gint64 account = bench_add_account (bench, "@one");
  add_history (bench, account, 0, 200);
  g_autoptr (BmnEngines) engines = bmn_engines_new (session);
  g_autofree char *before = describe (bench, get_engine (engines, account));

  g_assert_cmpuint (place_of (engines, account, "cake", now), >, 0);
  g_assert_true (bmn_session_mute_tag (session, account, "#Cake", TRUE, &error));
  g_assert_cmpuint (place_of (engines, account, "cake", now), ==, 0);
  g_assert_true (bmn_session_pin_tag (session, account, " CAKE ", TRUE, &error));
  g_assert_cmpuint (place_of (engines, account, "cake", now), ==, 1);
  /* Taking back what is not set leaves the other decision alone. */
  g_assert_true (bmn_session_mute_tag (session, account, "cake", FALSE, &error));
  g_assert_cmpuint (place_of (engines, account, "cake", now), ==, 1);
  g_assert_true (bmn_session_exclude_post (session, 3, TRUE, &error));
  g_assert_true (bmn_session_set_lever_settings (session, account, 30, 0.5, 0x3f, &error));
  g_autoptr (BmnAccountLevers) levers = bmn_session_get_levers (session, account, &error);
  g_assert_cmpstr (levers->pinned[0], ==, "cake");
  g_assert_null (levers->muted[0]);
  g_assert_cmpuint (levers->excluded->len, ==, 1);
  g_assert_cmpfloat (levers->half_life, ==, 30);
  g_assert_cmpfloat (levers->diversity, ==, 0.5);
  g_assert_cmphex (levers->never_hours, ==, 0x3f);
  g_autofree char *pulled = describe (bench, get_engine (engines, account));
  g_assert_cmpstr (pulled, !=, before);
  g_autofree char *anew = describe_anew (bench, account);
  g_assert_cmpstr (pulled, ==, anew);

  /* All taken back: as if nothing had been. */
  g_assert_true (bmn_session_pin_tag (session, account, "cake", FALSE, &error));
  g_assert_true (bmn_session_exclude_post (session, 3, FALSE, &error));
  g_assert_true (bmn_session_set_lever_settings (session, account, 0, 0, 0, &error));
  g_autofree char *after = describe (bench, get_engine (engines, account));
  g_assert_cmpstr (after, ==, before);
  g_assert_no_error (error);
}

static void
test_wrong_levers (void)
{
  g_autoptr (Bench) bench = bench_new ();
  BmnSession *session = bench->session;
  gint64 account = bench_add_account (bench, "@one");
  g_autofree char *huge = g_strnfill (100000, 'a');
  const char *const tags[] = { "", "#", "two words", "a#b", "a,b", huge };
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (bmn_session_pin_tag (session, account, tags[i], TRUE, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
  const struct
  {
    double half_life;
    double diversity;
    guint32 hours;
  } settings[] = { { -1, 0, 0 },  { 40000, 0, 0 },    { NAN, 0, 0 },     { 0, -0.1, 0 },
                   { 0, 1.1, 0 }, { 0, INFINITY, 0 }, { 0, 0, 1u << 24 } };
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (bmn_session_set_lever_settings (session, account, settings[i].half_life,
                                                      settings[i].diversity, settings[i].hours,
                                                      &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_session_pin_tag (session, 99, "x", TRUE, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (bmn_session_exclude_post (session, 99, TRUE, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (bmn_session_get_levers (session, 99, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

/* Hours are those of the account's clock, also where its slots are. */
static void
test_never_hours (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 id = bench_add_account (bench, "@one");
  g_autoptr (BmnAccount) account = bmn_session_get_account (bench->session, id, &error);
  g_free (account->zone);
  account->zone = g_strdup ("Asia/Kolkata");
  g_assert_true (bmn_session_update_account (bench->session, account, &error));
  gint64 now = bmn_session_now (bench->session);
  g_autoptr (GArray) all = bmn_session_list_free_times (bench->session, id, now, 1, &error);
  g_assert_cmpuint (all->len, ==, 23);
  g_assert_true (bmn_session_set_lever_settings (bench->session, id, 0, 0, 0x3f, &error));
  g_autoptr (GArray) day = bmn_session_list_free_times (bench->session, id, now, 1, &error);
  g_assert_cmpuint (day->len, ==, 17);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Kolkata");
  for (guint i = 0; i < day->len; i++)
    {
      g_autoptr (GDateTime) utc
          = g_date_time_new_from_unix_utc (g_array_index (day, gint64, i) / G_USEC_PER_SEC);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
      g_assert_cmpint (g_date_time_get_hour (local), >=, 6);
    }
  g_assert_no_error (error);
}

/* Accounts in the same language know each other; one in another does not. */
static void
test_siblings (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 one = bench_add_account (bench, "@one");
  gint64 two = bench_add_account (bench, "@two");
  gint64 three = bench_add_account (bench, "@three");
  add_history (bench, one, 0, 40);
  add_history (bench, two, 0, 40);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (BmnHistoryPost) post = make_post (three, i);
      g_free (post->language);
      post->language = g_strdup ("de-AT");
      write_ok (bench, put_post, post);
    }
  g_autoptr (BmnEngines) engines = bmn_engines_new (bench->session);
  const gint64 ids[] = { one, two, three };
  const guint expected[] = { 1, 1, 0 };
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      guint n;
      BmnEngine *engine = get_engine (engines, ids[i]);
      const BmnSiblingAccount *siblings = bmn_engines_get_siblings (engines, &n);
      g_assert_cmpuint (n, ==, expected[i]);
      for (guint j = 0; j < n; j++)
        g_assert_true (siblings[j].engine != engine && siblings[j].name != NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/suggest/ways-agree", test_ways_agree);
  g_test_add_func ("/session/suggest/history-changes-under-it", test_history_changes_under_it);
  g_test_add_func ("/session/suggest/late-state", test_late_state);
  g_test_add_func ("/session/suggest/damaged-state", test_damaged_state);
  g_test_add_func ("/session/suggest/levers", test_levers);
  g_test_add_func ("/session/suggest/wrong-levers", test_wrong_levers);
  g_test_add_func ("/session/suggest/never-hours", test_never_hours);
  g_test_add_func ("/session/suggest/siblings", test_siblings);
  return g_test_run ();
}
