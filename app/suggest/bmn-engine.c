#include "bmn-engine-private.h"
#include "bmn-levers-private.h"

#include <stdlib.h>
#include <string.h>

/* Counts read later than this after they settled are as of an imported history. */
#define MAX_LATE (5 * G_TIME_SPAN_DAY)

/* More than there are people; keeps sums of what a server says from overflowing. */
#define MAX_COUNT (G_MAXINT64 / 1024)

void
bmn_record_stop_waiting (BmnRecord *record)
{
  g_clear_pointer (&record->reading, bmn_reading_unref);
  g_clear_pointer (&record->prediction, g_free);
}

void
bmn_record_free (BmnRecord *record)
{
  bmn_record_stop_waiting (record);
  g_free (record->text);
  g_free (record);
}

static void
free_record (gpointer data)
{
  bmn_record_free (data);
}

/* What was told of a post, without what was learnt. */
static BmnRecord *
copy_record (const BmnRecord *record)
{
  BmnRecord *copy = g_memdup2 (record, sizeof *record);
  copy->text = g_strdup (record->text);
  copy->reading = NULL;
  copy->prediction = NULL;
  return copy;
}

static void
clear_sibling (gpointer data)
{
  g_free (((BmnSibling *)data)->name);
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
  engine->hashtag_tally = (BmnHashtagTally){ 0 };
  engine->forecast_tally = (BmnForecastTally){ 0 };
  engine->n_learnt = 0;
}

static void
free_state (BmnEngine *engine)
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
      bmn_record_stop_waiting (record);
      record->has_lift = record->has_base = FALSE;
    }
}

void
bmn_engine_clear_state (BmnEngine *engine)
{
  free_state (engine);
  init_state (engine);
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
  bmn_key_map_init (&engine->places);
  engine->languages = g_string_chunk_new (256);
  engine->events = g_array_new (FALSE, FALSE, sizeof (BmnEvent));
  engine->siblings = g_array_new (FALSE, FALSE, sizeof (BmnSibling));
  g_array_set_clear_func (engine->siblings, clear_sibling);
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
  free_state (engine);
  bmn_engine_set_history_func (engine, NULL, NULL, NULL);
  bmn_reader_free (engine->reader);
  bmn_levers_clear (&engine->levers);
  g_array_unref (engine->siblings);
  g_array_unref (engine->events);
  g_string_chunk_free (engine->languages);
  bmn_key_map_clear (&engine->places);
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

/* What of the events of one moment comes first: counts from a history, then its posts, then
 * what was told by itself, in the order of the calls. */
static int
rank_of (const BmnEvent *event)
{
  return event->is_history ? (event->is_counts ? 0 : 1) : 2;
}

/* Stable where it gives 0. The order of a history depends on nothing but the history. */
static int
compare_events (gconstpointer a, gconstpointer b, gpointer data)
{
  const BmnEvent *x = a, *y = b;
  const BmnEngine *engine = data;
  if (x->at != y->at)
    return x->at > y->at ? 1 : -1;
  if (rank_of (x) != rank_of (y))
    return rank_of (x) - rank_of (y);
  if (!x->is_history)
    return 0;
  gint64 first = ((const BmnRecord *)g_ptr_array_index (engine->records, x->record))->id;
  gint64 second = ((const BmnRecord *)g_ptr_array_index (engine->records, y->record))->id;
  return (first > second) - (first < second);
}

static void
sort_events (BmnEngine *engine, guint from)
{
  g_qsort_with_data (&g_array_index (engine->events, BmnEvent, from),
                     (gint)(engine->events->len - from), sizeof (BmnEvent), compare_events, engine);
}

/* Takes in the events from @from on, which are sorted: they are learnt next, unless they come
 * before what was learnt. */
static void
check_order (BmnEngine *engine, guint from)
{
  const BmnEvent *events = (const BmnEvent *)engine->events->data;
  if (from > 0 && from < engine->events->len
      && compare_events (&events[from - 1], &events[from], engine) > 0)
    engine->is_stale = TRUE;
  for (guint i = from; i < engine->events->len; i++)
    engine->latest = MAX (engine->latest, events[i].at);
}

/* Takes an event in; learns it at once where that is possible. */
static void
add_event (BmnEngine *engine, gint64 at, guint record, gboolean is_counts)
{
  BmnEvent event = { at, record, is_counts, FALSE };
  guint n = engine->events->len;
  g_array_append_val (engine->events, event);
  check_order (engine, n);
  if (!engine->is_stale && engine->n_learnt == n)
    bmn_engine_learn_events (engine);
}

void
bmn_engine_refresh (BmnEngine *engine)
{
  /* Learning may find a text that changed, and then starts again with it. */
  while (engine->is_stale || engine->n_learnt < engine->events->len)
    {
      if (engine->is_stale)
        {
          bmn_engine_fetch_texts (engine, G_MININT64);
          bmn_engine_clear_state (engine);
          sort_events (engine, 0);
          engine->is_stale = FALSE;
        }
      bmn_engine_learn_events (engine);
    }
}

void
bmn_engine_replay (BmnEngine *engine, const BmnEngineTrace *trace)
{
  bmn_engine_fetch_texts (engine, G_MININT64);
  bmn_engine_refresh (engine);
  BmnEngine twin = *engine;
  twin.trace = *trace;
  twin.records = g_ptr_array_new_with_free_func (free_record);
  for (guint i = 0; i < engine->records->len; i++)
    g_ptr_array_add (twin.records, copy_record (g_ptr_array_index (engine->records, i)));
  init_state (&twin);
  bmn_engine_learn_events (&twin);
  free_state (&twin);
  g_ptr_array_unref (twin.records);
}

BmnRecord *
bmn_engine_find_record (const BmnEngine *engine, gint64 post_id)
{
  guint64 key = bmn_engine_key (post_id);
  guint place = key == 0 ? BMN_KEY_MAP_NONE : bmn_key_map_lookup (&engine->places, key);
  return place == BMN_KEY_MAP_NONE ? NULL : g_ptr_array_index (engine->records, place);
}

void
bmn_engine_add_record (BmnEngine *engine, BmnRecord *record)
{
  bmn_key_map_insert (&engine->places, bmn_engine_key (record->id), engine->records->len);
  g_ptr_array_add (engine->records, record);
}

/* Returns: whether the post is new to the engine */
static gboolean
add_post (BmnEngine *engine, const BmnHistoryPost *post)
{
  if (bmn_engine_key (post->id) == 0 || bmn_engine_find_record (engine, post->id))
    return FALSE;
  BmnRecord *record = g_new0 (BmnRecord, 1);
  record->id = post->id;
  record->at = post->published_at;
  record->text = bmn_reader_sanitise (post->text ? post->text : "");
  record->text_hash = bmn_hash_bytes (record->text, strlen (record->text));
  if (post->language)
    record->language = g_string_chunk_insert_const (engine->languages, post->language);
  record->is_reply = post->is_reply != FALSE;
  record->engagement = BMN_COUNT_UNKNOWN;
  bmn_engine_add_record (engine, record);
  return TRUE;
}

void
bmn_engine_observe (BmnEngine *engine, const BmnHistoryPost *post)
{
  if (add_post (engine, post))
    add_event (engine, post->published_at, engine->records->len - 1, FALSE);
}

static gint64
engagement_of (gint64 likes, gint64 reposts, gint64 replies)
{
  return CLAMP (likes, 0, MAX_COUNT) + CLAMP (reposts, 0, MAX_COUNT)
         + CLAMP (replies, 0, MAX_COUNT);
}

static guint
place_of (const BmnEngine *engine, const BmnRecord *record)
{
  return bmn_key_map_lookup (&engine->places, bmn_engine_key (record->id));
}

void
bmn_engine_set_counts (BmnEngine *engine,
                       gint64 post_id,
                       gint64 likes,
                       gint64 reposts,
                       gint64 replies,
                       gint64 known_at)
{
  BmnRecord *record = bmn_engine_find_record (engine, post_id);
  if (!record || record->engagement != BMN_COUNT_UNKNOWN)
    return;
  record->engagement = engagement_of (likes, reposts, replies);
  /* Counts cannot be known before the post is out, whatever a clock said. */
  add_event (engine, MAX (known_at, record->at), place_of (engine, record), TRUE);
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
  gint64 settled = published_at > G_MAXINT64 - BMN_ENGINE_SETTLING_TIME
                       ? G_MAXINT64
                       : published_at + BMN_ENGINE_SETTLING_TIME;
  if (counted_at != 0 && counted_at < settled)
    return -1;
  return counted_at == 0 || counted_at - settled > MAX_LATE ? settled : counted_at;
}

static void
append_event (BmnEngine *engine, gint64 at, guint record, gboolean is_counts)
{
  BmnEvent event = { at, record, is_counts, TRUE };
  g_array_append_val (engine->events, event);
}

/* Appends what is new of a post; its order is looked at later. */
static void
add_history_post (BmnEngine *engine, const BmnHistoryPost *post, gint64 now)
{
  gboolean is_new = add_post (engine, post);
  BmnRecord *record = bmn_engine_find_record (engine, post->id);
  if (!record)
    return;
  if (is_new)
    append_event (engine, post->published_at, engine->records->len - 1, FALSE);
  else
    bmn_engine_take_text (engine, record, post);
  gint64 known_at = bmn_engine_when_known (post->published_at, post->counted_at);
  gboolean is_known = (known_at >= 0 || post->counted_at == 0) && known_at <= now;
  if (!is_known || !has_counts (post) || record->engagement != BMN_COUNT_UNKNOWN)
    return;
  record->engagement = engagement_of (post->likes, post->reposts, post->replies);
  append_event (engine, MAX (known_at, record->at), place_of (engine, record), TRUE);
}

void
bmn_engine_add_history (BmnEngine *engine, GPtrArray *posts, gint64 now)
{
  guint n = engine->events->len;
  for (guint i = 0; i < posts->len; i++)
    add_history_post (engine, g_ptr_array_index (posts, i), now);
  sort_events (engine, n);
  check_order (engine, n);
}

guint
bmn_engine_get_n_posts (const BmnEngine *engine)
{
  guint n = 0;
  for (guint i = 0; i < engine->records->len; i++)
    n += ((const BmnRecord *)g_ptr_array_index (engine->records, i))->is_gone ? 0 : 1;
  return n;
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

static void
exclude (BmnEngine *engine, BmnRecord *record, gboolean is_excluded)
{
  if (record->is_excluded == (is_excluded != FALSE))
    return;
  record->is_excluded = is_excluded != FALSE;
  engine->is_stale = TRUE;
}

void
bmn_engine_exclude_post (BmnEngine *engine, gint64 post_id, gboolean is_excluded)
{
  BmnRecord *record = bmn_engine_find_record (engine, post_id);
  if (record)
    exclude (engine, record, is_excluded);
}

void
bmn_engine_set_excluded_posts (BmnEngine *engine, const gint64 *post_ids, guint n_post_ids)
{
  g_autoptr (GHashTable) excluded = g_hash_table_new (g_direct_hash, g_direct_equal);
  for (guint i = 0; i < n_post_ids; i++)
    {
      BmnRecord *record = bmn_engine_find_record (engine, post_ids[i]);
      if (record)
        g_hash_table_add (excluded, record);
    }
  for (guint i = 0; i < engine->records->len; i++)
    {
      BmnRecord *record = g_ptr_array_index (engine->records, i);
      exclude (engine, record, g_hash_table_contains (excluded, record));
    }
}
