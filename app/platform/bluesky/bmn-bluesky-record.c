#include "bmn-bluesky-record-private.h"
#include "bmn-dag-cbor-private.h"
#include "bmn-entity.h"
#include "bmn-json.h"
#include "bmn-tid-private.h"

/* What Bluesky's apps put a cover over until the reader asks for it. */
#define LABEL_COVERED "graphic-media"

/* Parts of a thread are a millisecond apart, in their keys as in their dates: the order that
 * readers see is the order they were written in. */
#define PART_GAP 1000

char *
bmn_bluesky_part_key (const char *key, guint index)
{
  gint64 time;
  guint clock;
  return bmn_tid_parse (key, &time, &clock) ? bmn_tid_new (time + (gint64)index * PART_GAP, clock)
                                            : NULL;
}

gint64
bmn_bluesky_part_time (const char *part_key)
{
  gint64 time = 0;
  guint clock;
  return bmn_tid_parse (part_key, &time, &clock) ? time : 0;
}

static void
begin_object (JsonBuilder *builder, const char *member)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
}

static void
begin_array (JsonBuilder *builder, const char *member)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
}

static void
add_node (JsonBuilder *builder, const char *member, JsonNode *node)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_value (builder, json_node_copy (node));
}

/*
 * Facets.
 */

/* Servers take offsets past the end and inside a character, and apps then show nonsense. */
static gboolean
is_within (const char *text, const BmnEntity *entity)
{
  gsize length = strlen (text);
  return entity->byte_start < entity->byte_end && entity->byte_end <= length
         && g_utf8_validate_len (text, entity->byte_start, NULL)
         && g_utf8_validate_len (text + entity->byte_start, entity->byte_end - entity->byte_start,
                                 NULL);
}

static void
add_feature (JsonBuilder *builder, const BmnEntity *entity, const char *did)
{
  switch (entity->kind)
    {
    case BMN_ENTITY_HASHTAG:
      bmn_json_add_string (builder, "$type", "app.bsky.richtext.facet#tag");
      bmn_json_add_string (builder, "tag", entity->text);
      break;
    case BMN_ENTITY_MENTION:
      bmn_json_add_string (builder, "$type", "app.bsky.richtext.facet#mention");
      bmn_json_add_string (builder, "did", did);
      break;
    case BMN_ENTITY_LINK:
      bmn_json_add_string (builder, "$type", "app.bsky.richtext.facet#link");
      bmn_json_add_string (builder, "uri", entity->url);
      break;
    }
}

static void
add_facet (JsonBuilder *builder, const BmnBlueskyPart *part, const BmnEntity *entity)
{
  const char *did
      = entity->kind == BMN_ENTITY_MENTION ? g_hash_table_lookup (part->dids, entity->text) : NULL;
  if (!is_within (part->text, entity) || (entity->kind == BMN_ENTITY_MENTION && !did))
    return;
  json_builder_begin_object (builder);
  begin_object (builder, "index");
  bmn_json_add_int (builder, "byteStart", (gint64)entity->byte_start);
  bmn_json_add_int (builder, "byteEnd", (gint64)entity->byte_end);
  json_builder_end_object (builder);
  begin_array (builder, "features");
  json_builder_begin_object (builder);
  add_feature (builder, entity, did);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_facets (JsonBuilder *builder, const BmnBlueskyPart *part)
{
  if (part->entities->len == 0)
    return;
  begin_array (builder, "facets");
  for (guint i = 0; i < part->entities->len; i++)
    add_facet (builder, part, part->entities->pdata[i]);
  json_builder_end_array (builder);
}

/*
 * Embeds.
 */

static void
add_ref (JsonBuilder *builder, const char *member, const BmnBlueskyRef *ref)
{
  begin_object (builder, member);
  bmn_json_add_string (builder, "uri", ref->uri);
  bmn_json_add_string (builder, "cid", ref->cid);
  json_builder_end_object (builder);
}

static void
add_images (JsonBuilder *builder, const BmnBlueskyPart *part)
{
  bmn_json_add_string (builder, "$type", "app.bsky.embed.images");
  begin_array (builder, "images");
  for (guint i = 0; i < part->images->len; i++)
    {
      const BmnBlueskyImage *image = part->images->pdata[i];
      json_builder_begin_object (builder);
      bmn_json_add_string (builder, "alt", image->alt ? image->alt : "");
      add_node (builder, "image", image->blob);
      begin_object (builder, "aspectRatio");
      bmn_json_add_int (builder, "width", image->width);
      bmn_json_add_int (builder, "height", image->height);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_card (JsonBuilder *builder, const BmnBlueskyCard *card)
{
  bmn_json_add_string (builder, "$type", "app.bsky.embed.external");
  begin_object (builder, "external");
  bmn_json_add_string (builder, "uri", card->url);
  bmn_json_add_string (builder, "title", card->title);
  bmn_json_add_string (builder, "description", card->description);
  if (card->thumb)
    add_node (builder, "thumb", card->thumb);
  json_builder_end_object (builder);
}

static void
add_quote (JsonBuilder *builder, const BmnBlueskyRef *quote)
{
  bmn_json_add_string (builder, "$type", "app.bsky.embed.record");
  add_ref (builder, "record", quote);
}

static void
add_embed (JsonBuilder *builder, const BmnBlueskyPart *part)
{
  const gboolean has_images = part->images->len > 0;
  if (!has_images && !part->quote && !part->card)
    return;
  begin_object (builder, "embed");
  if (has_images && part->quote)
    {
      bmn_json_add_string (builder, "$type", "app.bsky.embed.recordWithMedia");
      begin_object (builder, "record");
      add_quote (builder, part->quote);
      json_builder_end_object (builder);
      begin_object (builder, "media");
      add_images (builder, part);
      json_builder_end_object (builder);
    }
  else if (has_images)
    add_images (builder, part);
  else if (part->quote)
    add_quote (builder, part->quote);
  else
    add_card (builder, part->card);
  json_builder_end_object (builder);
}

/*
 * The record.
 */

static void
add_language (JsonBuilder *builder, const BmnPost *post)
{
  if (!post->language)
    return;
  begin_array (builder, "langs");
  json_builder_add_string_value (builder, post->language);
  json_builder_end_array (builder);
}

static void
add_labels (JsonBuilder *builder, const BmnPost *post, const BmnBlueskyPart *part)
{
  if (part->images->len == 0 || !(post->sensitive || post->content_warning))
    return;
  begin_object (builder, "labels");
  bmn_json_add_string (builder, "$type", "com.atproto.label.defs#selfLabels");
  begin_array (builder, "values");
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "val", LABEL_COVERED);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* With milliseconds and a Z, as the specification's "Datetime" recommends. */
static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", text, (int)(time % G_USEC_PER_SEC / 1000));
}

JsonNode *
bmn_bluesky_record_new (const BmnPost *post,
                        const BmnBlueskyPart *part,
                        gint64 created_at,
                        const BmnBlueskyRef *root,
                        const BmnBlueskyRef *parent)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *time = format_time (created_at);
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "$type", BMN_BLUESKY_POSTS);
  bmn_json_add_string (builder, "text", part->text);
  bmn_json_add_string (builder, "createdAt", time);
  add_language (builder, post);
  add_facets (builder, part);
  add_embed (builder, part);
  add_labels (builder, post, part);
  if (root && parent)
    {
      begin_object (builder, "reply");
      add_ref (builder, "root", root);
      add_ref (builder, "parent", parent);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/*
 * The thread.
 */

/* Adds the write that creates @record. Returns: (transfer full): what it will be called */
static BmnBlueskyRef *
add_write (
    JsonBuilder *builder, const char *did, const char *part_key, JsonNode *record, GError **error)
{
  g_autoptr (GBytes) bytes = bmn_dag_cbor_encode (record, error);
  if (!bytes)
    return NULL;
  g_autofree char *cid = bmn_dag_cbor_cid (bytes);
  g_autofree char *uri = g_strdup_printf ("at://%s/" BMN_BLUESKY_POSTS "/%s", did, part_key);
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "$type", "com.atproto.repo.applyWrites#create");
  bmn_json_add_string (builder, "collection", BMN_BLUESKY_POSTS);
  bmn_json_add_string (builder, "rkey", part_key);
  add_node (builder, "value", record);
  json_builder_end_object (builder);
  return bmn_bluesky_ref_new (uri, cid);
}

JsonNode *
bmn_bluesky_thread_new (const BmnPost *post,
                        const char *did,
                        const char *key,
                        GPtrArray *parts,
                        GPtrArray **refs,
                        GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) done
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_bluesky_ref_free);
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "repo", did);
  begin_array (builder, "writes");
  for (guint i = 0; i < parts->len; i++)
    {
      g_autofree char *part_key = bmn_bluesky_part_key (key, i);
      g_autoptr (JsonNode) record = bmn_bluesky_record_new (
          post, parts->pdata[i], bmn_bluesky_part_time (part_key), i > 0 ? done->pdata[0] : NULL,
          i > 0 ? done->pdata[i - 1] : NULL);
      BmnBlueskyRef *ref = add_write (builder, did, part_key, record, error);
      if (!ref)
        return NULL;
      g_ptr_array_add (done, ref);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  *refs = g_steal_pointer (&done);
  return json_builder_get_root (builder);
}
