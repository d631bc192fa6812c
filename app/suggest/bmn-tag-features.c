#include "bmn-tag-features-private.h"

#include <math.h>
#include <string.h>

#define HOUR 3600.0
#define DAY 86400.0

/* How many of a tag's newest uses its base level looks at. */
#define BASE_LEVEL_USES 100

/* What stands for "never" where a rank among the recent uses is asked. */
#define NO_RANK 40

static const struct
{
  const char *name;
  BmnCause cause;
} features[] = {
#define F(id, name, cause) { name, BMN_CAUSE_##cause },
  BMN_TAG_FEATURES (F)
#undef F
};

const BmnTagFeature bmn_relative_tag_features[BMN_N_RELATIVE_TAG_FEATURES] = {
  BMN_TAG_FEATURE_FADED_2_DAYS,   BMN_TAG_FEATURE_FADED_14_DAYS,    BMN_TAG_FEATURE_FADED_90_DAYS,
  BMN_TAG_FEATURE_COUNT,          BMN_TAG_FEATURE_SIMILAR,          BMN_TAG_FEATURE_SIMILAR_30_DAYS,
  BMN_TAG_FEATURE_WORD_LOG_RATIO, BMN_TAG_FEATURE_WORD_BEST,        BMN_TAG_FEATURE_MOST_SIMILAR,
  BMN_TAG_FEATURE_WORD_ANY,       BMN_TAG_FEATURE_BASE_LEVEL_SHARE, BMN_TAG_FEATURE_HOURS_AGO,
  BMN_TAG_FEATURE_POSTS_AGO,      BMN_TAG_FEATURE_FOLLOWS,          BMN_TAG_FEATURE_GAP_RATIO,
  BMN_TAG_FEATURE_SHAPE,          BMN_TAG_FEATURE_WORD_BEST_FADED,  BMN_TAG_FEATURE_WORD_ANY_FADED,
  BMN_TAG_FEATURE_COVERAGE,       BMN_TAG_FEATURE_COVERAGE_BEST,    BMN_TAG_FEATURE_SIMILAR_3_DAYS,
  BMN_TAG_FEATURE_RATE,
};

const char *
bmn_tag_feature_get_name (BmnTagFeature feature)
{
  return features[feature].name;
}

BmnCause
bmn_tag_feature_get_cause (BmnTagFeature feature)
{
  return features[feature].cause;
}

/* One row in the making. */
typedef struct
{
  const BmnTagQuery *query;
  const BmnTagEvidence *evidence;
  const BmnTag *tag;
  guint id;
  double count;
  double age;
  double *x;
} Row;

/* ln Σ 1/age over the newest uses: the base level of ACT-R with decay 1. */
static double
base_level (const BmnTag *tag, double now)
{
  guint n = tag->n_uses;
  double sum = 0;
  for (guint i = n > BASE_LEVEL_USES ? n - BASE_LEVEL_USES : 0; i < n; i++)
    sum += 1 / MAX (60, now - bmn_tag_get_use (tag, i)->at);
  return log (sum);
}

/* How much more often than the account's tags in general a tag is used at some time. */
static double
affinity (double uses, double count, double all, double all_prior, double all_total)
{
  return log ((uses + .7) / (count * (all + all_prior) / all_total + .7));
}

static double
around_hour (const guint *by_hour, int hour)
{
  return by_hour[hour] + .5 * (by_hour[(hour + 23) % 24] + by_hour[(hour + 1) % 24]);
}

static void
set_use (const Row *row)
{
  const BmnTagHistory *history = row->query->history;
  const BmnTag *tag = row->tag;
  double now = row->query->moment.at;
  double *x = row->x;
  gboolean in_last = bmn_ids_contain (history->last_tags, row->id);
  double days = 1 + MAX (0, now - bmn_tag_first_at (tag)) / DAY;

  x[BMN_TAG_FEATURE_FADED_2_DAYS] = log (bmn_tag_get_faded (tag, BMN_FADE_2_DAYS, now) + .02);
  x[BMN_TAG_FEATURE_FADED_14_DAYS] = log (bmn_tag_get_faded (tag, BMN_FADE_14_DAYS, now) + .02);
  x[BMN_TAG_FEATURE_FADED_90_DAYS] = log (bmn_tag_get_faded (tag, BMN_FADE_90_DAYS, now) + .05);
  x[BMN_TAG_FEATURE_COUNT] = log (row->count);
  x[BMN_TAG_FEATURE_IN_LAST] = in_last;
  x[BMN_TAG_FEATURE_HOURS_AGO] = log (1 + row->age / HOUR);
  x[BMN_TAG_FEATURE_POSTS_AGO] = log (1 + history->n_posts - tag->last_post);
  x[BMN_TAG_FEATURE_TAGGED_POSTS_AGO] = log (1 + history->n_tagged - tag->last_tagged);
  x[BMN_TAG_FEATURE_GAP_RATIO] = x[BMN_TAG_FEATURE_HOURS_AGO] - tag->mean_log_gap;
  x[BMN_TAG_FEATURE_POST_GAP_RATIO] = x[BMN_TAG_FEATURE_POSTS_AGO] - tag->mean_log_post_gap;
  x[BMN_TAG_FEATURE_MEAN_GAP] = tag->mean_log_gap;
  x[BMN_TAG_FEATURE_MEAN_POST_GAP] = tag->mean_log_post_gap;
  x[BMN_TAG_FEATURE_REPEATS] = in_last ? tag->repeat : 0;
  x[BMN_TAG_FEATURE_AGE] = log (days);
  x[BMN_TAG_FEATURE_RATE] = log (row->count / days);
}

static guint
count_recent_sets (const BmnTagHistory *history, guint id, guint n)
{
  guint found = 0;
  const GList *set = history->recent_sets.head;
  for (guint i = 0; i < n && set; i++, set = set->next)
    found += bmn_ids_contain (set->data, id) ? 1 : 0;
  return found;
}

/* How many other tags were used since this one, among the recent uses. */
static guint
recency_rank (const BmnTagQuery *query, guint id)
{
  for (guint i = 0; i < query->n_last_used; i++)
    {
      if (query->last_used[i] == id)
        return i;
    }
  return NO_RANK;
}

/* Largest share of the posts after one of @before that carried @id. */
static double
follow_share (const BmnTagHistory *history, const GArray *before, guint id, gboolean but_one)
{
  double best = 0;
  for (guint i = 0; before && i < before->len; i++)
    {
      const BmnTag *tag = bmn_tag_history_get (history, g_array_index (before, guint, i));
      const BmnTagLinks *row = but_one ? &tag->next_but_one : &tag->next;
      best = MAX (best, bmn_tag_links_get (row, id) / (row->n + 1.5));
    }
  return best;
}

static void
set_sequence (const Row *row)
{
  const BmnTagHistory *history = row->query->history;
  const GArray *before_last = g_queue_peek_nth ((GQueue *)&history->recent_sets, 1);
  double *x = row->x;
  x[BMN_TAG_FEATURE_FOLLOWS]
      = log (follow_share (history, history->last_tags, row->id, FALSE) + .01);
  x[BMN_TAG_FEATURE_FOLLOWS_BUT_ONE]
      = log (follow_share (history, before_last, row->id, TRUE) + .01);
  x[BMN_TAG_FEATURE_IN_LAST_3] = log (count_recent_sets (history, row->id, 3) + .3);
  x[BMN_TAG_FEATURE_IN_LAST_10] = log (count_recent_sets (history, row->id, 10) + .3);
  x[BMN_TAG_FEATURE_RECENCY_RANK] = log (1 + recency_rank (row->query, row->id));
}

static double
share_of_weeks (const BmnTag *tag, double now)
{
  double share = 0;
  for (int week = 1; week <= 4; week++)
    {
      double then = now - week * 7 * DAY;
      share += bmn_tag_used_between (tag, then - 3 * HOUR, then + 3 * HOUR) ? .25 : 0;
    }
  return share;
}

static gboolean
used_a_year_ago (const BmnTag *tag, double now)
{
  for (int year = 1; year <= 2; year++)
    {
      double then = now - year * 365 * DAY;
      if (bmn_tag_used_between (tag, then - 2 * DAY, then + 2 * DAY))
        return TRUE;
    }
  return FALSE;
}

static void
set_calendar (const Row *row)
{
  const BmnTagHistory *history = row->query->history;
  const BmnMoment *moment = &row->query->moment;
  const BmnTag *tag = row->tag;
  double *x = row->x;
  double n = history->n_tagged;
  int part = moment->hour / 3;
  x[BMN_TAG_FEATURE_WEEKDAY] = affinity (tag->by_weekday[moment->weekday], row->count,
                                         history->by_weekday[moment->weekday], 1, n + 7);
  x[BMN_TAG_FEATURE_PART_OF_DAY]
      = affinity (tag->by_part_of_day[part], row->count, history->by_part_of_day[part], 1, n + 8);
  x[BMN_TAG_FEATURE_HOUR] = affinity (around_hour (tag->by_hour, moment->hour), row->count,
                                      around_hour (history->by_hour, moment->hour), 1, 2 * n + 24);
  x[BMN_TAG_FEATURE_SAME_TIME_OF_WEEK] = share_of_weeks (tag, moment->at);
  x[BMN_TAG_FEATURE_SAME_TIME_OF_DAY]
      = bmn_tag_used_between (tag, moment->at - DAY - 2 * HOUR, moment->at - DAY + 2 * HOUR);
  x[BMN_TAG_FEATURE_SAME_TIME_OF_YEAR] = used_a_year_ago (tag, moment->at);
}

/* The longest run of letter groups that the draft has, as a share of the name. */
static double
letter_run (const BmnTag *tag, const BmnSpelling *spelling)
{
  guint longest = 0, run = 0;
  for (guint i = 0; i < tag->grams->len; i++)
    {
      run = bmn_spelling_has_gram (spelling, g_array_index (tag->grams, guint64, i)) ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  return (double)(longest + tag->gram_length - 1) / tag->n_letters;
}

static double
share_of_parts (const BmnTag *tag, const BmnSpelling *spelling)
{
  guint n = tag->part_starts->len, found = 0;
  if (n < 2)
    return 0;
  for (guint i = 0; i < n; i++)
    found += bmn_spelling_has_start (spelling, g_array_index (tag->part_starts, guint64, i));
  return (double)found / n;
}

static void
set_spelling (const Row *row)
{
  const BmnSpelling *spelling = row->query->spelling;
  const BmnTag *tag = row->tag;
  double *x = row->x;
  double groups = (double)row->query->grams[row->id] / tag->grams->len;
  gboolean whole = tag->n_letters >= 3 && groups > 0 && strstr (spelling->compact, tag->name);
  x[BMN_TAG_FEATURE_SPELLED] = whole ? MIN (1, tag->n_letters / 8.0) : 0;
  x[BMN_TAG_FEATURE_LETTER_GROUPS] = groups;
  x[BMN_TAG_FEATURE_LETTER_RUN] = groups >= .3 ? letter_run (tag, spelling) : 0;
  x[BMN_TAG_FEATURE_PARTS] = share_of_parts (tag, spelling);
  x[BMN_TAG_FEATURE_STARTS] = bmn_spelling_has_start (spelling, tag->start);
}

static void
set_text (const Row *row)
{
  const BmnTagQuery *query = row->query;
  const BmnTagEvidence *evidence = row->evidence;
  double *x = row->x;
  x[BMN_TAG_FEATURE_SIMILAR] = log (evidence->similar / query->similar_total + .005);
  x[BMN_TAG_FEATURE_SIMILAR_30_DAYS]
      = log (evidence->similar_30_days / query->similar_30_days_total + .005);
  x[BMN_TAG_FEATURE_SIMILAR_3_DAYS]
      = log (evidence->similar_3_days / query->similar_3_days_total + .005);
  x[BMN_TAG_FEATURE_MOST_SIMILAR] = evidence->most_similar / query->rarity;
  x[BMN_TAG_FEATURE_SIMILAR_WEEK] = evidence->most_similar_week / query->rarity;
  x[BMN_TAG_FEATURE_NEAREST] = evidence->nearest;
  x[BMN_TAG_FEATURE_WORD_LOG_RATIO] = log1p (evidence->word_log_ratio);
  x[BMN_TAG_FEATURE_WORD_BEST] = evidence->word_best;
  x[BMN_TAG_FEATURE_WORD_ANY] = log (evidence->word_any + .02);
  x[BMN_TAG_FEATURE_WORD_BEST_FADED] = evidence->word_best_faded;
  x[BMN_TAG_FEATURE_WORD_ANY_FADED] = log (evidence->word_any_faded + .02);
  x[BMN_TAG_FEATURE_COVERAGE] = log (evidence->coverage + .01);
  x[BMN_TAG_FEATURE_COVERAGE_BEST] = evidence->coverage_best / 5;
  x[BMN_TAG_FEATURE_MENTION] = evidence->mention;
  x[BMN_TAG_FEATURE_DOMAIN] = evidence->domain;
  x[BMN_TAG_FEATURE_FIRST_WORD] = evidence->first_word;
  x[BMN_TAG_FEATURE_LAST_WORD] = evidence->last_word;
  x[BMN_TAG_FEATURE_SHAPE] = evidence->shape / 3;
}

/* What is the same for all tags of the list. */
static void
set_moment (const Row *row)
{
  const BmnTagHistory *history = row->query->history;
  double now = row->query->moment.at;
  double *x = row->x;
  x[BMN_TAG_FEATURE_REPEAT_RATE] = history->repeat;
  x[BMN_TAG_FEATURE_SINCE_POST]
      = history->n_posts > 0 ? log (1 + MAX (0, now - history->last_at) / HOUR) : 5;
  x[BMN_TAG_FEATURE_SINCE_TAGGED]
      = history->n_tagged > 0 ? log (1 + MAX (0, now - history->last_tagged_at) / HOUR) : 5;
  x[BMN_TAG_FEATURE_N_TAGGED] = log (1 + history->n_tagged);
  x[BMN_TAG_FEATURE_N_TAGS] = log (1 + history->tags->len);
  x[BMN_TAG_FEATURE_N_WORDS] = row->query->reading->words->len / 10.0;
  x[BMN_TAG_FEATURE_MEAN_TAGS] = history->mean_tags;
}

/* Base levels compare the tags of the list, so all are needed first. */
static void
set_base_levels (const BmnTagQuery *query, double *rows)
{
  guint n = query->candidates->len;
  double best = -INFINITY, total = 0;
  for (guint i = 0; i < n; i++)
    {
      const BmnTag *tag
          = bmn_tag_history_get (query->history, g_array_index (query->candidates, guint, i));
      double level = base_level (tag, query->moment.at);
      rows[i * BMN_N_TAG_FEATURES + BMN_TAG_FEATURE_BASE_LEVEL] = level;
      best = MAX (best, level);
    }
  for (guint i = 0; i < n; i++)
    total += exp (rows[i * BMN_N_TAG_FEATURES + BMN_TAG_FEATURE_BASE_LEVEL] - best);
  for (guint i = 0; i < n; i++)
    {
      double *x = rows + i * BMN_N_TAG_FEATURES;
      double level = x[BMN_TAG_FEATURE_BASE_LEVEL];
      x[BMN_TAG_FEATURE_BASE_LEVEL] = level / 4 + 3;
      x[BMN_TAG_FEATURE_BASE_LEVEL_SHARE] = log (exp (level - best) / total + .003);
    }
}

double *
bmn_tag_features_compute (const BmnTagQuery *query)
{
  guint n = query->candidates->len;
  double *rows = g_new0 (double, n *BMN_N_TAG_FEATURES + 1);
  for (guint i = 0; i < n; i++)
    {
      guint id = g_array_index (query->candidates, guint, i);
      const BmnTag *tag = bmn_tag_history_get (query->history, id);
      Row row = { query,
                  &query->by_tag[id],
                  tag,
                  id,
                  bmn_tag_count (tag),
                  MAX (0, query->moment.at - bmn_tag_last_at (tag)),
                  rows + i * BMN_N_TAG_FEATURES };
      set_use (&row);
      set_sequence (&row);
      set_calendar (&row);
      set_spelling (&row);
      set_text (&row);
      set_moment (&row);
    }
  set_base_levels (query, rows);
  return rows;
}
