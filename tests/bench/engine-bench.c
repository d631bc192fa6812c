/*
 * Times the suggestion engine on generated histories, beside a reference measured in the
 * same run: how long this machine takes to sort a million numbers. A slow machine is slow in
 * both, so the ratio can be compared between machines. Times are of the processor, which on an
 * idle machine are those of the clock; only building keeps two processors busy, and has both.
 */
#include "bmn-engine.h"
#include "generated-history.h"

#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define N_REFERENCE 1000000
#define N_QUESTIONS 200

/* Returns: µs that this program has had the processor */
static gint64
processor_time (void)
{
  struct timespec time;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * (gint64)G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int
compare_numbers (const void *a, const void *b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return (x > y) - (x < y);
}

/* Seconds to sort a million numbers. */
static double
measure_reference (void)
{
  g_autofree guint32 *numbers = g_new (guint32, N_REFERENCE);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  for (guint i = 0; i < N_REFERENCE; i++)
    numbers[i] = g_rand_int (random);
  gint64 start = processor_time ();
  qsort (numbers, N_REFERENCE, sizeof (guint32), compare_numbers);
  return (processor_time () - start) / (double)G_USEC_PER_SEC;
}

static int
compare_times (const void *a, const void *b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

static void
print_times (const char *what, gint64 *times, guint n)
{
  qsort (times, n, sizeof (gint64), compare_times);
  g_print ("  %-28s median %.3f ms, 95 %% below %.3f ms\n", what, times[n / 2] / 1000.0,
           times[n * 95 / 100] / 1000.0);
}

/* Drafts are texts of the history's last posts: they have words in common with all. */
static void
measure_questions (BmnEngine *engine, GPtrArray *posts, gint64 now)
{
  gint64 ranks[N_QUESTIONS], reasons[N_QUESTIONS], forecasts[N_QUESTIONS];
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      const BmnHistoryPost *post = g_ptr_array_index (posts, posts->len - 1 - i % posts->len);
      gint64 times[4] = { processor_time () };
      g_autoptr (GPtrArray) tags = bmn_engine_rank_hashtags (engine, post->text, now, 10);
      times[1] = processor_time ();
      g_autoptr (GPtrArray) explained = bmn_engine_suggest_hashtags (engine, post->text, now, 10);
      times[2] = processor_time ();
      g_autoptr (BmnForecast) forecast = bmn_engine_forecast (engine, post->text, now);
      times[3] = processor_time ();
      ranks[i] = times[1] - times[0];
      reasons[i] = times[2] - times[1];
      forecasts[i] = times[3] - times[2];
    }
  print_times ("ranking hashtags", ranks, N_QUESTIONS);
  print_times ("the same with reasons", reasons, N_QUESTIONS);
  print_times ("forecast with reasons", forecasts, N_QUESTIONS);
}

/* One more post, and its counts, told to an engine that knows the rest. */
static void
measure_updates (BmnEngine *engine, gint64 now)
{
  gint64 posts_told[N_QUESTIONS], counts_told[N_QUESTIONS];
  g_autoptr (GPtrArray) more = generated_history_new (N_QUESTIONS, 2);
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      BmnHistoryPost *post = g_ptr_array_index (more, i);
      post->id += 1000000;
      post->published_at += now - generated_history_start ();
      gint64 start = processor_time ();
      bmn_engine_observe (engine, post);
      gint64 middle = processor_time ();
      bmn_engine_set_counts (engine, post->id, post->likes, post->reposts, post->replies,
                             post->published_at);
      posts_told[i] = middle - start;
      counts_told[i] = processor_time () - middle;
    }
  print_times ("learning one more post", posts_told, N_QUESTIONS);
  print_times ("learning its counts", counts_told, N_QUESTIONS);
}

static void
measure_state (BmnEngine *engine)
{
  gint64 times[3] = { processor_time () };
  g_autoptr (GBytes) bytes = bmn_engine_save (engine);
  times[1] = processor_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnEngine) loaded = bmn_engine_load (bytes, "UTC", &error);
  times[2] = processor_time ();
  if (!loaded)
    g_printerr ("engine-bench: %s\n", error->message);
  g_print ("  saving: %.3f s, %.1f MB; loading: %.3f s\n",
           (times[1] - times[0]) / (double)G_USEC_PER_SEC, g_bytes_get_size (bytes) / 1e6,
           (times[2] - times[1]) / (double)G_USEC_PER_SEC);
}

/* Topics of all, and again after one more post. */
static void
measure_topics (BmnEngine *engine, gint64 now)
{
  double ms[2];
  for (guint i = 0; i < 2; i++)
    {
      gint64 start = processor_time ();
      g_autoptr (GPtrArray) topics = bmn_engine_get_topics (engine, now, 200);
      ms[i] = (processor_time () - start) / 1000.0;
      g_autoptr (BmnHistoryPost) post
          = bmn_history_post_new (1, "one-more", "bada bedi #kamo", now + i);
      post->id = 2000000 + i;
      bmn_engine_observe (engine, post);
    }
  g_print ("  topics: %.1f ms, after one more post %.1f ms\n", ms[0], ms[1]);
}

static void
measure (guint n_posts, double reference)
{
  g_autoptr (GPtrArray) posts = generated_history_new (n_posts, 1);
  const BmnHistoryPost *last = g_ptr_array_index (posts, n_posts - 1);
  gint64 now = last->published_at + 4 * G_TIME_SPAN_DAY;
  g_autoptr (BmnEngine) engine = bmn_engine_new ("UTC");
  gint64 start = processor_time (), start_clock = g_get_monotonic_time ();
  bmn_engine_add_history (engine, posts, now);
  BmnPostingHour hours[BMN_POSTING_HOURS];
  bmn_engine_get_week (engine, hours); /* the first question learns */
  double seconds = (processor_time () - start) / (double)G_USEC_PER_SEC;
  double clock = (g_get_monotonic_time () - start_clock) / (double)G_USEC_PER_SEC;
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  g_print ("%u posts\n", n_posts);
  g_print ("  building: %.2f s by the clock, %.2f s of processors (%.1f times the reference); most "
           "memory of this program so far: %ld MB, the generated posts included\n",
           clock, seconds, seconds / reference, usage.ru_maxrss / 1024);
  measure_state (engine);
  measure_questions (engine, posts, now);
  measure_updates (engine, now);
  measure_topics (engine, bmn_engine_get_latest (engine) + G_TIME_SPAN_DAY);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  double reference = measure_reference ();
  g_print ("reference: sorting a million numbers takes %.3f s\n", reference);
  if (argc > 1)
    {
      measure ((guint)CLAMP (g_ascii_strtoull (argv[1], NULL, 10), 100, 10000000), reference);
      return 0;
    }
  measure (10000, reference);
  measure (100000, reference);
  return 0;
}
