#include "bmn-engine-private.h"
#include "bmn-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/uversion.h>

/* Changed whenever the same history would give other bytes. */
#define FORMAT "Bellman engine 1"

/* What follows all else: a hash of it. */
#define SEAL_BYTES 8

enum
{
  RECORD_IS_REPLY = 1 << 0,
  RECORD_IS_EXCLUDED = 1 << 1,
  RECORD_IS_GONE = 1 << 2,
  RECORD_HAS_BASE = 1 << 3,
  RECORD_HAS_LIFT = 1 << 4,
  RECORD_HAS_LANGUAGE = 1 << 5,
  RECORD_FLAGS = (1 << 6) - 1,
};

enum
{
  EVENT_IS_COUNTS = 1 << 0,
  EVENT_IS_HISTORY = 1 << 1,
  EVENT_FLAGS = (1 << 2) - 1,
};

/* What the state depends on beside the history: the weights that ship, how ICU reads letters,
 * and the zone whose hours are meant. */
static char *
describe_origin (const BmnEngine *engine)
{
  UVersionInfo version;
  char icu[U_MAX_VERSION_STRING_LENGTH];
  u_getVersion (version);
  u_versionToString (version, icu);
  return g_strdup_printf (FORMAT "; weights %016" G_GINT64_MODIFIER "x; ICU %s; zone %s",
                          engine->weights->fingerprint, icu,
                          g_time_zone_get_identifier (engine->zone));
}

static void
save_record (const BmnRecord *record, const BmnRecord *before, BmnStateWriter *writer)
{
  guint flags
      = (record->is_reply ? RECORD_IS_REPLY : 0) | (record->is_excluded ? RECORD_IS_EXCLUDED : 0)
        | (record->is_gone ? RECORD_IS_GONE : 0) | (record->has_base ? RECORD_HAS_BASE : 0)
        | (record->has_lift ? RECORD_HAS_LIFT : 0) | (record->language ? RECORD_HAS_LANGUAGE : 0);
  bmn_state_put_uint (writer, flags);
  bmn_state_put_uint (writer, (guint64)record->id - (before ? (guint64)before->id : 0));
  bmn_state_put_uint (writer, (guint64)record->at - (before ? (guint64)before->at : 0));
  bmn_state_put_uint (writer, record->text_hash);
  bmn_state_put_uint (writer, (guint64)(record->engagement - BMN_COUNT_UNKNOWN));
  if (record->language)
    bmn_state_put_string (writer, record->language);
  if (record->has_base)
    bmn_state_put_double (writer, record->base);
  if (record->has_lift)
    bmn_state_put_double (writer, record->lift);
}

static void
load_record (BmnEngine *engine, BmnStateReader *reader, const BmnRecord *before)
{
  BmnRecord *record = g_new0 (BmnRecord, 1);
  guint flags = (guint)bmn_state_get_uint (reader, RECORD_FLAGS);
  record->is_reply = (flags & RECORD_IS_REPLY) != 0;
  record->is_excluded = (flags & RECORD_IS_EXCLUDED) != 0;
  record->is_gone = (flags & RECORD_IS_GONE) != 0;
  record->has_base = (flags & RECORD_HAS_BASE) != 0;
  record->has_lift = (flags & RECORD_HAS_LIFT) != 0;
  guint64 id = bmn_state_get_uint (reader, G_MAXUINT64),
          at = bmn_state_get_uint (reader, G_MAXUINT64);
  record->id = (gint64)(id + (before ? (guint64)before->id : 0));
  record->at = (gint64)(at + (before ? (guint64)before->at : 0));
  record->text_hash = bmn_state_get_uint (reader, G_MAXUINT64);
  record->engagement = (gint64)bmn_state_get_uint (reader, G_MAXINT64) + BMN_COUNT_UNKNOWN;
  if (flags & RECORD_HAS_LANGUAGE)
    {
      g_autofree char *language = bmn_state_get_string (reader);
      record->language = g_string_chunk_insert_const (engine->languages, language);
    }
  if (record->has_base)
    record->base = bmn_state_get_double (reader);
  if (record->has_lift)
    record->lift = bmn_state_get_double (reader);
  if (reader->failed || bmn_engine_key (record->id) == 0
      || bmn_engine_find_record (engine, record->id))
    {
      bmn_state_fail (reader);
      bmn_record_free (record);
      return;
    }
  bmn_engine_add_record (engine, record);
  engine->n_without_text++;
}

static void
save_records (const BmnEngine *engine, BmnStateWriter *writer)
{
  const BmnRecord *before = NULL;
  bmn_state_put_uint (writer, engine->records->len);
  for (guint i = 0; i < engine->records->len; i++)
    {
      const BmnRecord *record = g_ptr_array_index (engine->records, i);
      save_record (record, before, writer);
      before = record;
    }
}

static void
load_records (BmnEngine *engine, BmnStateReader *reader)
{
  guint n = bmn_state_get_count (reader, 5);
  for (guint i = 0; i < n && !reader->failed; i++)
    load_record (engine, reader, i > 0 ? g_ptr_array_index (engine->records, i - 1) : NULL);
}

static void
save_events (const BmnEngine *engine, BmnStateWriter *writer)
{
  gint64 before = 0;
  bmn_state_put_uint (writer, engine->events->len);
  for (guint i = 0; i < engine->events->len; i++)
    {
      const BmnEvent *event = &g_array_index (engine->events, BmnEvent, i);
      const BmnRecord *record = g_ptr_array_index (engine->records, event->record);
      bmn_state_put_uint (writer, (event->is_counts ? EVENT_IS_COUNTS : 0)
                                      | (event->is_history ? EVENT_IS_HISTORY : 0));
      bmn_state_put_int (writer, event->record - before);
      if (event->is_counts)
        bmn_state_put_uint (writer, (guint64)event->at - (guint64)record->at);
      before = event->record;
    }
}

static void
load_events (BmnEngine *engine, BmnStateReader *reader)
{
  guint n = bmn_state_get_count (reader, 2);
  gint64 place = 0;
  for (guint i = 0; i < n; i++)
    {
      guint flags = (guint)bmn_state_get_uint (reader, EVENT_FLAGS);
      gint64 step = bmn_state_get_int (reader);
      place += CLAMP (step, -G_MAXINT, G_MAXINT);
      if (reader->failed || place < 0 || place >= engine->records->len)
        {
          bmn_state_fail (reader);
          return;
        }
      const BmnRecord *record = g_ptr_array_index (engine->records, (guint)place);
      BmnEvent event = { record->at, (guint)place, (flags & EVENT_IS_COUNTS) != 0,
                         (flags & EVENT_IS_HISTORY) != 0 };
      if (event.is_counts)
        event.at = (gint64)((guint64)event.at + bmn_state_get_uint (reader, G_MAXUINT64));
      if (event.is_counts && record->engagement == BMN_COUNT_UNKNOWN)
        bmn_state_fail (reader);
      g_array_append_val (engine->events, event);
      engine->latest = MAX (engine->latest, event.at);
    }
  engine->n_learnt = engine->events->len;
}

/* The posts that wait for their counts are the ones whose texts are wanted soon. */
static void
save_waiting (BmnEngine *engine, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, engine->waiting.length);
  for (const GList *item = engine->waiting.head; item; item = item->next)
    {
      const BmnRecord *record = g_ptr_array_index (engine->records, GPOINTER_TO_UINT (item->data));
      bmn_state_put_uint (writer, GPOINTER_TO_UINT (item->data));
      bmn_state_put_string (writer, record->text);
      bmn_state_put_uint (writer, record->prediction != NULL);
      if (record->prediction)
        bmn_prediction_save (record->prediction, writer);
    }
}

static void
load_waiting (BmnEngine *engine, BmnStateReader *reader)
{
  guint n = bmn_state_get_count (reader, 3);
  for (guint i = 0; i < n; i++)
    {
      guint place = (guint)bmn_state_get_uint (reader, G_MAXINT);
      g_autofree char *text = bmn_state_get_string (reader);
      BmnRecord *record
          = place < engine->records->len ? g_ptr_array_index (engine->records, place) : NULL;
      if (reader->failed || !record || record->text
          || bmn_hash_bytes (text, strlen (text)) != record->text_hash)
        {
          bmn_state_fail (reader);
          return;
        }
      record->text = g_steal_pointer (&text);
      engine->n_without_text--;
      record->reading = bmn_reader_read (engine->reader, &engine->vocabulary, TRUE, record->text);
      if (bmn_state_get_uint (reader, 1))
        {
          record->prediction = g_new0 (BmnPrediction, 1);
          bmn_prediction_load (record->prediction, reader);
        }
      g_queue_push_tail (&engine->waiting, GUINT_TO_POINTER (place));
    }
}

static double *
list_times (const BmnEngine *engine)
{
  double *times = g_new (double, engine->records->len + 1);
  for (guint i = 0; i < engine->records->len; i++)
    times[i] = bmn_engine_moment (engine,
                                  ((const BmnRecord *)g_ptr_array_index (engine->records, i))->at)
                   .at;
  return times;
}

/* Written behind all else; read first. */
static void
put_seal (BmnStateWriter *writer)
{
  guint64 seal = GUINT64_TO_LE (bmn_hash_bytes ((const char *)writer->data, writer->len));
  g_byte_array_append (writer, (const guint8 *)&seal, SEAL_BYTES);
}

static gboolean
check_seal (BmnStateReader *reader)
{
  guint64 seal;
  gsize length = reader->end - reader->next;
  if (length < SEAL_BYTES)
    return FALSE;
  reader->end -= SEAL_BYTES;
  memcpy (&seal, reader->end, SEAL_BYTES);
  return GUINT64_FROM_LE (seal) == bmn_hash_bytes ((const char *)reader->next, length - SEAL_BYTES);
}

GBytes *
bmn_engine_save (BmnEngine *engine)
{
  bmn_engine_refresh (engine);
  g_autofree char *origin = describe_origin (engine);
  BmnStateWriter *writer = g_byte_array_new ();
  bmn_state_put_string (writer, origin);
  save_records (engine, writer);
  save_events (engine, writer);
  bmn_vocabulary_save (&engine->vocabulary, writer);
  bmn_tag_history_save (&engine->tags, writer);
  bmn_tag_ranker_save (&engine->ranker, writer);
  bmn_forecaster_save (&engine->forecaster, writer);
  bmn_hashtag_tally_save (&engine->hashtag_tally, writer);
  bmn_forecast_tally_save (&engine->forecast_tally, writer);
  save_waiting (engine, writer);
  put_seal (writer);
  return g_byte_array_free_to_bytes (writer);
}

static void
load_all (BmnEngine *engine, BmnStateReader *reader)
{
  g_autofree char *origin = describe_origin (engine);
  g_autofree char *saved = bmn_state_get_string (reader);
  if (!g_str_equal (origin, saved))
    bmn_state_fail (reader);
  load_records (engine, reader);
  load_events (engine, reader);
  bmn_vocabulary_load (&engine->vocabulary, reader);
  g_autofree double *times = list_times (engine);
  guint n_times = engine->records->len, n_words = engine->vocabulary.words->len;
  bmn_tag_history_load (&engine->tags, reader, times, n_times, n_words);
  bmn_tag_ranker_load (&engine->ranker, reader);
  bmn_forecaster_load (&engine->forecaster, reader, times, n_times, n_words);
  bmn_hashtag_tally_load (&engine->hashtag_tally, reader);
  bmn_forecast_tally_load (&engine->forecast_tally, reader);
  load_waiting (engine, reader);
}

BmnEngine *
bmn_engine_load (GBytes *bytes, const char *zone, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  BmnStateReader reader = { data, data + length, FALSE };
  g_autoptr (BmnEngine) engine = bmn_engine_new (zone);
  if (check_seal (&reader))
    {
      load_all (engine, &reader);
      if (!reader.failed && reader.next == reader.end)
        return g_steal_pointer (&engine);
    }
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_DAMAGED,
                       _ ("What the suggestions had learnt cannot be read. They learn it again "
                          "from the history."));
  return NULL;
}
