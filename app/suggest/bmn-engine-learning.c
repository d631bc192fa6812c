#include "bmn-engine-private.h"

#include <math.h>

/*
 * What a post teaches falls into two sides that share nothing but what was read of its text:
 * the hashtags, and the forecast. A long history is learnt on two threads, one for each side;
 * both see the same events in the same order as one thread would, so the state is the same.
 */

/*
 * The costly parts of learning, ranking and forecasting a post that is already out, are done
 * for every post at first, for every second after so many, for every third after twice as
 * many: what one more teaches gets less just so, and 100 000 posts are learnt in a second.
 */
#define ALL_TAGGED 700
#define ALL_FORECAST 4000

/* Posts that wait for counts which may never come: more are given up, oldest first. */
#define MAX_WAITING 4096

/* Fewer events are not worth a thread. */
#define MANY_EVENTS 2000

/* Posts that are handed to the other thread at a time, and how many such lots there are. */
#define LOT_POSTS 256
#define N_LOTS 4

static gboolean
is_turn (guint n, guint all)
{
  return n % (1 + n / all) == 0;
}

void
bmn_engine_run_query (BmnEngine *engine, const BmnReading *reading, const BmnMoment *moment)
{
  g_autofree char *lower = bmn_reader_lower (engine->reader, reading->plain);
  bmn_tag_query_run (&engine->query, &engine->tags, reading, bmn_spelling_new (lower), moment);
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
  if (!is_lesson)
    return;
  bmn_hashtag_tally_add (&engine->hashtag_tally, ranking, &engine->tags, reading);
  bmn_tag_ranker_learn (&engine->ranker, ranking, &engine->tags, reading->tags);
}

/* What the hashtag side learns from a post. */
static void
learn_hashtags (BmnEngine *engine, guint place, const BmnReading *reading, const BmnMoment *moment)
{
  const BmnRecord *record = g_ptr_array_index (engine->records, place);
  if (!record->is_reply && reading->tags->len > 0 && engine->tags.n_tagged >= BMN_ENGINE_MIN_TAGGED)
    teach_ranker (engine, reading, moment);
  bmn_tag_history_observe (&engine->tags, reading, moment, record->is_reply, place);
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
  bmn_forecaster_set_interval (&engine->forecaster, prediction);
  prediction->is_lesson = is_lesson;
  return prediction;
}

/* What the forecast side learns from a post: it keeps what was read of it and what is forecast
 * of it now, until the counts come. */
static void
learn_post (BmnEngine *engine, guint place, BmnReading *reading, const BmnMoment *moment)
{
  BmnRecord *record = g_ptr_array_index (engine->records, place);
  if (!record->is_reply)
    {
      record->reading = bmn_reading_ref (reading);
      record->prediction = predict_post (engine, reading, moment);
      record->has_base = bmn_forecaster_has_base (&engine->forecaster);
      record->base = bmn_forecaster_get_base (&engine->forecaster, NULL);
      g_queue_push_tail (&engine->waiting, GUINT_TO_POINTER (place));
      if (g_queue_get_length (&engine->waiting) > MAX_WAITING)
        bmn_record_stop_waiting (g_ptr_array_index (
            engine->records, GPOINTER_TO_UINT (g_queue_pop_head (&engine->waiting))));
    }
  bmn_forecaster_note_post (&engine->forecaster, moment->at);
}

static void
learn_counts (BmnEngine *engine, guint place)
{
  BmnRecord *record = g_ptr_array_index (engine->records, place);
  if (record->is_reply)
    return;
  if (!record->reading && !record->text)
    bmn_engine_fetch_texts (engine, record->at);
  if (!record->reading && record->text)
    record->reading = bmn_reader_read (engine->reader, &engine->vocabulary, TRUE, record->text);
  if (!record->reading)
    return;
  BmnMoment moment = bmn_engine_moment (engine, record->at);
  double value = log1p (record->engagement);
  record->has_lift = bmn_forecaster_has_base (&engine->forecaster);
  record->lift = value - bmn_forecaster_get_base (&engine->forecaster, NULL);
  if (record->prediction && engine->trace.counted)
    engine->trace.counted (record->prediction, value, engine->trace.data);
  if (record->prediction && record->prediction->is_lesson)
    bmn_forecast_tally_add (&engine->forecast_tally, record->prediction, value);
  bmn_forecaster_learn (&engine->forecaster, engine->reader, record->reading, &moment,
                        record->prediction, value, place);
  if (record->has_base)
    bmn_forecaster_note_time (&engine->forecaster, &moment, value - record->base);
  bmn_record_stop_waiting (record);
  g_queue_remove (&engine->waiting, GUINT_TO_POINTER (place));
}

/* One post on its way from the thread that reads to the one that learns hashtags. */
typedef struct
{
  guint place;
  BmnMoment moment;
  BmnReading *reading; /* (owned) */
} Item;

typedef struct
{
  guint n;
  Item items[LOT_POSTS];
} Lot;

/* Lots go to and fro: full ones to the other thread, empty ones back. */
typedef struct
{
  BmnEngine *engine;
  GAsyncQueue *full;
  GAsyncQueue *empty;
  Lot *lot; /* being filled */
} Belt;

static gpointer
learn_lots (gpointer data)
{
  Belt *belt = data;
  /* A lot without posts is the last. */
  for (;;)
    {
      Lot *lot = g_async_queue_pop (belt->full);
      guint n = lot->n;
      for (guint i = 0; i < n; i++)
        learn_hashtags (belt->engine, lot->items[i].place, lot->items[i].reading,
                        &lot->items[i].moment);
      g_async_queue_push (belt->empty, lot);
      if (n == 0)
        return NULL;
    }
}

/* Readings are freed on the thread that made them: memory allocators like that better. */
static void
empty_lot (Lot *lot)
{
  for (guint i = 0; i < lot->n; i++)
    bmn_reading_unref (lot->items[i].reading);
  lot->n = 0;
}

static void
send_lot (Belt *belt)
{
  g_async_queue_push (belt->full, belt->lot);
  belt->lot = g_async_queue_pop (belt->empty);
  empty_lot (belt->lot);
}

/* @belt: (nullable): the hashtag side is learnt by who takes from it */
static void
learn_event (BmnEngine *engine, const BmnEvent *event, Belt *belt)
{
  const BmnRecord *record = g_ptr_array_index (engine->records, event->record);
  if (record->is_excluded || record->is_gone)
    return;
  if (event->is_counts)
    {
      learn_counts (engine, event->record);
      return;
    }
  Item item = { event->record, bmn_engine_moment (engine, record->at),
                bmn_reader_read (engine->reader, &engine->vocabulary, TRUE, record->text) };
  learn_post (engine, item.place, item.reading, &item.moment);
  if (!belt)
    {
      learn_hashtags (engine, item.place, item.reading, &item.moment);
      bmn_reading_unref (item.reading);
      return;
    }
  belt->lot->items[belt->lot->n++] = item;
  if (belt->lot->n == LOT_POSTS)
    send_lot (belt);
}

static void
learn_in_order (BmnEngine *engine, Belt *belt)
{
  for (; engine->n_learnt < engine->events->len; engine->n_learnt++)
    learn_event (engine, &g_array_index (engine->events, BmnEvent, engine->n_learnt), belt);
}

static void
learn_on_two_threads (BmnEngine *engine)
{
  g_autofree Lot *lots = g_new0 (Lot, N_LOTS);
  g_autoptr (GAsyncQueue) full = g_async_queue_new ();
  g_autoptr (GAsyncQueue) empty = g_async_queue_new ();
  for (guint i = 1; i < N_LOTS; i++)
    g_async_queue_push (empty, &lots[i]);
  Belt belt = { engine, full, empty, &lots[0] };
  GThread *thread = g_thread_try_new ("hashtags", learn_lots, &belt, NULL);
  learn_in_order (engine, thread ? &belt : NULL);
  if (!thread)
    return;
  if (belt.lot->n > 0)
    send_lot (&belt);
  send_lot (&belt);
  g_thread_join (thread);
  for (guint i = 0; i < N_LOTS; i++)
    empty_lot (&lots[i]);
}

void
bmn_engine_learn_events (BmnEngine *engine)
{
  gboolean is_watched = engine->trace.ranked || engine->trace.counted;
  if (engine->events->len - engine->n_learnt >= MANY_EVENTS && !is_watched)
    learn_on_two_threads (engine);
  else
    learn_in_order (engine, NULL);
}
