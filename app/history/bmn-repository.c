#include "bmn-repository-private.h"
#include "bmn-cbor-reader-private.h"

#include <string.h>

/* Keys are at most 1024 bytes long (atproto.com/specs/repository). */
#define MAX_KEY 1024

/* Embeds hold embeds once: a quoted post with media. */
#define MAX_EMBED_DEPTH 2

static BmnCborReader
start (const BmnCarBlock *block)
{
  return (BmnCborReader){ .at = block->bytes, .end = block->bytes + block->length };
}

/* Enters the map that a block is. */
static gboolean
enter_map (BmnCborReader *reader, guint64 *n_pairs)
{
  BmnCborItem map;
  gboolean is_map = bmn_cbor_reader_expect (reader, BMN_CBOR_MAP, &map);
  *n_pairs = is_map ? map.number : 0;
  return is_map;
}

/* Takes a pair's name and the value's head; what is in the value comes next. */
static gboolean
next_pair (BmnCborReader *reader, BmnCborItem *name, BmnCborItem *value)
{
  return bmn_cbor_reader_expect (reader, BMN_CBOR_TEXT, name)
         && bmn_cbor_reader_next (reader, value);
}

static char *
dup_text (const BmnCborItem *item)
{
  if (item->type != BMN_CBOR_TEXT || memchr (item->bytes, '\0', item->length))
    return NULL;
  return g_strndup ((const char *)item->bytes, item->length);
}

/*
 * The commit.
 */

char *
bmn_repository_read_commit (const BmnCarBlock *block)
{
  BmnCborReader reader = start (block);
  BmnCborItem name, value;
  g_autofree char *did = NULL;
  gboolean has_data = FALSE, has_signature = FALSE;
  guint64 n_pairs;
  if (!enter_map (&reader, &n_pairs))
    return NULL;
  for (; n_pairs > 0 && next_pair (&reader, &name, &value); n_pairs--)
    {
      if (bmn_cbor_item_is (&name, "did") && !did)
        did = dup_text (&value);
      has_data = has_data || bmn_cbor_item_is (&name, "data");
      has_signature = has_signature || bmn_cbor_item_is (&name, "sig");
      if (!bmn_cbor_reader_skip (&reader, &value))
        return NULL;
    }
  return has_data && has_signature ? g_steal_pointer (&did) : NULL;
}

/*
 * Nodes of the tree.
 */

gboolean
bmn_repository_is_node (const BmnCarBlock *block)
{
  BmnCborReader reader = start (block);
  BmnCborItem name, value;
  guint64 n_pairs;
  return enter_map (&reader, &n_pairs) && n_pairs == 2 && next_pair (&reader, &name, &value)
         && (bmn_cbor_item_is (&name, "e") || bmn_cbor_item_is (&name, "l"));
}

/* A link: a tag, and in it a zero byte before the CID. */
static const guint8 *
take_link (BmnCborReader *reader, const BmnCborItem *tag)
{
  BmnCborItem cid;
  if (tag->type != BMN_CBOR_TAG || !bmn_cbor_reader_expect (reader, BMN_CBOR_BYTES, &cid)
      || cid.length == 0)
    return NULL;
  return bmn_car_get_digest (cid.bytes + 1, cid.length - 1);
}

/* Reads an entry: how many letters of the key before it its own shares, the rest of it, and the
 * record. @key: (inout): the key. */
static gboolean
read_entry (BmnCborReader *reader, GString *key, const guint8 **digest)
{
  BmnCborItem name, value, suffix = { .type = BMN_CBOR_OTHER };
  guint64 n_pairs, n_shared = G_MAXUINT64;
  *digest = NULL;
  if (!enter_map (reader, &n_pairs))
    return FALSE;
  for (; n_pairs > 0; n_pairs--)
    {
      if (!next_pair (reader, &name, &value))
        return FALSE;
      if (bmn_cbor_item_is (&name, "v"))
        {
          if (!(*digest = take_link (reader, &value)))
            return FALSE;
          continue;
        }
      if (bmn_cbor_item_is (&name, "p") && value.type == BMN_CBOR_INT)
        n_shared = value.number;
      if (bmn_cbor_item_is (&name, "k") && value.type == BMN_CBOR_BYTES)
        suffix = value;
      if (!bmn_cbor_reader_skip (reader, &value))
        return FALSE;
    }
  if (!*digest || suffix.type != BMN_CBOR_BYTES || n_shared > key->len
      || n_shared + suffix.length > MAX_KEY || memchr (suffix.bytes, '\0', suffix.length))
    return FALSE;
  g_string_truncate (key, n_shared);
  g_string_append_len (key, (const char *)suffix.bytes, (gssize)suffix.length);
  return TRUE;
}

static gboolean
read_entries (BmnCborReader *reader, guint64 n, const char *collection, BmnRecordIndex *index)
{
  g_autoptr (GString) key = g_string_new (NULL);
  const guint8 *digest;
  const gsize length = strlen (collection);
  for (; n > 0; n--)
    {
      if (!read_entry (reader, key, &digest))
        return FALSE;
      if (g_str_has_prefix (key->str, collection) && key->str[length] == '/')
        bmn_record_index_add (index, digest, key->str + length + 1);
    }
  return TRUE;
}

gboolean
bmn_repository_read_node (const BmnCarBlock *block, const char *collection, BmnRecordIndex *index)
{
  BmnCborReader reader = start (block);
  BmnCborItem name, value;
  guint64 n_pairs;
  if (!enter_map (&reader, &n_pairs))
    return FALSE;
  for (; n_pairs > 0; n_pairs--)
    {
      if (!next_pair (&reader, &name, &value))
        return FALSE;
      gboolean is_entries = bmn_cbor_item_is (&name, "e") && value.type == BMN_CBOR_ARRAY;
      if (!(is_entries ? read_entries (&reader, value.number, collection, index)
                       : bmn_cbor_reader_skip (&reader, &value)))
        return FALSE;
    }
  return TRUE;
}

/*
 * Posts.
 */

/* Counts the media of an embed, @map being its head. */
static gboolean
read_embed (BmnCborReader *reader, const BmnCborItem *map, guint depth, int *n_media)
{
  BmnCborItem name, value;
  if (map->type != BMN_CBOR_MAP || depth == MAX_EMBED_DEPTH)
    return bmn_cbor_reader_skip (reader, map);
  for (guint64 n_pairs = map->number; n_pairs > 0; n_pairs--)
    {
      if (!next_pair (reader, &name, &value))
        return FALSE;
      if (bmn_cbor_item_is (&name, "images") && value.type == BMN_CBOR_ARRAY)
        *n_media = (int)MIN (value.number, G_MAXINT);
      if (bmn_cbor_item_is (&name, "video") && value.type == BMN_CBOR_MAP)
        *n_media = MAX (*n_media, 1);
      if (!(bmn_cbor_item_is (&name, "media") ? read_embed (reader, &value, depth + 1, n_media)
                                              : bmn_cbor_reader_skip (reader, &value)))
        return FALSE;
    }
  return TRUE;
}

/* Takes the first of a list of texts, @array being its head. */
static gboolean
read_first_text (BmnCborReader *reader, const BmnCborItem *array, char **text)
{
  BmnCborItem inner;
  if (array->type != BMN_CBOR_ARRAY)
    return bmn_cbor_reader_skip (reader, array);
  for (guint64 n = array->number; n > 0; n--)
    {
      if (!bmn_cbor_reader_next (reader, &inner) || !bmn_cbor_reader_skip (reader, &inner))
        return FALSE;
      if (!*text)
        *text = dup_text (&inner);
    }
  return TRUE;
}

/* Returns: µs, 0 for what is no time */
static gint64
parse_time (const BmnCborItem *item)
{
  g_autofree char *text = dup_text (item);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text ? g_date_time_new_from_iso8601 (text, utc) : NULL;
  return time ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time)
              : 0;
}

/* Reads one member of a post. @is_post: (inout): set where it says that it is one */
static gboolean
read_member (BmnCborReader *reader,
             const BmnCborItem *name,
             const BmnCborItem *value,
             BmnHistoryPost *post,
             gboolean *is_post)
{
  if (bmn_cbor_item_is (name, "langs"))
    return read_first_text (reader, value, &post->language);
  if (bmn_cbor_item_is (name, "embed"))
    return read_embed (reader, value, 0, &post->n_media);
  if (bmn_cbor_item_is (name, "$type"))
    *is_post = bmn_cbor_item_is (value, "app.bsky.feed.post");
  else if (bmn_cbor_item_is (name, "text") && !post->text)
    post->text = dup_text (value);
  else if (bmn_cbor_item_is (name, "createdAt"))
    post->published_at = parse_time (value);
  else if (bmn_cbor_item_is (name, "reply"))
    post->is_reply = value->type == BMN_CBOR_MAP;
  return bmn_cbor_reader_skip (reader, value);
}

BmnHistoryPost *
bmn_repository_read_post (const BmnCarBlock *block)
{
  BmnCborReader reader = start (block);
  BmnCborItem name, value;
  g_autoptr (BmnHistoryPost) post = bmn_history_post_new (0, NULL, NULL, 0);
  gboolean is_post = FALSE;
  guint64 n_pairs;
  if (!enter_map (&reader, &n_pairs))
    return NULL;
  for (; n_pairs > 0; n_pairs--)
    if (!next_pair (&reader, &name, &value)
        || !read_member (&reader, &name, &value, post, &is_post))
      return NULL;
  return is_post && post->text && post->published_at > 0 ? g_steal_pointer (&post) : NULL;
}
