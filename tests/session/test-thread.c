#include "bench.h"
#include "bmn-session-thread-private.h"

/* Waits in the test's own main context, as a window does. */

typedef struct
{
  gpointer answer;
  GError *error; /* (owned) (nullable) */
  gboolean is_done;
} Answer;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  answer->answer
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &answer->error);
  answer->is_done = TRUE;
}

static void
wait_for (const gboolean *is_done)
{
  while (!*is_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  bmn_session_thread_open_finish (BMN_SESSION_THREAD (source), result, &answer->error);
  answer->is_done = TRUE;
}

static BmnSessionThread *
open_thread (Bench *bench)
{
  const BmnSessionSurroundings around
      = { .clock = BMN_CLOCK (bench->clock), .secrets = bench->secrets };
  BmnSessionThread *thread = bmn_session_thread_new_in (&around);
  Answer answer = { 0 };
  bmn_session_thread_open_async (thread, bench->folder, on_opened, &answer);
  wait_for (&answer.is_done);
  g_assert_no_error (answer.error);
  g_assert_true (bmn_session_thread_is_open (thread));
  return thread;
}

static gpointer
tell_thread (BmnSession *session, gpointer data, GError **error)
{
  *(GThread **)data = g_thread_self ();
  return g_strdup (bmn_session_get_folder (session));
}

static void
test_calls (void)
{
  g_autoptr (Bench) bench = bench_new ();
  BmnSessionThread *thread = open_thread (bench);
  GThread *on_call = NULL;
  GThread *on_work = NULL;
  Answer call = { 0 };
  Answer work = { 0 };

  bmn_session_thread_call_async (thread, tell_thread, &on_call, NULL, g_free, NULL, on_answer,
                                 &call);
  bmn_session_thread_work_async (thread, tell_thread, &on_work, NULL, g_free, NULL, on_answer,
                                 &work);
  wait_for (&call.is_done);
  wait_for (&work.is_done);

  g_assert_cmpstr (call.answer, ==, bench->folder);
  g_assert_cmpstr (work.answer, ==, bench->folder);
  g_assert_true (on_call != g_thread_self () && on_work != g_thread_self ());
  g_assert_true (on_call != on_work);
  g_free (call.answer);
  g_free (work.answer);
  bmn_session_thread_close (thread);
  g_object_unref (thread);
}

static gpointer
fail (BmnSession *session, gpointer data, GError **error)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID, "no");
  return NULL;
}

static void
test_errors (void)
{
  g_autoptr (Bench) bench = bench_new ();
  BmnSessionThread *thread = open_thread (bench);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Answer failed = { 0 };
  Answer never = { 0 };
  Answer late = { 0 };

  g_cancellable_cancel (cancelled);
  bmn_session_thread_call_async (thread, fail, NULL, NULL, NULL, NULL, on_answer, &failed);
  bmn_session_thread_call_async (thread, fail, NULL, NULL, NULL, cancelled, on_answer, &never);
  wait_for (&failed.is_done);
  wait_for (&never.is_done);
  g_assert_error (failed.error, BMN_ERROR, BMN_ERROR_INVALID);
  g_assert_error (never.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  bmn_session_thread_close (thread);
  g_assert_false (bmn_session_thread_is_open (thread));
  bmn_session_thread_call_async (thread, fail, NULL, NULL, NULL, NULL, on_answer, &late);
  wait_for (&late.is_done);
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_error (&failed.error);
  g_clear_error (&never.error);
  g_clear_error (&late.error);
  g_object_unref (thread);
}

/* Whoever asked is answered, also where the session ends before it comes to them. */
static void
test_close_answers_all (void)
{
  g_autoptr (Bench) bench = bench_new ();
  BmnSessionThread *thread = open_thread (bench);
  Answer answers[20] = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (i % 2)
      bmn_session_thread_work_async (thread, fail, NULL, NULL, NULL, NULL, on_answer, &answers[i]);
    else
      bmn_session_thread_call_async (thread, fail, NULL, NULL, NULL, NULL, on_answer, &answers[i]);
  bmn_session_thread_close (thread);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      wait_for (&answers[i].is_done);
      g_assert_nonnull (answers[i].error);
      g_clear_error (&answers[i].error);
    }
  g_object_unref (thread);
}

static gpointer
add_account (BmnSession *session, gpointer data, GError **error)
{
  return GINT_TO_POINTER ((int)bmn_sample_fill (session, data, error));
}

static void
set_true (gboolean *flag)
{
  *flag = TRUE;
}

static void
test_changed_comes_home (void)
{
  g_autoptr (Bench) bench = bench_new ();
  BmnSessionThread *thread = open_thread (bench);
  g_autofree char *site = g_build_filename (bench->root, "site", NULL);
  gboolean is_changed = FALSE;
  Answer answer = { 0 };

  g_signal_connect_swapped (thread, "changed", G_CALLBACK (set_true), &is_changed);
  bmn_session_thread_call_async (thread, add_account, site, NULL, NULL, NULL, on_answer, &answer);
  wait_for (&answer.is_done);
  g_assert_no_error (answer.error);
  g_assert_cmpint (GPOINTER_TO_INT (answer.answer), >, 0);
  wait_for (&is_changed);
  bmn_session_thread_close (thread);
  g_object_unref (thread);
}

static void
test_open_fails (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autofree char *file = g_build_filename (bench->root, "file", NULL);
  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  BmnSessionThread *thread = bmn_session_thread_new ();
  Answer answer = { 0 };
  bmn_session_thread_open_async (thread, file, on_opened, &answer);
  wait_for (&answer.is_done);
  g_assert_nonnull (answer.error);
  g_assert_false (bmn_session_thread_is_open (thread));
  g_clear_error (&answer.error);
  g_object_unref (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/thread/calls", test_calls);
  g_test_add_func ("/session/thread/errors", test_errors);
  g_test_add_func ("/session/thread/close-answers-all", test_close_answers_all);
  g_test_add_func ("/session/thread/changed-comes-home", test_changed_comes_home);
  g_test_add_func ("/session/thread/open-fails", test_open_fails);
  return g_test_run ();
}
