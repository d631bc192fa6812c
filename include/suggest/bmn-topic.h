#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnTopic:
 * @text: a word or a phrase of two, as the account writes it most
 * @language: (nullable): of the posts it stands in, where known
 * @n: posts about it
 * @n_counted: those of them whose counts are known
 * @lift: logarithm of what they got against the median of the posts before each; shrunk to 0
 *   where there are few
 * @low: lower end of its 80 % interval
 * @high: upper end
 * @last_at: µs: the latest of them
 * @days: since then
 * @usual_days: between two of them
 * @recent: of them in the last 28 days
 * @expected: of them in 28 days, by the 180 days before
 * @lifts: whether the interval lies above 0
 * @sinks: whether it lies below 0
 * @rises: whether there are clearly more lately than before
 * @is_due: whether the account is silent about it for much longer than usual although such
 *   posts do no worse than others
 * @best_posts: (element-type gint64): ids of those that did best, a few
 * @worst_posts: (element-type gint64): likewise worst
 *
 * What a part of the history is about, and how it did.
 */
typedef struct
{
  char *text;     /* (owned) */
  char *language; /* (owned) (nullable) */
  guint n;
  guint n_counted;
  double lift;
  double low;
  double high;
  gint64 last_at;
  double days;
  double usual_days;
  guint recent;
  double expected;
  gboolean lifts;
  gboolean sinks;
  gboolean rises;
  gboolean is_due;
  GArray *best_posts;  /* (owned) (element-type gint64) */
  GArray *worst_posts; /* (owned) (element-type gint64) */
} BmnTopic;

/* Posts about something below which it is no topic. */
#define BMN_TOPIC_MIN_POSTS 5

/* How many example posts a topic names on each side. */
#define BMN_TOPIC_MAX_EXAMPLES 3

void bmn_topic_free (BmnTopic *topic);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTopic, bmn_topic_free)

/* Returns: (transfer full): what is most worth saying of it, as a translated sentence */
char *bmn_topic_to_sentence (const BmnTopic *topic) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
