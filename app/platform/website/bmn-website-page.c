#include "bmn-website-page-private.h"
#include "bmn-entity-finder.h"
#include "bmn-instant.h"
#include "bmn-json.h"
#include "bmn-website-markup-private.h"

#include <string.h>

/* Length of a headline that is made from the text, in code points. */
#define HEADLINE_CHARS 80

#define RECORD_FIELD "bellman: "

gboolean
bmn_website_key_is_safe (const char *key)
{
  gsize length = key ? strlen (key) : 0;
  if (length == 0 || length > 128 || !g_ascii_isalnum (key[0]))
    return FALSE;
  for (const char *p = key; *p; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
      return FALSE;
  return TRUE;
}

BmnWebsitePage *
bmn_website_page_new (const BmnPublishRequest *request,
                      const char *key,
                      const char *author,
                      gint64 date)
{
  BmnWebsitePage *page = g_new0 (BmnWebsitePage, 1);
  page->key = g_strdup (key);
  page->author = g_strdup (author);
  page->title = g_strdup (request->post->title);
  page->language = g_strdup (request->post->language);
  page->content_warning = g_strdup (request->post->content_warning);
  page->sensitive = request->post->sensitive;
  page->date = date;
  page->updated = date;
  page->parts = bmn_parts_copy (request->parts);
  return page;
}

void
bmn_website_page_free (BmnWebsitePage *page)
{
  g_free (page->key);
  g_free (page->author);
  g_free (page->title);
  g_free (page->language);
  g_free (page->content_warning);
  g_clear_pointer (&page->parts, g_ptr_array_unref);
  g_free (page);
}

char *
bmn_website_media_name (const BmnMedia *media)
{
  return g_strconcat (media->sha256, ".", bmn_website_extension (media->mime_type), NULL);
}

char *
bmn_website_urn (const char *text)
{
  guint8 bytes[32];
  gsize length = sizeof bytes;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *)text, -1);
  g_checksum_get_digest (sum, bytes, &length);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  GString *urn = g_string_new ("urn:uuid:");
  for (int i = 0; i < 16; i++)
    g_string_append_printf (urn, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x",
                            bytes[i]);
  return g_string_free (urn, FALSE);
}

char *
bmn_website_page_id (const BmnWebsitePage *page)
{
  return bmn_website_urn (page->key);
}

char *
bmn_website_page_url (const BmnWebsitePage *page, const char *base_url)
{
  return base_url ? g_strconcat (base_url, "posts/", page->key, "/", NULL) : NULL;
}

char *
bmn_website_page_headline (const BmnWebsitePage *page)
{
  if (page->title && *page->title)
    return g_strdup (page->title);
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_ptr_array_unref (post->parts);
  post->parts = g_ptr_array_ref (page->parts);
  return bmn_post_excerpt (post, HEADLINE_CHARS);
}

static void
collect_hashtags (const char *text, GHashTable *known, GPtrArray *tags)
{
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (text, BMN_TEXT_DIALECT_WEBSITE, NULL);
  for (guint i = 0; entities && i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (entity->kind == BMN_ENTITY_HASHTAG
          && g_hash_table_add (known, g_utf8_casefold (entity->text, -1)))
        g_ptr_array_add (tags, g_strdup (entity->text));
    }
}

GStrv
bmn_website_page_hashtags (const BmnWebsitePage *page)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *tags = g_ptr_array_new ();
  for (guint i = 0; i < page->parts->len; i++)
    collect_hashtags (((BmnPart *)page->parts->pdata[i])->text, known, tags);
  g_ptr_array_add (tags, NULL);
  return (GStrv)g_ptr_array_free (tags, FALSE);
}

/* The record: all of the page as JSON. */

static void
add_instant (JsonBuilder *builder, const char *name, gint64 instant)
{
  g_autofree char *text = bmn_instant_format (instant);
  bmn_json_add_string (builder, name, text);
}

static void
add_media (JsonBuilder *builder, const BmnMedia *media)
{
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "sha256", media->sha256);
  bmn_json_add_string (builder, "type", media->mime_type);
  bmn_json_add_int (builder, "size", media->size);
  bmn_json_add_string (builder, "alt", media->alt);
  json_builder_end_object (builder);
}

static void
add_part (JsonBuilder *builder, const BmnPart *part)
{
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "text", part->text);
  json_builder_set_member_name (builder, "media");
  json_builder_begin_array (builder);
  for (guint i = 0; i < part->media->len; i++)
    add_media (builder, part->media->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static JsonNode *
to_record (const BmnWebsitePage *page)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "key", page->key);
  bmn_json_add_string (builder, "author", page->author);
  bmn_json_add_string (builder, "title", page->title);
  bmn_json_add_string (builder, "language", page->language);
  bmn_json_add_string (builder, "content_warning", page->content_warning);
  bmn_json_add_bool (builder, "sensitive", page->sensitive);
  add_instant (builder, "date", page->date);
  add_instant (builder, "updated", page->updated);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < page->parts->len; i++)
    add_part (builder, page->parts->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
is_sha256 (const char *text)
{
  return text && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static BmnMedia *
media_from_record (JsonObject *record)
{
  if (!is_sha256 (bmn_json_get_string (record, "sha256")))
    return NULL;
  BmnMedia *media = bmn_media_new ();
  media->sha256 = g_strdup (bmn_json_get_string (record, "sha256"));
  media->mime_type = g_strdup (bmn_json_get_string (record, "type"));
  media->alt = g_strdup (bmn_json_get_string (record, "alt"));
  bmn_json_get_int (record, "size", &media->size);
  return media;
}

static BmnPart *
part_from_record (JsonObject *record)
{
  const char *text = bmn_json_get_string (record, "text");
  JsonArray *array = bmn_json_get_array (record, "media");
  if (!text || !array)
    return NULL;
  g_autoptr (BmnPart) part = bmn_part_new (text);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      BmnMedia *media = media_from_record (bmn_json_get_element_object (array, i));
      if (!media)
        return NULL;
      g_ptr_array_add (part->media, media);
    }
  return g_steal_pointer (&part);
}

static gboolean
parts_from_record (BmnWebsitePage *page, JsonArray *array)
{
  page->parts = bmn_parts_new ();
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      BmnPart *part = part_from_record (bmn_json_get_element_object (array, i));
      if (!part)
        return FALSE;
      g_ptr_array_add (page->parts, part);
    }
  return page->parts->len > 0;
}

static gboolean
instant_from_record (JsonObject *record, const char *name, gint64 *instant)
{
  const char *text = bmn_json_get_string (record, name);
  return text && bmn_instant_parse (text, instant, NULL);
}

static BmnWebsitePage *
from_record (JsonObject *record)
{
  g_autoptr (BmnWebsitePage) page = g_new0 (BmnWebsitePage, 1);
  page->key = g_strdup (bmn_json_get_string (record, "key"));
  page->author = g_strdup (bmn_json_get_string (record, "author"));
  page->title = g_strdup (bmn_json_get_string (record, "title"));
  page->language = g_strdup (bmn_json_get_string (record, "language"));
  page->content_warning = g_strdup (bmn_json_get_string (record, "content_warning"));
  page->sensitive = bmn_json_get_bool (record, "sensitive");
  if (!bmn_website_key_is_safe (page->key) || !page->author
      || !instant_from_record (record, "date", &page->date)
      || !instant_from_record (record, "updated", &page->updated)
      || !parts_from_record (page, bmn_json_get_array (record, "parts")))
    return NULL;
  return g_steal_pointer (&page);
}

BmnWebsitePage *
bmn_website_page_parse (const char *text, gsize length)
{
  if (length < 4 || memcmp (text, "---\n", 4) != 0)
    return NULL;
  const char *end = text + length;
  for (const char *line = text + 4; line < end;)
    {
      const char *eol = memchr (line, '\n', end - line);
      gsize n = (eol ? eol : end) - line;
      if (n == 3 && memcmp (line, "---", 3) == 0)
        return NULL;
      if (eol && n > strlen (RECORD_FIELD) && g_str_has_prefix (line, RECORD_FIELD))
        {
          const gsize skip = strlen (RECORD_FIELD);
          g_autoptr (GBytes) bytes = g_bytes_new (line + skip, n - skip);
          g_autoptr (JsonNode) node = bmn_json_parse (bytes, NULL);
          return from_record (bmn_json_node_object (node));
        }
      line += n + 1;
    }
  return NULL;
}

/* The file: front matter and body. */

/*
 * JSON is YAML but for a few characters that YAML takes for line ends or refuses. In JSON they
 * occur in strings alone, so that an escape says the same in both.
 */
static void
append_yaml (GString *out, JsonNode *node)
{
  g_autofree char *json = bmn_json_to_string (node);
  for (const char *p = json; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if ((c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe
          || c == 0xffff)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, '\n');
}

static void
append_field (GString *out, const char *name, const char *value)
{
  if (!value)
    return;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, value);
  g_string_append_printf (out, "%s: ", name);
  append_yaml (out, node);
}

static void
append_instant_field (GString *out, const char *name, gint64 instant)
{
  g_autofree char *text = bmn_instant_format (instant);
  append_field (out, name, text);
}

static char *
media_url (const BmnMedia *media, const char *base)
{
  g_autofree char *name = bmn_website_media_name (media);
  return g_strconcat (base, "media/", name, NULL);
}

static void
append_media_field (GString *out, const BmnWebsitePage *page)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n = 0;
  json_builder_begin_array (builder);
  for (guint i = 0; i < page->parts->len; i++)
    {
      const BmnPart *part = page->parts->pdata[i];
      for (guint j = 0; j < part->media->len; j++, n++)
        {
          const BmnMedia *media = part->media->pdata[j];
          g_autofree char *file = media_url (media, "");
          json_builder_begin_object (builder);
          bmn_json_add_string (builder, "file", file);
          bmn_json_add_string (builder, "alt", media->alt);
          json_builder_end_object (builder);
        }
    }
  json_builder_end_array (builder);
  if (n == 0)
    return;
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_string_append (out, "media: ");
  append_yaml (out, node);
}

static void
append_tags_field (GString *out, const BmnWebsitePage *page)
{
  g_auto (GStrv) tags = bmn_website_page_hashtags (page);
  g_autoptr (JsonArray) array = json_array_new ();
  for (guint i = 0; tags[i]; i++)
    json_array_add_string_element (array, tags[i]);
  if (json_array_get_length (array) == 0)
    return;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);
  g_string_append (out, "tags: ");
  append_yaml (out, node);
}

static void
append_front_matter (GString *out, const BmnWebsitePage *page)
{
  g_autofree char *id = bmn_website_page_id (page);
  g_autoptr (JsonNode) record = to_record (page);
  g_string_append (out, "---\n");
  append_field (out, "title", page->title);
  append_instant_field (out, "date", page->date);
  if (page->updated != page->date)
    append_instant_field (out, "lastmod", page->updated);
  append_field (out, "language", page->language);
  append_tags_field (out, page);
  append_field (out, "summary", page->content_warning);
  append_field (out, "content_warning", page->content_warning);
  g_string_append_printf (out, "sensitive: %s\n", page->sensitive ? "true" : "false");
  append_field (out, "id", id);
  append_media_field (out, page);
  g_string_append (out, RECORD_FIELD);
  append_yaml (out, record);
  g_string_append (out, "---\n\n");
}

char *
bmn_website_page_to_markdown (const BmnWebsitePage *page, const char *base_url)
{
  GString *out = g_string_new (NULL);
  append_front_matter (out, page);
  if (page->content_warning && *page->content_warning)
    {
      g_autofree char *line = g_strdelimit (g_strdup (page->content_warning), "\r\n", ' ');
      g_string_append (out, "> ");
      bmn_website_append_markdown (out, line);
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < page->parts->len; i++)
    {
      const BmnPart *part = page->parts->pdata[i];
      if (i > 0)
        g_string_append_printf (out, "\n---\n\n## Part %u\n\n", i + 1);
      bmn_website_append_markdown (out, part->text);
      for (guint j = 0; j < part->media->len; j++)
        {
          /* Without an address, as seen from posts/. */
          g_autofree char *url = media_url (part->media->pdata[j], base_url ? base_url : "../");
          g_string_append_c (out, '\n');
          bmn_website_append_markdown_media (out, part->media->pdata[j], url);
        }
    }
  return g_string_free (out, FALSE);
}

char *
bmn_website_page_to_html (const BmnWebsitePage *page, const char *base_url)
{
  GString *out = g_string_new (NULL);
  if (page->content_warning && *page->content_warning)
    {
      g_string_append (out, "<p><strong>");
      bmn_website_append_escaped (out, page->content_warning);
      g_string_append (out, "</strong></p>\n");
    }
  for (guint i = 0; i < page->parts->len; i++)
    {
      const BmnPart *part = page->parts->pdata[i];
      if (i > 0)
        g_string_append (out, "<hr>\n");
      bmn_website_append_html (out, part->text);
      for (guint j = 0; j < part->media->len; j++)
        {
          g_autofree char *url = media_url (part->media->pdata[j], base_url ? base_url : "");
          bmn_website_append_html_media (out, part->media->pdata[j], url);
        }
    }
  return g_string_free (out, FALSE);
}

/* Comparing the records leaves no field out when one is added. */
static char *
content_record (const BmnWebsitePage *page)
{
  BmnWebsitePage timeless = *page;
  timeless.date = timeless.updated = 0;
  timeless.author = (char *)"";
  g_autoptr (JsonNode) record = to_record (&timeless);
  return bmn_json_to_string (record);
}

gboolean
bmn_website_page_same_content (const BmnWebsitePage *a, const BmnWebsitePage *b)
{
  g_autofree char *record_a = content_record (a);
  g_autofree char *record_b = content_record (b);
  return g_str_equal (record_a, record_b);
}
