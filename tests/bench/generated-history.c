#include "generated-history.h"

#include <math.h>

#define N_WORDS 30000
#define N_TOPICS 60
#define TOPIC_WORDS 400
#define TOPIC_TAGS 40
#define YEARS 10
#define N_WAVES 30
#define START (G_GINT64_CONSTANT (1262304000) * G_USEC_PER_SEC) /* 2010-01-01 */

/* Random numbers of our own, so that every release of GLib makes the same history. */
typedef struct
{
  guint64 state;
} Random;

static guint64
next_number (Random *random)
{
  /* xorshift64* (Vigna, 2016) */
  random->state ^= random->state >> 12;
  random->state ^= random->state << 25;
  random->state ^= random->state >> 27;
  return random->state * G_GUINT64_CONSTANT (2685821657736338717);
}

static double
next_share (Random *random)
{
  return (next_number (random) >> 11) / 9007199254740992.0;
}

static guint
next_below (Random *random, guint n)
{
  return (guint)(next_share (random) * n);
}

/* Small numbers often, large ones seldom: the law of Zipf and Mandelbrot, whose offset
 * stands for the function words that the engine leaves out. */
static guint
next_rank (Random *random, guint n, double offset)
{
  return (guint)(offset * (pow (1 + n / offset, next_share (random)) - 1));
}

/* A word that can be pronounced, one for each number. */
static void
append_word (GString *text, guint number)
{
  static const char consonants[] = "bdfgklmnprstvz";
  static const char vowels[] = "aeiou";
  number += 70;
  while (number > 0)
    {
      g_string_append_c (text, consonants[number % 14]);
      number /= 14;
      g_string_append_c (text, vowels[number % 5]);
      number /= 5;
    }
}

static void
append_topic_word (GString *text, Random *random, guint topic)
{
  guint word = next_below (random, 3) == 0
                   ? next_rank (random, N_WORDS, 10)
                   : (topic * 331 + next_rank (random, TOPIC_WORDS, 10) * 17) % N_WORDS;
  append_word (text, word);
  g_string_append_c (text, ' ');
}

static char *
make_text (Random *random, guint topic, guint wave)
{
  GString *text = g_string_new (NULL);
  if (next_below (random, 8) == 0)
    {
      g_string_append_c (text, '@');
      append_word (text, next_rank (random, 300, 10));
      g_string_append_c (text, ' ');
    }
  guint n_words = 6 + next_below (random, 14);
  for (guint i = 0; i < n_words; i++)
    append_topic_word (text, random, topic);
  guint n_tags = next_below (random, 3);
  for (guint i = 0; i < n_tags; i++)
    {
      g_string_append (text, "#");
      append_word (text, 30000 + topic * 1000 + wave * 7 + next_rank (random, TOPIC_TAGS, 10));
      g_string_append_c (text, ' ');
    }
  if (next_below (random, 3) == 0)
    g_string_append_printf (text, "https://site%u.example/%u", next_rank (random, 50, 10),
                            next_below (random, 1000000));
  return g_string_free (text, FALSE);
}

gint64
generated_history_start (void)
{
  return START;
}

GPtrArray *
generated_history_new (guint n_posts, guint32 seed)
{
  GPtrArray *posts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  Random random = { seed + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) };
  double at = START / (double)G_USEC_PER_SEC;
  for (guint i = 0; i < n_posts; i++)
    {
      at += -log (1 - next_share (&random)) * YEARS * 365 * 86400 / n_posts;
      guint wave = i / (n_posts / N_WAVES + 1);
      guint topic = (next_rank (&random, N_TOPICS, 10) + wave) % N_TOPICS;
      g_autofree char *text = make_text (&random, topic, wave);
      g_autofree char *remote_id = g_strdup_printf ("%u", i);
      BmnHistoryPost *post = bmn_history_post_new (1, remote_id, text, (gint64)at * G_USEC_PER_SEC);
      post->id = i + 1;
      post->is_reply = next_below (&random, 6) == 0;
      double level = 3 + sin (topic) + .3 * sin (at / 86400 * 6.2832) + next_share (&random) * 2;
      post->likes = (gint64)exp (level);
      post->reposts = post->likes / 4;
      post->replies = next_below (&random, 5);
      g_ptr_array_add (posts, post);
    }
  return posts;
}
