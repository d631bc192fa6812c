#include "bmn-error.h"
#include "bmn-importers-private.h"
#include "bmn-instant.h"

#include <glib/gi18n-lib.h>

/* Our own history file, see data/formats/history.md. */
struct _BmnBellmanImporter
{
  BmnJsonImporter parent_instance;

  gboolean has_header;
};

G_DEFINE_FINAL_TYPE (BmnBellmanImporter, bmn_bellman_importer, BMN_TYPE_JSON_IMPORTER)

#define VERSION 1

enum
{
  FORMAT,
  FORMAT_VERSION,
  REMOTE_ID,
  URL,
  TEXT,
  LANGUAGE,
  PUBLISHED_AT,
  IS_REPLY,
  N_MEDIA,
  LIKES,
  REPOSTS,
  REPLIES,
  COUNTED_AT,
  SNAPSHOT_COUNTED_AT,
  SNAPSHOT_LIKES,
  SNAPSHOT_REPOSTS,
  SNAPSHOT_REPLIES,
};

static const BmnJsonField fields[] = {
  [FORMAT] = { "format", BMN_JSON_VALUE },
  [FORMAT_VERSION] = { "version", BMN_JSON_VALUE },
  [REMOTE_ID] = { "remote_id", BMN_JSON_VALUE },
  [URL] = { "url", BMN_JSON_VALUE },
  [TEXT] = { "text", BMN_JSON_VALUE },
  [LANGUAGE] = { "language", BMN_JSON_VALUE },
  [PUBLISHED_AT] = { "published_at", BMN_JSON_VALUE },
  [IS_REPLY] = { "is_reply", BMN_JSON_VALUE },
  [N_MEDIA] = { "n_media", BMN_JSON_VALUE },
  [LIKES] = { "likes", BMN_JSON_VALUE },
  [REPOSTS] = { "reposts", BMN_JSON_VALUE },
  [REPLIES] = { "replies", BMN_JSON_VALUE },
  [COUNTED_AT] = { "counted_at", BMN_JSON_VALUE },
  [SNAPSHOT_COUNTED_AT] = { "snapshots.counted_at", BMN_JSON_VALUE },
  [SNAPSHOT_LIKES] = { "snapshots.likes", BMN_JSON_VALUE },
  [SNAPSHOT_REPOSTS] = { "snapshots.reposts", BMN_JSON_VALUE },
  [SNAPSHOT_REPLIES] = { "snapshots.replies", BMN_JSON_VALUE },
  { NULL },
};

/* The outermost object is the header; the others are posts, by lines or in one array. */
static const char *const places[] = { "", "posts", NULL };

static gboolean
wants (const char *path)
{
  return g_str_has_suffix (path, ".jsonl") || g_str_has_suffix (path, ".json");
}

static gboolean
take_header (BmnBellmanImporter *self, const BmnJsonRow *row, GError **error)
{
  const char *version = bmn_json_row_get (row, FORMAT_VERSION);
  gint64 number;
  if (g_strcmp0 (bmn_json_row_get (row, FORMAT), "bellman-history") != 0 || !version
      || !g_ascii_string_to_signed (version, 10, 1, G_MAXINT64, &number, NULL))
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("The file does not begin as a history that Bellman exported."));
      return FALSE;
    }
  if (number > VERSION)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("The file was exported by a newer version of Bellman. Update this "
                              "one and try again."));
      return FALSE;
    }
  self->has_header = TRUE;
  return TRUE;
}

/* @instant: 0 where there is no text. Returns: whether it is a time */
static gboolean
read_instant (const char *text, gint64 *instant)
{
  *instant = 0;
  return !text || bmn_instant_parse (text, instant, NULL);
}

static const char *
read_counts (const BmnJsonRow *row, BmnHistoryPost *post)
{
  gint64 n_media;
  if (!bmn_import_parse_count (bmn_json_row_get (row, LIKES), &post->likes)
      || !bmn_import_parse_count (bmn_json_row_get (row, REPOSTS), &post->reposts)
      || !bmn_import_parse_count (bmn_json_row_get (row, REPLIES), &post->replies)
      || !bmn_import_parse_count (bmn_json_row_get (row, N_MEDIA), &n_media) || n_media > G_MAXINT)
    return _ ("A count of the post is not a number that a count can be.");
  post->n_media = MAX ((int)n_media, 0);
  if (!read_instant (bmn_json_row_get (row, COUNTED_AT), &post->counted_at))
    return _ ("The time at which counts were read is no time.");
  return NULL;
}

static const char *
read_readings (const BmnJsonRow *row, GArray *readings)
{
  for (guint i = 0; i < bmn_json_row_length (row, SNAPSHOT_COUNTED_AT); i++)
    {
      BmnMetricSnapshot reading;
      if (!read_instant (bmn_json_row_get_at (row, SNAPSHOT_COUNTED_AT, i), &reading.counted_at)
          || reading.counted_at <= 0)
        return _ ("The time at which counts were read is no time.");
      if (!bmn_import_parse_count (bmn_json_row_get_at (row, SNAPSHOT_LIKES, i), &reading.likes)
          || !bmn_import_parse_count (bmn_json_row_get_at (row, SNAPSHOT_REPOSTS, i),
                                      &reading.reposts)
          || !bmn_import_parse_count (bmn_json_row_get_at (row, SNAPSHOT_REPLIES, i),
                                      &reading.replies))
        return _ ("A count of the post is not a number that a count can be.");
      g_array_append_val (readings, reading);
    }
  return NULL;
}

static gboolean
take_row (BmnJsonImporter *json, const BmnJsonRow *row, GError **error)
{
  BmnBellmanImporter *self = BMN_BELLMAN_IMPORTER (json);
  BmnImporter *importer = BMN_IMPORTER (json);
  if (!self->has_header)
    return take_header (self, row, error);
  /* Posts are counted from the one after the header. */
  const gint64 number = row->number - 1;
  const char *published = bmn_json_row_get (row, PUBLISHED_AT);
  const char *text = bmn_json_row_get (row, TEXT);
  gint64 published_at;
  if (!text || !published || !bmn_instant_parse (published, &published_at, NULL))
    {
      bmn_importer_add_bad (importer, number, _ ("The post lacks its text or its time."));
      return TRUE;
    }
  g_autoptr (BmnHistoryPost) post
      = bmn_history_post_new (0, bmn_json_row_get (row, REMOTE_ID), text, published_at);
  post->url = g_strdup (bmn_json_row_get (row, URL));
  post->language = g_strdup (bmn_json_row_get (row, LANGUAGE));
  post->is_reply = g_strcmp0 (bmn_json_row_get (row, IS_REPLY), "true") == 0;
  g_autoptr (GArray) readings = g_array_new (FALSE, FALSE, sizeof (BmnMetricSnapshot));
  const char *problem = read_counts (row, post);
  if (!problem)
    problem = read_readings (row, readings);
  if (problem)
    bmn_importer_add_bad (importer, number, problem);
  else
    bmn_importer_add_post (importer, number, g_steal_pointer (&post),
                           readings->len > 0 ? g_steal_pointer (&readings) : NULL);
  return TRUE;
}

static void
bmn_bellman_importer_class_init (BmnBellmanImporterClass *klass)
{
  BmnJsonImporterClass *json_class = BMN_JSON_IMPORTER_CLASS (klass);
  json_class->places = places;
  json_class->fields = fields;
  json_class->missing = N_ ("The archive holds no history that Bellman exported.");
  json_class->wants = wants;
  json_class->take_row = take_row;
}

static void
bmn_bellman_importer_init (BmnBellmanImporter *self)
{
}
