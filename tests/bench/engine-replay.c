/*
 * Replays histories through the suggestion engine, one JSON object a line, one account after
 * the other:
 *
 *   {"op":"reset","account":"NASA"}                                          no reply
 *   {"op":"observe","id":1,"created_at":"…Z","text":"…","is_reply":false}    no reply
 *   {"op":"metrics","id":1,"likes":5,"reposts":1,"replies":0}                no reply
 *   {"op":"rank","id":2,"text":"…","now":"…Z","k":10}    {"tags":["…"],"score":0.4}
 *   {"op":"predict","id":2,"text":"…","now":"…Z"}        {"score":0.3,"lo":12,"hi":80}
 *   {"op":"slots","now":"…Z"}                            {"slots":[168 numbers]}
 *
 * Counts are learnt when they are told. A line that cannot be understood is reported on
 * standard error; where its operation asks for a reply, an empty one keeps both sides in
 * step.
 */
#include "bench-json.h"
#include "bmn-instant.h"
#include "engine-trace.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  BmnEngine *engine;      /* (owned) */
  BmnWeights *weights;    /* (owned): for accounts that @by_account does not name */
  GHashTable *by_account; /* (owned) (element-type utf8 BmnWeights) */
  FILE *trace;            /* (owned) (nullable) */
  gint64 clock;           /* µs: the latest time told */
} Replay;

static BmnWeights *
load_weights (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return bmn_weights_parse (text, length, error);
}

/* A file of lines "account<TAB>file of weights". */
static gboolean
load_map (Replay *replay, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++)
    {
      char *tab = strchr (*line, '\t');
      if (!tab)
        continue;
      BmnWeights *weights = load_weights (tab + 1, error);
      if (!weights)
        return FALSE;
      g_hash_table_insert (replay->by_account, g_strndup (*line, tab - *line), weights);
    }
  return TRUE;
}

static void
start_account (Replay *replay, const char *account)
{
  BmnWeights *weights = g_hash_table_lookup (replay->by_account, account);
  g_clear_pointer (&replay->engine, bmn_engine_free);
  replay->engine = bmn_engine_new_with_weights ("UTC", weights ? weights : replay->weights);
  replay->clock = 0;
  if (!replay->trace)
    return;
  engine_trace_begin (replay->trace, account);
  engine_trace_install (replay->engine, replay->trace);
}

/* Returns: the time @name of @object, or the latest one told where it has none */
static gint64
get_time (const Replay *replay, JsonObject *object, const char *name)
{
  const char *text = bench_json_get_string (object, name);
  gint64 instant;
  g_autoptr (GError) error = NULL;
  if (!text)
    g_printerr ("engine-replay: “%s” is missing\n", name);
  else if (bmn_instant_parse (text, &instant, &error))
    return instant;
  else
    g_printerr ("engine-replay: %s\n", error->message);
  return replay->clock;
}

static const char *
get_text (JsonObject *object)
{
  const char *text = bench_json_get_string (object, "text");
  return text ? text : "";
}

static void
observe (Replay *replay, JsonObject *object)
{
  gint64 at = get_time (replay, object, "created_at");
  g_autoptr (BmnHistoryPost) post = bmn_history_post_new (1, "", get_text (object), at);
  post->id = bench_json_get_int (object, "id", -1);
  post->is_reply = bench_json_get_boolean (object, "is_reply");
  bmn_engine_observe (replay->engine, post);
  replay->clock = MAX (replay->clock, at);
}

static void
metrics (Replay *replay, JsonObject *object)
{
  bmn_engine_set_counts (replay->engine, bench_json_get_int (object, "id", -1),
                         bench_json_get_int (object, "likes", BMN_COUNT_UNKNOWN),
                         bench_json_get_int (object, "reposts", BMN_COUNT_UNKNOWN),
                         bench_json_get_int (object, "replies", BMN_COUNT_UNKNOWN), replay->clock);
}

/* JSON knows no infinite numbers. */
static void
add_number (JsonBuilder *reply, const char *name, double value)
{
  json_builder_set_member_name (reply, name);
  json_builder_add_double_value (reply, isfinite (value) ? value : 0);
}

static void
rank (Replay *replay, JsonObject *object, JsonBuilder *reply)
{
  gint64 k = CLAMP (bench_json_get_int (object, "k", 10), 0, 1000);
  g_autoptr (GPtrArray) suggestions = bmn_engine_rank_hashtags (
      replay->engine, get_text (object), get_time (replay, object, "now"), (guint)k);
  double probability = 0;
  json_builder_set_member_name (reply, "tags");
  json_builder_begin_array (reply);
  for (guint i = 0; i < suggestions->len; i++)
    {
      const BmnHashtagSuggestion *suggestion = g_ptr_array_index (suggestions, i);
      json_builder_add_string_value (reply, suggestion->tag);
      probability = MAX (probability, suggestion->probability);
    }
  json_builder_end_array (reply);
  add_number (reply, "score", probability);
}

static void
predict (Replay *replay, JsonObject *object, JsonBuilder *reply)
{
  g_autoptr (BmnForecast) forecast
      = bmn_engine_forecast (replay->engine, get_text (object), get_time (replay, object, "now"));
  add_number (reply, "score", forecast->lift);
  if (!forecast->has_interval)
    return;
  add_number (reply, "lo", forecast->low);
  add_number (reply, "hi", forecast->high);
}

static void
slots (Replay *replay, JsonObject *object, JsonBuilder *reply)
{
  BmnPostingHour hours[BMN_POSTING_HOURS];
  bmn_engine_get_week (replay->engine, hours);
  json_builder_set_member_name (reply, "slots");
  json_builder_begin_array (reply);
  for (int i = 0; i < BMN_POSTING_HOURS; i++)
    json_builder_add_double_value (reply, hours[i].lift);
  json_builder_end_array (reply);
}

typedef void (*Tell) (Replay *replay, JsonObject *object);
typedef void (*Ask) (Replay *replay, JsonObject *object, JsonBuilder *reply);

static void
answer (Replay *replay, Ask ask, JsonObject *object)
{
  g_autoptr (JsonBuilder) reply = json_builder_new ();
  json_builder_begin_object (reply);
  ask (replay, object, reply);
  json_builder_end_object (reply);
  g_autoptr (JsonNode) root = json_builder_get_root (reply);
  g_autofree char *text = json_to_string (root, FALSE);
  fputs (text, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

static void
reset (Replay *replay, JsonObject *object)
{
  const char *account = bench_json_get_string (object, "account");
  start_account (replay, account ? account : "");
}

static void
handle (Replay *replay, const char *line, guint64 number)
{
  static const struct
  {
    const char *op;
    Tell tell;
    Ask ask;
  } operations[] = {
    { "reset", reset, NULL }, { "observe", observe, NULL }, { "metrics", metrics, NULL },
    { "rank", NULL, rank },   { "predict", NULL, predict }, { "slots", NULL, slots },
  };
  const char *problem;
  g_autoptr (JsonNode) root = bench_json_parse (line, &problem);
  if (!root)
    {
      g_printerr ("engine-replay: line %" G_GUINT64_FORMAT " is skipped: %s\n", number, problem);
      return;
    }
  JsonObject *object = json_node_get_object (root);
  const char *op = bench_json_get_string (object, "op");
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      if (g_strcmp0 (op, operations[i].op) != 0)
        continue;
      if (operations[i].tell)
        operations[i].tell (replay, object);
      else
        answer (replay, operations[i].ask, object);
      return;
    }
  g_printerr ("engine-replay: line %" G_GUINT64_FORMAT " is skipped: unknown operation “%s”\n",
              number, op ? op : "");
}

static void
run (Replay *replay)
{
  char *line = NULL;
  size_t room = 0;
  guint64 number = 0;
  ssize_t length;
  while ((length = getline (&line, &room, stdin)) >= 0)
    {
      number++;
      g_strchomp (line);
      if (*line)
        handle (replay, line, number);
    }
  free (line);
}

/* The names of the features in their order, for training. */
static void
list_features (void)
{
  g_print ("tag");
  for (guint i = 0; i < BMN_N_TAG_FEATURES; i++)
    g_print (" %s", bmn_tag_feature_get_name (i));
  g_print ("\nrelative");
  for (guint i = 0; i < BMN_N_RELATIVE_TAG_FEATURES; i++)
    g_print (" %s", bmn_tag_feature_get_name (bmn_relative_tag_features[i]));
  g_print ("\nlift");
  for (guint i = 0; i < BMN_N_LIFT_FEATURES; i++)
    g_print (" %s", bmn_lift_feature_get_name (i));
  g_print ("\n");
}

int
main (int argc, char **argv)
{
  gboolean list = FALSE;
  g_autofree char *weights = NULL, *map = NULL, *trace = NULL;
  GOptionEntry entries[] = {
    { "weights", 0, 0, G_OPTION_ARG_FILENAME, &weights,
      "Start accounts from these weights instead of those that ship", "FILE" },
    { "weights-map", 0, 0, G_OPTION_ARG_FILENAME, &map,
      "Lines of an account's name, a tab and the file of the weights it starts from", "FILE" },
    { "trace", 0, 0, G_OPTION_ARG_FILENAME, &trace, "Write what training needs to a file", "FILE" },
    { "list-features", 0, 0, G_OPTION_ARG_NONE, &list, "Print the features' names and stop", NULL },
    { NULL },
  };
  setlocale (LC_ALL, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_summary (
      context, "Replays histories through the suggestion engine, as lines of JSON.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("engine-replay: %s\n", error->message);
      return 2;
    }

  if (list)
    {
      list_features ();
      return 0;
    }

  Replay replay = { 0 };
  replay.by_account
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)bmn_weights_unref);
  replay.weights = weights ? load_weights (weights, &error) : bmn_weights_new_shipped ();
  gboolean ok = replay.weights != NULL && (!map || load_map (&replay, map, &error));
  if (ok && trace && !(replay.trace = fopen (trace, "wb")))
    {
      g_set_error (&error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "“%s” cannot be written", trace);
      ok = FALSE;
    }
  if (ok)
    {
      start_account (&replay, "");
      run (&replay);
    }
  else
    g_printerr ("engine-replay: %s\n", error->message);

  g_clear_pointer (&replay.trace, fclose);
  g_clear_pointer (&replay.engine, bmn_engine_free);
  g_clear_pointer (&replay.weights, bmn_weights_unref);
  g_hash_table_unref (replay.by_account);
  return ok ? 0 : 1;
}
