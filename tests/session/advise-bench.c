/*
 * Times what somebody who writes waits for, from a pause in typing to the advice, with a generated
 * history in a data folder of its own. Times are of the processors, which on an idle machine are
 * those of the clock or longer. Prints the first answer of a new
 * program (with nothing stored, and with the engine's state stored), then answers with the
 * engine warm: to another text, and after a post came in.
 */
#include "bench.h"
#include "generated-history.h"

#include "bmn-history.h"
#include "bmn-session-advise.h"

#include <stdlib.h>
#include <time.h>

#define N_QUESTIONS 50

static gboolean
put_all (BmnTransaction *tx, gpointer data, GError **error)
{
  GPtrArray *posts = data;
  for (guint i = 0; i < posts->len; i++)
    {
      BmnHistoryPost *post = posts->pdata[i];
      post->account_id = 1;
      post->id = 0;
      post->remote_id = g_strdup_printf ("r-%" G_GINT64_FORMAT, post->published_at + i);
      if (!bmn_history_put (tx, post, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* Returns: µs that this program has had processors */
static gint64
processor_time (void)
{
  struct timespec time;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * (gint64)G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Returns: milliseconds until the advice was there */
static double
ask (Bench *bench, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPost) draft = bmn_post_new ();
  g_ptr_array_add (draft->parts, bmn_part_new (text));
  g_autoptr (GAsyncResult) result = NULL;
  gint64 start = processor_time ();
  bmn_session_advise_async (bench->session, 1, draft, 0, NULL, take_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  double ms = (double)(processor_time () - start) / 1000;
  g_autoptr (BmnAdvice) advice = bmn_session_advise_finish (bench->session, result, &error);
  g_assert_no_error (error);
  return ms;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Asks about other texts, each after what @before does; prints median and worst. */
static void
measure (Bench *bench, GPtrArray *posts, const char *what, void (*before) (Bench *, guint))
{
  double times[N_QUESTIONS];
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      if (before)
        before (bench, i);
      times[i] = ask (bench, ((BmnHistoryPost *)posts->pdata[(i * 37) % posts->len])->text);
    }
  qsort (times, N_QUESTIONS, sizeof *times, compare);
  g_print ("%s: median %.1f ms, worst %.1f ms\n", what, times[N_QUESTIONS / 2],
           times[N_QUESTIONS - 1]);
}

static void
add_one (Bench *bench, guint i)
{
  g_autofree char *text = g_strdup_printf ("Something new that was never said %u #new", i);
  BmnHistoryPost *post = bmn_history_post_new (
      1, NULL, text, bmn_clock_now (BMN_CLOCK (bench->clock)) + i * G_TIME_SPAN_MINUTE);
  g_autoptr (GPtrArray) posts
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  g_ptr_array_add (posts, post);
  g_assert_true (bmn_store_write (bmn_session_get_store (bench->session), put_all, posts, NULL));
}

static void
reopen (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  bench_settle (bench);
  bmn_session_close (bench->session);
  g_object_unref (bench->session);
  const BmnSessionSurroundings around
      = { .clock = BMN_CLOCK (bench->clock), .secrets = bench->secrets };
  bench->session = bmn_session_open_in (bench->folder, &around, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  guint n_posts = argc > 1 ? (guint)atoi (argv[1]) : 10000;
  g_autoptr (Bench) bench = bench_new ();
  g_assert_cmpint (bench_add_account (bench, "@one"), ==, 1);
  g_autoptr (GPtrArray) posts = generated_history_new (n_posts, 1);
  gint64 start = processor_time ();
  g_assert_true (bmn_store_write (bmn_session_get_store (bench->session), put_all, posts, NULL));
  g_print ("%u posts stored in %.2f s\n", n_posts,
           (double)(processor_time () - start) / G_USEC_PER_SEC);
  const char *text = ((BmnHistoryPost *)posts->pdata[n_posts / 2])->text;
  reopen (bench);
  g_print ("first answer, nothing stored: %.0f ms\n", ask (bench, text));
  reopen (bench);
  g_print ("first answer, state stored: %.0f ms\n", ask (bench, text));
  measure (bench, posts, "warm, another text", NULL);
  measure (bench, posts, "warm, after a new post", add_one);
  return 0;
}
