#include "bmn-suggestion-report.h"
#include "bmn-engine-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* 80 % of a normal distribution lie within so many standard deviations. */
#define NORMAL_80 1.2815515655

/* The lifts of a group of posts. */
typedef struct
{
  guint n;
  double sum;
  double squares;
} Group;

static double
mean_of (const Group *group)
{
  return group->n > 0 ? group->sum / group->n : 0;
}

/* Variance of the mean. */
static double
variance_of_mean (const Group *group)
{
  if (group->n < 2)
    return 0;
  double mean = mean_of (group);
  return MAX (0, group->squares / group->n - mean * mean) / (group->n - 1);
}

static void
add_post (Group *group, const BmnRecord *record)
{
  group->n++;
  group->sum += record->lift;
  group->squares += record->lift * record->lift;
}

/* Which posts took a suggestion, among those shown any. */
static GHashTable *
group_posts (const BmnSuggestionEntry *entries, guint n_entries)
{
  GHashTable *posts = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < n_entries; i++)
    {
      gboolean took = entries[i].fate == BMN_SUGGESTION_ACCEPTED
                      || g_hash_table_lookup (posts, &entries[i].post_id) != NULL;
      g_hash_table_insert (posts, (gpointer)&entries[i].post_id, GINT_TO_POINTER (took));
    }
  return posts;
}

static void
compare_groups (BmnEngine *engine, GHashTable *posts, BmnSuggestionReport *report)
{
  Group with = { 0 }, without = { 0 };
  for (guint i = 0; i < engine->records->len; i++)
    {
      const BmnRecord *record = g_ptr_array_index (engine->records, i);
      gpointer took;
      if (record->has_lift && g_hash_table_lookup_extended (posts, &record->id, NULL, &took))
        add_post (took ? &with : &without, record);
    }
  double margin = NORMAL_80 * sqrt (variance_of_mean (&with) + variance_of_mean (&without));
  report->n_with = with.n;
  report->n_without = without.n;
  report->is_enough = MIN (with.n, without.n) >= BMN_SUGGESTION_REPORT_MIN;
  report->difference = mean_of (&with) - mean_of (&without);
  report->low = report->difference - margin;
  report->high = report->difference + margin;
}

void
bmn_suggestion_report_compute (BmnEngine *engine,
                               const BmnSuggestionEntry *entries,
                               guint n_entries,
                               BmnSuggestionReport *report)
{
  bmn_engine_refresh (engine);
  *report = (BmnSuggestionReport){ .n_shown = n_entries };
  double ranks = 0;
  for (guint i = 0; i < n_entries; i++)
    {
      report->n_rejected += entries[i].fate == BMN_SUGGESTION_REJECTED ? 1 : 0;
      if (entries[i].fate != BMN_SUGGESTION_ACCEPTED)
        continue;
      report->n_accepted++;
      ranks += entries[i].rank + 1;
    }
  report->mean_rank = report->n_accepted > 0 ? ranks / report->n_accepted : 0;
  g_autoptr (GHashTable) posts = group_posts (entries, n_entries);
  compare_groups (engine, posts, report);
}

char *
bmn_suggestion_report_to_sentence (const BmnSuggestionReport *report)
{
  if (!report->is_enough)
    return g_strdup_printf (
        _ ("You took %u of %u suggestions. To tell whether they helped, counts of %u posts with "
           "and %u without are needed; there are %u and %u."),
        report->n_accepted, report->n_shown, BMN_SUGGESTION_REPORT_MIN, BMN_SUGGESTION_REPORT_MIN,
        report->n_with, report->n_without);
  return g_strdup_printf (
      _ ("You took %u of %u suggestions. Posts with one did %.2f times what the others did (80 %% "
         "interval %.2f to %.2f; %u and %u posts)."),
      report->n_accepted, report->n_shown, exp (report->difference), exp (report->low),
      exp (report->high), report->n_with, report->n_without);
}
