#include "bench.h"

static const BmnWhen now = { .kind = BMN_WHEN_NOW };
static const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 3600 };

static gboolean
try_update (Bench *bench, gint64 id, const char *text, const BmnWhen *when, GError **error)
{
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, id, error);
  g_auto (GStrv) warnings = NULL;
  g_free (((BmnPart *)view->post->parts->pdata[0])->text);
  ((BmnPart *)view->post->parts->pdata[0])->text = g_strdup (text);
  return bmn_session_update_post (bench->session, view->post, when, &warnings, error);
}

static void
test_edit_and_cancel (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 account = bench_add_account (bench, "@one");
  gint64 edited = bench_add (bench, account, &later, "Befor", NULL);
  gint64 cancelled = bench_add (bench, account, &later, "Never", NULL);
  try_update (bench, edited, "Before", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (bmn_session_cancel_post (bench->session, cancelled, &error));
  g_assert_false (bmn_session_cancel_post (bench->session, cancelled, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  bench_pass (bench, 3600);
  bench_publish (bench);
  g_assert_cmpuint (bench->server->posts->len, ==, 1);
  g_assert_cmpuint (bmn_fake_server_count (bench->server, 0, "Before"), ==, 1);
}

static void
test_partly_out_is_not_edited (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 post = bench_add_thread (bench, bench_add_account (bench, "@one"));
  bmn_fake_server_reply (bench->server, BMN_FAKE_ACCEPT);
  bmn_fake_server_refuse (bench->server, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  bench_publish (bench);
  bench_assert_state (bench, post, BMN_TARGET_FAILED);
  g_assert_false (try_update (bench, post, "Other", NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (bmn_session_retry_post (bench->session, post, BMN_RETRY_LOOK, &error));
  bench_publish (bench);
  bench_assert_state (bench, post, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (bench->server->posts->len, ==, 2);
}

/* A request was lost and nobody can look: only the user can tell. */
static gint64
add_unknown (Bench *bench, gboolean thread)
{
  gint64 account = bench_add_account (bench, "@one");
  gint64 post = thread ? bench_add_thread (bench, account)
                       : bench_add (bench, account, &now, "Hello", NULL);
  bench->server->caps.can_read_back = FALSE;
  bmn_fake_server_reply (bench->server, BMN_FAKE_LOSE_ANSWER);
  bench_publish (bench);
  bench_pass (bench, 3600);
  bench_publish (bench);
  g_autoptr (BmnTarget) target = bench_get_target (bench, post);
  g_assert_cmpint (target->state, ==, BMN_TARGET_UNKNOWN);
  g_assert_cmpint (target->next_try_at, ==, 0);
  return post;
}

static void
test_user_says_it_is_out (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 post = add_unknown (bench, FALSE);
  g_assert_true (bmn_session_retry_post (bench->session, post, BMN_RETRY_IS_OUT, NULL));
  bench_publish (bench);
  g_autoptr (BmnTarget) target = bench_get_target (bench, post);
  g_assert_cmpint (target->state, ==, BMN_TARGET_PUBLISHED);
  g_assert_cmpint (target->published_at, >, 0);
  g_assert_cmpuint (bench->server->n_publish_calls, ==, 1);
}

static void
test_user_says_it_is_not_out (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 post = add_unknown (bench, FALSE);
  g_ptr_array_set_size (bench->server->posts, 0);
  g_assert_true (bmn_session_retry_post (bench->session, post, BMN_RETRY_NOT_OUT, NULL));
  bench_publish (bench);
  bench_assert_state (bench, post, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (bench->server->posts->len, ==, 1);
}

/* The beginning of a thread is out under no known name: the rest is not sent beside it. */
static void
test_beginning_of_a_thread_is_out (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 post = add_unknown (bench, TRUE);
  g_assert_true (bmn_session_retry_post (bench->session, post, BMN_RETRY_IS_OUT, NULL));
  bench_publish (bench);
  bench_assert_state (bench, post, BMN_TARGET_FAILED);
  g_assert_cmpuint (bench->server->posts->len, ==, 1);
}

/* Accepted, never shown, and the user says that it is not there. */
static void
test_accepted_but_not_there (void)
{
  g_autoptr (Bench) bench = bench_new ();
  gint64 post = bench_add (bench, bench_add_account (bench, "@one"), &now, "Hello", NULL);
  bench->server->sees_nothing = TRUE;
  for (guint i = 0; i < 12; i++)
    {
      bench_publish (bench);
      bench_pass (bench, 3600);
    }
  g_autoptr (BmnTarget) asked = bench_get_target (bench, post);
  g_assert_cmpint (asked->state, ==, BMN_TARGET_UNKNOWN);
  g_assert_cmpint (asked->next_try_at, ==, 0);
  bench->server->sees_nothing = FALSE;
  g_ptr_array_set_size (bench->server->posts, 0);
  g_assert_true (bmn_session_retry_post (bench->session, post, BMN_RETRY_NOT_OUT, NULL));
  bench_publish (bench);
  bench_assert_state (bench, post, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (bench->server->n_publish_calls, ==, 2);
}

/* Taken back while it may be out: a look would look for the wrong text if it were changed. */
static void
test_cancelled_unknown_is_not_edited (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 post = add_unknown (bench, FALSE);
  g_assert_true (bmn_session_cancel_post (bench->session, post, &error));
  g_assert_false (try_update (bench, post, "Other", NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
}

static void
test_delete_from_the_platform (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 post = bench_add (bench, bench_add_account (bench, "@one"), &now, "Hello", NULL);
  bench_publish (bench);
  g_assert_cmpuint (bench->server->posts->len, ==, 1);
  bench_try_delete (bench, post, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bench->server->posts->len, ==, 0);
  g_autoptr (BmnPostView) view = bmn_session_get_post (bench->session, post, &error);
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

static void
test_refused_content_is_a_draft (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) warnings = NULL;
  gint64 account = bench_add_account (bench, "@one");
  g_array_append_val (accounts, account);
  g_ptr_array_add (post->parts, bmn_part_new ("One"));
  g_ptr_array_add (post->parts, bmn_part_new ("Two"));
  bench->server->max_parts = 1;
  g_assert_false (bmn_session_add_post (bench->session, post, accounts, &later, &warnings, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  bench_assert_state (bench, post->id, BMN_TARGET_DRAFT);
}

static void
test_wall_times (void)
{
  static const struct
  {
    BmnWallTime wall;
    const char *zone;
    const char *instant; /* NULL where it is refused */
    gboolean warned;
  } rows[] = {
    { { 2026, 12, 1, 9, 0, 0 }, "Europe/Berlin", "2026-12-01T08:00:00Z", FALSE },
    { { 2027, 3, 28, 2, 30, 0 }, "Europe/Berlin", "2027-03-28T01:30:00Z", TRUE },  /* a gap */
    { { 2026, 10, 25, 2, 30, 0 }, "Europe/Berlin", "2026-10-25T00:30:00Z", TRUE }, /* twice */
    { { 2026, 5, 1, 9, 0, 0 }, "Europe/Berlin", NULL, FALSE },
    { { 2026, 12, 1, 9, 0, 0 }, "Mars/Olympus", NULL, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Bench) bench = bench_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnPost) post = bmn_post_new ();
      g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_auto (GStrv) warnings = NULL;
      gint64 account = bench_add_account (bench, "@one");
      BmnWhen when = { .kind = BMN_WHEN_AT, .wall = rows[i].wall, .zone = (char *)rows[i].zone };
      g_array_append_val (accounts, account);
      g_ptr_array_add (post->parts, bmn_part_new ("Hello"));
      gboolean planned
          = bmn_session_add_post (bench->session, post, accounts, &when, &warnings, &error);
      g_assert_cmpint (planned, ==, rows[i].instant != NULL);
      if (!planned)
        {
          /* Nothing that was written is lost. */
          g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
          bench_assert_state (bench, post->id, BMN_TARGET_DRAFT);
          continue;
        }
      g_autoptr (BmnFakeClock) expected = bmn_fake_clock_new_at (rows[i].instant);
      g_autoptr (BmnTarget) target = bench_get_target (bench, post->id);
      g_assert_cmpint (target->due_at, ==, bmn_clock_now (BMN_CLOCK (expected)));
      g_assert_cmpuint (g_strv_length (warnings), ==, rows[i].warned ? 1 : 0);
    }
}

static void
test_slots (void)
{
  const BmnWhen next = { .kind = BMN_WHEN_NEXT_SLOT };
  g_autoptr (Bench) bench = bench_new ();
  gint64 account = bench_add_account (bench, "@one");
  for (int minute = 13 * 60; minute <= 14 * 60; minute += 60)
    {
      g_autoptr (BmnSlot) slot = bmn_slot_new (account, 1, minute);
      g_assert_true (bmn_session_add_slot (bench->session, slot, NULL));
      g_assert_false (bmn_session_add_slot (bench->session, slot, NULL));
    }
  static const char *const times[]
      = { "2026-06-01T13:00:00", "2026-06-01T14:00:00", "2026-06-08T13:00:00" };
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (BmnTarget) target
          = bench_get_target (bench, bench_add (bench, account, &next, times[i], NULL));
      g_assert_cmpstr (target->local_time, ==, times[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/posts/edit-and-cancel", test_edit_and_cancel);
  g_test_add_func ("/session/posts/partly-out", test_partly_out_is_not_edited);
  g_test_add_func ("/session/posts/is-out", test_user_says_it_is_out);
  g_test_add_func ("/session/posts/is-not-out", test_user_says_it_is_not_out);
  g_test_add_func ("/session/posts/beginning-is-out", test_beginning_of_a_thread_is_out);
  g_test_add_func ("/session/posts/accepted-not-there", test_accepted_but_not_there);
  g_test_add_func ("/session/posts/cancelled-unknown", test_cancelled_unknown_is_not_edited);
  g_test_add_func ("/session/posts/delete-remote", test_delete_from_the_platform);
  g_test_add_func ("/session/posts/refused-is-a-draft", test_refused_content_is_a_draft);
  g_test_add_func ("/session/posts/wall-times", test_wall_times);
  g_test_add_func ("/session/posts/slots", test_slots);
  return g_test_run ();
}
