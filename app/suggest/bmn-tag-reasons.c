#include "bmn-reasons-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DAY 86400.0

/* Posts that a reason from the latest ones, and one from similar ones, looks at. */
#define N_LATEST 10
#define N_SIMILAR 5

/* Words that a reason names. */
#define N_WORDS 3

typedef struct
{
  const BmnEngine *engine;
  const BmnTagHistory *history;
  const BmnTagQuery *query;
  const BmnTag *tag;
  guint id;
} Subject;

static gint64
instant_of (double seconds)
{
  return (gint64)(seconds * G_USEC_PER_SEC);
}

void
bmn_reasons_add_example (const BmnEngine *engine, GArray *ids, guint post)
{
  if (ids->len >= BMN_REASON_MAX_EXAMPLES)
    return;
  const BmnRecord *record = g_ptr_array_index (engine->records, post);
  g_array_append_val (ids, record->id);
}

static gboolean
document_has (const Subject *subject, guint document)
{
  guint n;
  const guint *tags = bmn_tag_history_get_document_tags (subject->history, document, &n);
  for (guint i = 0; i < n; i++)
    {
      if (tags[i] == subject->id)
        return TRUE;
    }
  return FALSE;
}

/* Counts a tagged post for or against. */
static void
count_document (const Subject *subject, BmnReason *reason, guint document)
{
  const BmnDocument *found
      = &g_array_index (subject->history->neighbours.documents, BmnDocument, document);
  gboolean has = document_has (subject, document);
  reason->of++;
  reason->n += has ? 1 : 0;
  bmn_reasons_add_example (subject->engine, has ? reason->posts_for : reason->posts_against,
                           found->post);
}

static void
add_latest_uses (const Subject *subject, BmnReason *reason)
{
  for (guint i = subject->tag->n_uses; i-- > 0 && reason->posts_for->len < BMN_REASON_MAX_EXAMPLES;)
    bmn_reasons_add_example (
        subject->engine, reason->posts_for,
        bmn_tag_history_get_post (subject->history, bmn_tag_get_use (subject->tag, i)));
}

static gboolean
show_recent (const Subject *subject, BmnReason *reason)
{
  guint n = subject->history->neighbours.documents->len;
  for (guint i = n; i-- > 0 && n - i <= N_LATEST;)
    {
      count_document (subject, reason, i);
      double at = g_array_index (subject->history->neighbours.documents, BmnDocument, i).at;
      reason->from = instant_of (at);
      reason->to = MAX (reason->to, instant_of (at));
    }
  return reason->n > 0;
}

static gboolean
show_often (const Subject *subject, BmnReason *reason)
{
  reason->n = bmn_tag_count (subject->tag);
  reason->from = instant_of (bmn_tag_first_at (subject->tag));
  reason->to = instant_of (bmn_tag_last_at (subject->tag));
  add_latest_uses (subject, reason);
  return reason->n > 1;
}

static gboolean
show_similar (const Subject *subject, BmnReason *reason)
{
  for (guint i = 0; i < MIN (N_SIMILAR, subject->query->n_neighbours); i++)
    count_document (subject, reason, subject->query->neighbours[i].document);
  return reason->n > 0;
}

/* Counts the tagged posts with any of the words. */
static void
count_posts_with (const Subject *subject, BmnReason *reason, const guint *words, guint n_words)
{
  g_autoptr (GArray) documents
      = bmn_neighbours_with_words (&subject->history->neighbours, words, n_words);
  for (guint i = documents->len; i-- > 0;)
    count_document (subject, reason, g_array_index (documents, guint, i));
}

static gboolean
show_words (const Subject *subject, BmnReason *reason)
{
  const BmnReading *reading = subject->query->reading;
  BmnTop top;
  bmn_top_init (&top, N_WORDS);
  for (guint i = 0; i < reading->words->len; i++)
    {
      const BmnReadWord *word = &g_array_index (reading->words, BmnReadWord, i);
      const BmnTagLinks *row = bmn_tag_history_get_word_links (subject->history, word->id);
      guint with = row ? bmn_tag_links_get (row, subject->id) : 0;
      if (with > 0 && !word->is_mention)
        bmn_top_add (&top, word->id, with / (row->n + 1.5));
    }
  if (top.n == 0)
    return FALSE;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  for (guint i = 0; i < top.n; i++)
    g_strv_builder_add (words, bmn_vocabulary_get (&subject->engine->vocabulary, top.ids[i]));
  reason->words = g_strv_builder_end (words);
  count_posts_with (subject, reason, top.ids, top.n);
  return reason->n > 0;
}

static gboolean
show_mention (const Subject *subject, BmnReason *reason)
{
  const BmnReading *reading = subject->query->reading;
  BmnTop top;
  bmn_top_init (&top, 1);
  for (guint i = 0; i < reading->words->len; i++)
    {
      const BmnReadWord *word = &g_array_index (reading->words, BmnReadWord, i);
      if (!word->is_mention)
        continue;
      const BmnTagLinks *row = bmn_tag_history_get_word_links (subject->history, word->id);
      if (row && bmn_tag_links_get (row, subject->id) > 0)
        bmn_top_add (&top, word->id, bmn_tag_links_get (row, subject->id) / (row->n + 1.5));
    }
  if (top.n == 0)
    return FALSE;
  const BmnTagLinks *best = bmn_tag_history_get_word_links (subject->history, top.ids[0]);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_strv_builder_add (words, bmn_vocabulary_get (&subject->engine->vocabulary, top.ids[0]));
  reason->words = g_strv_builder_end (words);
  reason->n = bmn_tag_links_get (best, subject->id);
  reason->of = best->n;
  return TRUE;
}

static gboolean
show_link (const Subject *subject, BmnReason *reason)
{
  const GArray *domains = subject->query->reading->domains;
  for (guint i = 0; i < domains->len; i++)
    {
      guint host = g_array_index (domains, guint, i);
      const BmnTagLinks *row = bmn_link_table_lookup (&subject->history->context_links,
                                                      bmn_key (BMN_KEY_DOMAIN, host, 0));
      if (!row || bmn_tag_links_get (row, subject->id) == 0)
        continue;
      g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
      g_strv_builder_add (words, bmn_vocabulary_get (&subject->engine->vocabulary, host));
      reason->words = g_strv_builder_end (words);
      reason->n = bmn_tag_links_get (row, subject->id);
      reason->of = row->n;
      return TRUE;
    }
  return FALSE;
}

static gboolean
show_follows (const Subject *subject, BmnReason *reason)
{
  const GArray *last = subject->history->last_tags;
  double best = 0;
  for (guint i = 0; i < last->len; i++)
    {
      const BmnTag *before = bmn_tag_history_get (subject->history, g_array_index (last, guint, i));
      guint n = bmn_tag_links_get (&before->next, subject->id);
      double share = n / (before->next.n + 1.5);
      if (share <= best)
        continue;
      best = share;
      g_clear_pointer (&reason->words, g_strfreev);
      g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
      g_autofree char *spelling = g_strconcat ("#", bmn_tag_get_spelling (before), NULL);
      g_strv_builder_add (words, spelling);
      reason->words = g_strv_builder_end (words);
      reason->n = n;
      reason->of = before->next.n;
    }
  return best > 0;
}

/* Weekday or hour: what the tag's uses lean to more. */
static gboolean
show_calendar (const Subject *subject, BmnReason *reason)
{
  const BmnMoment *moment = &subject->query->moment;
  const BmnTag *tag = subject->tag;
  double count = bmn_tag_count (tag);
  double all = MAX (1, subject->history->n_tagged);
  guint around[2] = { 0, 0 };
  for (int i = -1; i <= 1; i++)
    {
      int hour = (moment->hour + 24 + i) % 24;
      around[0] += tag->by_hour[hour];
      around[1] += subject->history->by_hour[hour];
    }
  guint on_day = tag->by_weekday[moment->weekday];
  double day_lean = on_day / count - subject->history->by_weekday[moment->weekday] / all;
  double hour_lean = around[0] / count - around[1] / all;
  gboolean is_day = day_lean >= hour_lean;
  reason->kind = is_day ? BMN_REASON_WEEKDAY : BMN_REASON_HOUR;
  reason->weekday = moment->weekday;
  reason->hour = moment->hour;
  reason->n = is_day ? on_day : around[0];
  reason->of = (guint)count;
  for (guint i = tag->n_uses; i-- > 0;)
    {
      const BmnTagUse *use = bmn_tag_get_use (tag, i);
      BmnMoment then = bmn_engine_moment (subject->engine, instant_of (use->at));
      int distance = ABS (then.hour - moment->hour);
      gboolean same = is_day ? then.weekday == moment->weekday : MIN (distance, 24 - distance) <= 1;
      bmn_reasons_add_example (subject->engine, same ? reason->posts_for : reason->posts_against,
                               bmn_tag_history_get_post (subject->history, use));
    }
  return reason->n > 0 && MAX (day_lean, hour_lean) > 0;
}

static gboolean
show_rhythm (const Subject *subject, BmnReason *reason)
{
  if (bmn_tag_count (subject->tag) < 3)
    return FALSE;
  reason->n = bmn_tag_count (subject->tag);
  reason->usual_days = expm1 (subject->tag->mean_log_gap) / 24;
  reason->days = MAX (0, subject->query->moment.at - bmn_tag_last_at (subject->tag)) / DAY;
  add_latest_uses (subject, reason);
  return TRUE;
}

static gboolean
show_spelled (const Subject *subject, BmnReason *reason)
{
  return subject->query->grams[subject->id] > 0;
}

static gboolean
show_form (const Subject *subject, BmnReason *reason)
{
  return TRUE;
}

static const struct
{
  BmnCause cause;
  BmnReasonKind kind;
  gboolean (*show) (const Subject *subject, BmnReason *reason);
} causes[] = {
  { BMN_CAUSE_RECENT, BMN_REASON_RECENT, show_recent },
  { BMN_CAUSE_OFTEN, BMN_REASON_OFTEN, show_often },
  { BMN_CAUSE_SIMILAR, BMN_REASON_SIMILAR, show_similar },
  { BMN_CAUSE_WORDS, BMN_REASON_WORDS, show_words },
  { BMN_CAUSE_SPELLED, BMN_REASON_SPELLED, show_spelled },
  { BMN_CAUSE_CALENDAR, BMN_REASON_WEEKDAY, show_calendar },
  { BMN_CAUSE_RHYTHM, BMN_REASON_RHYTHM, show_rhythm },
  { BMN_CAUSE_FOLLOWS, BMN_REASON_FOLLOWS, show_follows },
  { BMN_CAUSE_MENTION, BMN_REASON_MENTION, show_mention },
  { BMN_CAUSE_LINK, BMN_REASON_LINK, show_link },
  { BMN_CAUSE_SHAPE, BMN_REASON_FORM, show_form },
};

static int
compare_effects (gconstpointer a, gconstpointer b)
{
  double x = (*(const BmnReason *const *)a)->effect, y = (*(const BmnReason *const *)b)->effect;
  return (x < y) - (x > y);
}

GPtrArray *
bmn_tag_reasons_explain (const BmnEngine *engine, const BmnTagRanking *ranking, guint place)
{
  GPtrArray *reasons = bmn_reasons_new ();
  guint id = ranking->ids[place];
  Subject subject
      = { engine, &engine->tags, &engine->query, bmn_tag_history_get (&engine->tags, id), id };
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      double effect
          = ranking->scores[place]
            - bmn_tag_ranker_score_without (&engine->ranker, ranking, place, causes[i].cause);
      if (effect < BMN_MIN_EFFECT)
        continue;
      g_autoptr (BmnReason) reason = bmn_reason_new (causes[i].kind, effect);
      if (causes[i].show (&subject, reason))
        g_ptr_array_add (reasons, g_steal_pointer (&reason));
    }
  g_ptr_array_sort (reasons, compare_effects);
  if (reasons->len > BMN_MAX_REASONS)
    g_ptr_array_set_size (reasons, BMN_MAX_REASONS);
  return reasons;
}
