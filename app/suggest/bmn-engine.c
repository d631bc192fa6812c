#include "bmn-engine-private.h"
#include "bmn-levers-private.h"

#include <math.h>
#include <stdlib.h>

/*
 * The costly parts of learning, ranking and forecasting a post that is already out, are done
 * for every post at first, for every second after so many, for every third after twice as
 * many: what one more teaches gets less just so, and 100 000 posts are learnt in seconds.
 */
#define ALL_TAGGED 700
#define ALL_FORECAST 4000

/* Counts read later than this after they settled are as of an imported history. */
#define MAX_LATE (5 * G_TIME_SPAN_DAY)

/* Posts that wait for counts which may never come: more are given up, oldest first. */
#define MAX_WAITING 4096

/* Forgets what waits for the counts of a post. */
static void
stop_waiting (BmnRecord *record)
{
  g_clear_pointer (&record->reading, bmn_reading_free);
  g_clear_pointer (&record->prediction, g_free);
}

static void
free_record (gpointer data)
{
  BmnRecord *record = data;
  stop_waiting (record);
  g_free (record->text);
  g_free (record->language);
  g_free (record);
}

/* What was told of a post, without what was learnt. */
static BmnRecord *
copy_record (const BmnRecord *record)
{
  BmnRecord *copy = g_memdup2 (record, sizeof *record);
  copy->text = g_strdup (record->text);
  copy->language = g_strdup (record->language);
  copy->reading = NULL;
  copy->prediction = NULL;
  return copy;
}

static void
init_state (BmnEngine *engine)
{
  bmn_vocabulary_init (&engine->vocabulary);
  bmn_tag_history_init (&engine->tags);
  bmn_tag_ranker_init (&engine->ranker, engine->weights);
  bmn_tag_query_init (&engine->query);
  bmn_forecaster_init (&engine->forecaster, engine->weights);
  g_queue_init (&engine->waiting);
}

static void
clear_state (BmnEngine *engine)
{
  bmn_vocabulary_clear (&engine->vocabulary);
  bmn_tag_history_clear (&engine->tags);
  bmn_tag_ranker_clear (&engine->ranker);
  bmn_tag_query_clear (&engine->query);
  bmn_forecaster_clear (&engine->forecaster);
  g_queue_clear (&engine->waiting);
  for (guint i = 0; i < engine->records->len; i++)
    {
      BmnRecord *record = g_ptr_array_index (engine->records, i);
      stop_waiting (record);
      record->has_lift = record->has_base = FALSE;
    }
}

BmnEngine *
bmn_engine_new_with_weights (const char *zone, BmnWeights *weights)
{
  BmnEngine *engine = g_new0 (BmnEngine, 1);
  engine->weights = bmn_weights_ref (weights);
  engine->zone = zone ? g_time_zone_new_identifier (zone) : NULL;
  if (!engine->zone)
    engine->zone = g_time_zone_new_utc ();
  engine->records = g_ptr_array_new_with_free_func (free_record);
  engine->places = g_hash_table_new (g_int64_hash, g_int64_equal);
  engine->events = g_array_new (FALSE, FALSE, sizeof (BmnEvent));
  engine->reader = bmn_reader_new ();
  bmn_levers_init (&engine->levers);
  init_state (engine);
  return engine;
}

BmnEngine *
bmn_engine_new (const char *zone)
{
  g_autoptr (BmnWeights) weights = bmn_weights_new_shipped ();
  return bmn_engine_new_with_weights (zone, weights);
}

void
bmn_engine_free (BmnEngine *engine)
{
  clear_state (engine);
  bmn_reader_free (engine->reader);
  bmn_levers_clear (&engine->levers);
  g_array_unref (engine->events);
  g_hash_table_unref (engine->places);
  g_ptr_array_unref (engine->records);
  g_time_zone_unref (engine->zone);
  bmn_weights_unref (engine->weights);
  g_free (engine);
}

void
bmn_engine_set_trace (BmnEngine *engine, const BmnEngineTrace *trace)
{
  engine->trace = trace ? *trace : (BmnEngineTrace){ 0 };
}

BmnMoment
bmn_engine_moment (const BmnEngine *engine, gint64 at)
{
  gint64 seconds = at >= 0 ? at / G_USEC_PER_SEC : -((-at + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  int interval = g_time_zone_find_interval (engine->zone, G_TIME_TYPE_UNIVERSAL, seconds);
  gint64 local = seconds + g_time_zone_get_offset (engine->zone, MAX (0, interval));
  gint64 days = local >= 0 ? local / 86400 : -((-local + 86399) / 86400);
  int weekday = (int)(((days + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
  return (BmnMoment){ at / (double)G_USEC_PER_SEC, weekday, (int)((local - days * 86400) / 3600) };
}

void
bmn_engine_run_query (BmnEngine *engine, const BmnReading *reading, const BmnMoment *moment)
{
  g_autofree char *lower = bmn_reader_lower (engine->reader, reading->plain);
  bmn_tag_query_run (&engine->query, &engine->tags, reading, bmn_spelling_new (lower), moment);
}

/* More than there are people; keeps sums of what a server says from overflowing. */
#define MAX_COUNT (G_MAXINT64 / 1024)

static gboolean
is_turn (guint n, guint all)
{
  return n % (1 + n / all) == 0;
}

static void
teach_ranker (BmnEngine *engine, const BmnReading *reading, const BmnMoment *moment)
{
  gboolean is_lesson = is_turn (engine->tags.n_tagged, ALL_TAGGED);
  if (!is_lesson && !engine->trace.every_post)
    return;
  bmn_engine_run_query (engine, reading, moment);
  g_autoptr (BmnTagRanking) ranking = bmn_tag_ranker_rank (&engine->ranker, &engine->query);
  if (engine->trace.ranked)
    engine->trace.ranked (&engine->query, ranking, &engine->tags, reading, engine->trace.data);
  if (is_lesson)
    bmn_tag_ranker_learn (&engine->ranker, ranking, &engine->tags, reading->tags);
}

/* Forecasts a post that is out, for the forecaster to learn from. */
static BmnPrediction *
predict_post (BmnEngine *engine, const BmnReading *reading, const BmnMoment *moment)
{
  gboolean is_lesson = is_turn (engine->forecaster.n_times, ALL_FORECAST);
  if (!bmn_forecaster_has_base (&engine->forecaster) || (!is_lesson && !engine->trace.every_post))
    return NULL;
  BmnPrediction *prediction = g_new (BmnPrediction, 1);
  bmn_forecaster_predict (&engine->forecaster, engine->reader, reading, moment, prediction);
  prediction->is_lesson = is_lesson;
  if (engine->trace.counted)
    bmn_forecaster_set_interval (&engine->forecaster, prediction);
  return prediction;
}

/* Keeps with the post what was read of it and what is forecast of it now. */
static void
wait_for_counts (BmnEngine *engine, guint place, BmnReading *reading, const BmnMoment *moment)
{
  BmnRecord *record = g_ptr_array_index (engine->records, place);
  record->reading = reading;
  record->prediction = predict_post (engine, reading, moment);
  record->has_base = bmn_forecaster_has_base (&engine->forecaster);
  record->base = bmn_forecaster_get_base (&engine->forecaster, NULL);
  g_queue_push_tail (&engine->waiting, GUINT_TO_POINTER (place));
  if (g_queue_get_length (&engine->waiting) > MAX_WAITING)
    stop_waiting (g_ptr_array_index (engine->records,
                                     GPOINTER_TO_UINT (g_queue_pop_head (&engine->waiting))));
}

static void
learn_post (BmnEngine *engine, guint place)
{
  const BmnRecord *record = g_ptr_array_index (engine->records, place);
  BmnMoment moment = bmn_engine_moment (engine, record->at);
  g_autoptr (BmnReading) reading
      = bmn_reader_read (engine->reader, &engine->vocabulary, TRUE, record->text);
  if (!record->is_reply && reading->tags->len > 0 && engine->tags.n_tagged >= BMN_ENGINE_MIN_TAGGED)
    teach_ranker (engine, reading, &moment);
  bmn_tag_history_observe (&engine->tags, reading, &moment, record->is_reply, place);
  if (!record->is_reply)
    wait_for_counts (engine, place, g_steal_pointer (&reading), &moment);
  bmn_forecaster_note_post (&engine->forecaster, moment.at);
}

static void
learn_counts (BmnEngine *engine, guint place)
{
  BmnRecord *record = g_ptr_array_index (engine->records, place);
  if (record->is_reply)
    return;
  BmnMoment moment = bmn_engine_moment (engine, record->at);
  if (!record->reading)
    record->reading = bmn_reader_read (engine->reader, &engine->vocabulary, TRUE, record->text);
  double value = log1p (record->engagement);
  record->has_lift = bmn_forecaster_has_base (&engine->forecaster);
  record->lift = value - bmn_forecaster_get_base (&engine->forecaster, NULL);
  if (record->prediction && engine->trace.counted)
    engine->trace.counted (record->prediction, value, engine->trace.data);
  bmn_forecaster_learn (&engine->forecaster, engine->reader, record->reading, &moment,
                        record->prediction, value, place);
  if (record->has_base)
    bmn_forecaster_note_time (&engine->forecaster, &moment, value - record->base);
  stop_waiting (record);
  g_queue_remove (&engine->waiting, GUINT_TO_POINTER (place));
}

static void
learn (BmnEngine *engine, const BmnEvent *event)
{
  const BmnRecord *record = g_ptr_array_index (engine->records, event->record);
  if (record->is_excluded)
    return;
  if (event->is_counts)
    learn_counts (engine, event->record);
  else
    learn_post (engine, event->record);
}

/* Takes an event in; learns it at once where it is the latest. */
static void
add_event (BmnEngine *engine, gint64 at, guint record, gboolean is_counts)
{
  BmnEvent event = { at, record, is_counts };
  g_array_append_val (engine->events, event);
  if (at < engine->latest)
    engine->is_stale = TRUE;
  else
    engine->latest = at;
  if (!engine->is_stale)
    learn (engine, &event);
}

/* Stable: events of one time stay in the order of the calls. */
static int
compare_events (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 x = ((const BmnEvent *)a)->at, y = ((const BmnEvent *)b)->at;
  return (x > y) - (x < y);
}

void
bmn_engine_refresh (BmnEngine *engine)
{
  if (!engine->is_stale)
    return;
  clear_state (engine);
  init_state (engine);
  g_qsort_with_data (engine->events->data, (gint)engine->events->len, sizeof (BmnEvent),
                     compare_events, NULL);
  for (guint i = 0; i < engine->events->len; i++)
    learn (engine, &g_array_index (engine->events, BmnEvent, i));
  engine->is_stale = FALSE;
}

void
bmn_engine_replay (BmnEngine *engine, const BmnEngineTrace *trace)
{
  bmn_engine_refresh (engine);
  BmnEngine twin = *engine;
  twin.trace = *trace;
  twin.records = g_ptr_array_new_with_free_func (free_record);
  for (guint i = 0; i < engine->records->len; i++)
    g_ptr_array_add (twin.records, copy_record (g_ptr_array_index (engine->records, i)));
  init_state (&twin);
  for (guint i = 0; i < twin.events->len; i++)
    learn (&twin, &g_array_index (twin.events, BmnEvent, i));
  clear_state (&twin);
  g_ptr_array_unref (twin.records);
}

/* Returns: whether the post is new to the engine */
static gboolean
add_record (BmnEngine *engine, const BmnHistoryPost *post)
{
  if (g_hash_table_contains (engine->places, &post->id))
    return FALSE;
  BmnRecord *record = g_new0 (BmnRecord, 1);
  record->id = post->id;
  record->at = post->published_at;
  record->text = bmn_reader_sanitise (post->text ? post->text : "");
  record->language = g_strdup (post->language);
  record->is_reply = post->is_reply;
  record->engagement = BMN_COUNT_UNKNOWN;
  g_ptr_array_add (engine->records, record);
  g_hash_table_insert (engine->places, &record->id, GUINT_TO_POINTER (engine->records->len));
  return TRUE;
}

void
bmn_engine_observe (BmnEngine *engine, const BmnHistoryPost *post)
{
  if (add_record (engine, post))
    add_event (engine, post->published_at, engine->records->len - 1, FALSE);
}

void
bmn_engine_set_counts (BmnEngine *engine,
                       gint64 post_id,
                       gint64 likes,
                       gint64 reposts,
                       gint64 replies,
                       gint64 known_at)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (engine->places, &post_id));
  if (place == 0)
    return;
  BmnRecord *record = g_ptr_array_index (engine->records, place - 1);
  if (record->engagement != BMN_COUNT_UNKNOWN)
    return;
  record->engagement
      = CLAMP (likes, 0, MAX_COUNT) + CLAMP (reposts, 0, MAX_COUNT) + CLAMP (replies, 0, MAX_COUNT);
  /* Counts cannot be known before the post is out, whatever a clock said. */
  add_event (engine, MAX (known_at, record->at), place - 1, TRUE);
}

static gboolean
has_counts (const BmnHistoryPost *post)
{
  return post->likes != BMN_COUNT_UNKNOWN || post->reposts != BMN_COUNT_UNKNOWN
         || post->replies != BMN_COUNT_UNKNOWN;
}

gint64
bmn_engine_when_known (gint64 published_at, gint64 counted_at)
{
  gint64 settled = published_at + BMN_ENGINE_SETTLING_TIME;
  if (counted_at != 0 && counted_at < settled)
    return -1;
  return counted_at - settled <= MAX_LATE ? MAX (settled, counted_at) : settled;
}

void
bmn_engine_add_history (BmnEngine *engine, GPtrArray *posts, gint64 now)
{
  /* Counts go first, so that those of one moment come before a post of the same: who
   * writes at noon knows what is told at noon. */
  engine->is_stale = TRUE;
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  for (guint i = 0; i < posts->len; i++)
    {
      const BmnHistoryPost *post = g_ptr_array_index (posts, i);
      if (add_record (engine, post))
        g_ptr_array_add (fresh, (gpointer)post);
    }
  for (guint i = 0; i < fresh->len; i++)
    {
      const BmnHistoryPost *post = g_ptr_array_index (fresh, i);
      gint64 known_at = post->published_at + BMN_ENGINE_SETTLING_TIME;
      if (has_counts (post) && known_at <= now)
        bmn_engine_set_counts (engine, post->id, post->likes, post->reposts, post->replies,
                               known_at);
    }
  for (guint i = 0; i < fresh->len; i++)
    {
      const BmnHistoryPost *post = g_ptr_array_index (fresh, i);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (engine->places, &post->id)) - 1;
      add_event (engine, post->published_at, place, FALSE);
    }
}

guint
bmn_engine_get_n_posts (const BmnEngine *engine)
{
  return engine->records->len;
}

gint64
bmn_engine_get_latest (const BmnEngine *engine)
{
  return engine->latest;
}

BmnLevers *
bmn_engine_get_levers (BmnEngine *engine)
{
  return &engine->levers;
}

void
bmn_engine_exclude_post (BmnEngine *engine, gint64 post_id, gboolean exclude)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (engine->places, &post_id));
  if (place == 0)
    return;
  BmnRecord *record = g_ptr_array_index (engine->records, place - 1);
  if (record->is_excluded == exclude)
    return;
  record->is_excluded = exclude;
  engine->is_stale = TRUE;
}
