#include "bmn-date-format-private.h"
#include "bmn-importers-private.h"
#include "bmn-instant.h"
#include "bmn-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * X's archive (help.x.com, "How to download your X archive"; its data/README.txt describes the
 * files): a zip with data/tweets.js and, of long histories, data/tweets-part1.js and on, each
 * a script that assigns an array of `{"tweet": {…}}`.
 */
struct _BmnXImporter
{
  BmnJsonImporter parent_instance;

  gint64 made_at; /* by the archive's own word; 0 where it does not say */
};

G_DEFINE_FINAL_TYPE (BmnXImporter, bmn_x_importer, BMN_TYPE_JSON_IMPORTER)

enum
{
  ID,
  TEXT,
  CREATED,
  LANGUAGE,
  REPLY,
  LIKES,
  REPOSTS,
  LINK,
  LINK_TARGET,
  MEDIA_LINK,
  MEDIA,
  FIRST_MEDIA,
};

static const BmnJsonField fields[] = {
  [ID] = { "id_str", BMN_JSON_VALUE },
  [TEXT] = { "full_text", BMN_JSON_VALUE },
  [CREATED] = { "created_at", BMN_JSON_VALUE },
  [LANGUAGE] = { "lang", BMN_JSON_VALUE },
  [REPLY] = { "in_reply_to_status_id_str", BMN_JSON_VALUE },
  [LIKES] = { "favorite_count", BMN_JSON_VALUE },
  [REPOSTS] = { "retweet_count", BMN_JSON_VALUE },
  [LINK] = { "entities.urls.url", BMN_JSON_VALUE },
  [LINK_TARGET] = { "entities.urls.expanded_url", BMN_JSON_VALUE },
  [MEDIA_LINK] = { "entities.media.url", BMN_JSON_VALUE },
  [MEDIA] = { "extended_entities.media", BMN_JSON_LENGTH },
  [FIRST_MEDIA] = { "entities.media", BMN_JSON_LENGTH },
  { NULL },
};

static const char *const places[] = { "tweet", NULL };

static gboolean
wants (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  return g_regex_match_simple ("^tweets?(-part[0-9]+)?\\.js$", name, 0, 0);
}

/*
 * When the counts were read.
 */

#define MAX_MANIFEST (1024 * 1024)

/* Returns: (transfer full): what is assigned in the script that @source is at */
static GBytes *
read_manifest (BmnImportSource *source)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 piece[16384];
  gssize length;
  while (bytes->len < MAX_MANIFEST
         && (length = bmn_import_source_read (source, piece, sizeof piece, NULL)) > 0)
    g_byte_array_append (bytes, piece, length);
  const guint8 *sign = bytes->len > 0 ? memchr (bytes->data, '=', bytes->len) : NULL;
  gsize start = sign ? (gsize)(sign - bytes->data) + 1 : 0;
  return g_bytes_new (bytes->data + start, bytes->len - start);
}

/* Returns: µs; 0 where the archive does not say when it was made */
static gint64
find_made_at (const char *path)
{
  g_autoptr (BmnImportSource) source = bmn_import_source_open (path, NULL);
  const char *member;
  while (source && (member = bmn_import_source_next (source, NULL))
         && bmn_import_source_is_archive (source))
    {
      if (!g_str_has_suffix (member, "data/manifest.js"))
        continue;
      g_autoptr (GBytes) bytes = read_manifest (source);
      g_autoptr (JsonNode) node = bmn_json_parse (bytes, NULL);
      JsonObject *info = bmn_json_get_object (bmn_json_node_object (node), "archiveInfo");
      const char *date = bmn_json_get_string (info, "generationDate");
      gint64 made_at = 0;
      return date && bmn_instant_parse (date, &made_at, NULL) ? made_at : 0;
    }
  return 0;
}

static gboolean
bmn_x_importer_open (BmnImporter *importer, GError **error)
{
  if (!BMN_IMPORTER_CLASS (bmn_x_importer_parent_class)->open (importer, error))
    return FALSE;
  BMN_X_IMPORTER (importer)->made_at = find_made_at (bmn_importer_get_path (importer));
  return TRUE;
}

/*
 * Posts.
 */

/* The text as people saw it: with whole links, without those that only stand for media. */
static char *
make_text (const BmnJsonRow *row)
{
  g_autoptr (GString) text = g_string_new (bmn_json_row_get (row, TEXT));
  for (guint i = 0; i < bmn_json_row_length (row, LINK); i++)
    {
      const char *link = bmn_json_row_get_at (row, LINK, i);
      const char *target = bmn_json_row_get_at (row, LINK_TARGET, i);
      if (link && *link && target)
        g_string_replace (text, link, target, 1);
    }
  for (guint i = 0; i < bmn_json_row_length (row, MEDIA_LINK); i++)
    {
      const char *link = bmn_json_row_get_at (row, MEDIA_LINK, i);
      if (link && *link)
        g_string_replace (text, link, "", 0);
    }
  /* Only these three are escaped (developer.x.com, "Tweet object"). */
  g_string_replace (text, "&lt;", "<", 0);
  g_string_replace (text, "&gt;", ">", 0);
  g_string_replace (text, "&amp;", "&", 0);
  return g_strstrip (g_string_free (g_steal_pointer (&text), FALSE));
}

static int
count_media (const BmnJsonRow *row)
{
  const char *media = bmn_json_row_get (row, MEDIA);
  const char *first = bmn_json_row_get (row, FIRST_MEDIA);
  return media ? atoi (media) : first ? atoi (first) : 0;
}

static BmnHistoryPost *
make_post (BmnJsonImporter *self, const BmnJsonRow *row, gint64 published_at)
{
  const char *id = bmn_json_row_get (row, ID);
  const char *language = bmn_json_row_get (row, LANGUAGE);
  g_autofree char *text = make_text (row);
  BmnHistoryPost *post = bmn_history_post_new (0, id, text, published_at);
  post->url = g_strconcat ("https://x.com/i/web/status/", id, NULL);
  /* `und`, and `qme` and the like for posts of media alone, are X's words for none. */
  post->language = language && strlen (language) == 2 ? g_strdup (language) : NULL;
  post->is_reply = bmn_json_row_get (row, REPLY) != NULL;
  post->n_media = count_media (row);
  gint64 made_at = BMN_X_IMPORTER (self)->made_at;
  gint64 counted_at = made_at > 0 ? made_at : bmn_json_importer_get_written_at (self);
  if (counted_at >= published_at && counted_at <= bmn_importer_get_now (BMN_IMPORTER (self)))
    post->counted_at = counted_at;
  return post;
}

static gboolean
take_row (BmnJsonImporter *self, const BmnJsonRow *row, GError **error)
{
  BmnImporter *importer = BMN_IMPORTER (self);
  const char *id = bmn_json_row_get (row, ID);
  const char *text = bmn_json_row_get (row, TEXT);
  const char *created = bmn_json_row_get (row, CREATED);
  gint64 published_at;
  if (!id || !text || !created
      || !bmn_date_format_parse ("%a %b %d %H:%M:%S %z %Y", created, "UTC", &published_at))
    {
      bmn_importer_add_bad (importer, row->number,
                            _ ("The post lacks its identifier, its text or its time."));
      return TRUE;
    }
  /* A repost stands among one's own posts, under its own number. */
  if (g_str_has_prefix (text, "RT @"))
    {
      bmn_importer_skip (importer);
      return TRUE;
    }
  g_autoptr (BmnHistoryPost) post = make_post (self, row, published_at);
  if (bmn_import_parse_count (bmn_json_row_get (row, LIKES), &post->likes)
      && bmn_import_parse_count (bmn_json_row_get (row, REPOSTS), &post->reposts))
    bmn_importer_add_post (importer, row->number, g_steal_pointer (&post), NULL);
  else
    bmn_importer_add_bad (importer, row->number,
                          _ ("A count of the post is not a number that a count can be."));
  return TRUE;
}

static void
bmn_x_importer_class_init (BmnXImporterClass *klass)
{
  BmnJsonImporterClass *json_class = BMN_JSON_IMPORTER_CLASS (klass);
  BMN_IMPORTER_CLASS (klass)->open = bmn_x_importer_open;
  json_class->places = places;
  json_class->fields = fields;
  json_class->is_script = TRUE;
  json_class->missing = N_ ("The archive holds no tweets.js, so it is no archive of X. Ask for "
                            "one in X's settings, under Your account.");
  json_class->wants = wants;
  json_class->take_row = take_row;
}

static void
bmn_x_importer_init (BmnXImporter *self)
{
}
