#include "bmn-html-text.h"
#include "bmn-importers-private.h"
#include "bmn-instant.h"
#include "bmn-remote-id-private.h"

#include <glib/gi18n-lib.h>

/*
 * Mastodon's export (docs.joinmastodon.org/user/moving#export): an archive with outbox.json,
 * which is an ActivityPub OrderedCollection (w3.org/TR/activitypub, sections 5 and 6.2) of
 * Create activities with a Note or Question in them, and of Announce for boosts.
 */
struct _BmnMastodonImporter
{
  BmnJsonImporter parent_instance;
};

G_DEFINE_FINAL_TYPE (BmnMastodonImporter, bmn_mastodon_importer, BMN_TYPE_JSON_IMPORTER)

enum
{
  ACTIVITY,
  ID,
  URL,
  CONTENT,
  LANGUAGE,
  PUBLISHED,
  REPLY,
  TO,
  CC,
  MEDIA,
  LIKES,
  SHARES,
  REPLIES,
};

static const BmnJsonField fields[] = {
  [ACTIVITY] = { "type", BMN_JSON_VALUE },
  [ID] = { "object.id", BMN_JSON_VALUE },
  [URL] = { "object.url", BMN_JSON_VALUE },
  [CONTENT] = { "object.content", BMN_JSON_VALUE },
  [LANGUAGE] = { "object.contentMap", BMN_JSON_FIRST_KEY },
  [PUBLISHED] = { "object.published", BMN_JSON_VALUE },
  [REPLY] = { "object.inReplyTo", BMN_JSON_VALUE },
  [TO] = { "object.to", BMN_JSON_VALUE },
  [CC] = { "object.cc", BMN_JSON_VALUE },
  [MEDIA] = { "object.attachment", BMN_JSON_LENGTH },
  [LIKES] = { "object.likes.totalItems", BMN_JSON_VALUE },
  [SHARES] = { "object.shares.totalItems", BMN_JSON_VALUE },
  [REPLIES] = { "object.replies.totalItems", BMN_JSON_VALUE },
  { NULL },
};

static const char *const places[] = { "orderedItems", NULL };

static gboolean
wants (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  return g_str_equal (name, "outbox.json");
}

/* Whether @field of the row names the public or the account's followers. */
static gboolean
names_many (const BmnJsonRow *row, guint field)
{
  for (guint i = 0; i < bmn_json_row_length (row, field); i++)
    {
      const char *to = bmn_json_row_get_at (row, field, i);
      if (to
          && (g_str_equal (to, "https://www.w3.org/ns/activitystreams#Public")
              || g_str_equal (to, "as:Public") || g_str_has_suffix (to, "/followers")))
        return TRUE;
    }
  return FALSE;
}

/* Messages to single people are nobody else's, and no measure of anything. */
static gboolean
is_direct (const BmnJsonRow *row)
{
  return (bmn_json_row_length (row, TO) > 0 || bmn_json_row_length (row, CC) > 0)
         && !names_many (row, TO) && !names_many (row, CC);
}

/* Returns: (nullable): a translated sentence where a count is none */
static const char *
read_counts (BmnJsonImporter *self, const BmnJsonRow *row, BmnHistoryPost *post)
{
  if (!bmn_import_parse_count (bmn_json_row_get (row, LIKES), &post->likes)
      || !bmn_import_parse_count (bmn_json_row_get (row, SHARES), &post->reposts)
      || !bmn_import_parse_count (bmn_json_row_get (row, REPLIES), &post->replies))
    return _ ("A count of the post is not a number that a count can be.");
  gint64 written_at = bmn_json_importer_get_written_at (self);
  if (written_at >= post->published_at)
    post->counted_at = written_at;
  return NULL;
}

static gboolean
take_row (BmnJsonImporter *self, const BmnJsonRow *row, GError **error)
{
  BmnImporter *importer = BMN_IMPORTER (self);
  const char *activity = bmn_json_row_get (row, ACTIVITY);
  const char *uri = bmn_json_row_get (row, ID);
  const char *content = bmn_json_row_get (row, CONTENT);
  const char *published = bmn_json_row_get (row, PUBLISHED);
  gint64 published_at = 0;
  if (g_strcmp0 (activity, "Create") != 0 || is_direct (row))
    {
      bmn_importer_skip (importer);
      return TRUE;
    }
  if (!uri || !content || !published || !bmn_instant_parse (published, &published_at, NULL))
    {
      bmn_importer_add_bad (importer, row->number,
                            _ ("The post lacks its identifier, its text or its time."));
      return TRUE;
    }
  g_autofree char *text = bmn_html_to_text (content);
  g_autofree char *remote_id = bmn_remote_id_from_url (bmn_importer_get_account (importer), uri);
  g_autoptr (BmnHistoryPost) post
      = bmn_history_post_new (0, remote_id ? remote_id : uri, text, published_at);
  const char *url = bmn_json_row_get (row, URL);
  const char *media = bmn_json_row_get (row, MEDIA);
  post->url = g_strdup (url ? url : uri);
  post->language = g_strdup (bmn_json_row_get (row, LANGUAGE));
  post->is_reply = bmn_json_row_get (row, REPLY) != NULL;
  post->n_media = media ? atoi (media) : 0;
  const char *problem = read_counts (self, row, post);
  if (problem)
    bmn_importer_add_bad (importer, row->number, problem);
  else
    bmn_importer_add_post (importer, row->number, g_steal_pointer (&post), NULL);
  return TRUE;
}

static void
bmn_mastodon_importer_class_init (BmnMastodonImporterClass *klass)
{
  BmnJsonImporterClass *json_class = BMN_JSON_IMPORTER_CLASS (klass);
  json_class->places = places;
  json_class->fields = fields;
  json_class->missing = N_ ("The archive holds no outbox.json, so it is no Mastodon export. Ask "
                            "for one under Preferences, Import and export.");
  json_class->wants = wants;
  json_class->take_row = take_row;
}

static void
bmn_mastodon_importer_init (BmnMastodonImporter *self)
{
}
