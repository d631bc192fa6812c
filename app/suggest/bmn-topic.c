#include "bmn-topic.h"

#include <glib/gi18n-lib.h>
#include <math.h>

void
bmn_topic_free (BmnTopic *topic)
{
  g_free (topic->text);
  g_free (topic->language);
  g_array_unref (topic->best_posts);
  g_array_unref (topic->worst_posts);
  g_free (topic);
}

char *
bmn_topic_to_sentence (const BmnTopic *topic)
{
  double factor = exp (topic->lift);
  guint weeks = (guint)(topic->days / 7);
  if (topic->is_due && weeks > 0)
    return g_strdup_printf (
        ngettext ("Nothing about “%s” for %u week; those posts did %.2f times your median.",
                  "Nothing about “%s” for %u weeks; those posts did %.2f times your median.",
                  weeks),
        topic->text, weeks, factor);
  if (topic->rises)
    return g_strdup_printf (
        ngettext ("“%s” rises: %u post in the last 28 days, where %.1f were usual.",
                  "“%s” rises: %u posts in the last 28 days, where %.1f were usual.",
                  topic->recent),
        topic->text, topic->recent, topic->expected);
  return g_strdup_printf (
      ngettext ("“%s”: %u counted post did %.2f times your median (80 %% interval %.2f to %.2f).",
                "“%s”: %u counted posts did %.2f times your median (80 %% interval %.2f to %.2f).",
                topic->n_counted),
      topic->text, topic->n_counted, factor, exp (topic->low), exp (topic->high));
}
