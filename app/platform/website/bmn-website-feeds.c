#include "bmn-website-feeds-private.h"
#include "bmn-instant.h"
#include "bmn-json.h"
#include "bmn-website-markup-private.h"

#include <libxml/parser.h>
#include <string.h>

#define ATOM_NAMESPACE "http://www.w3.org/2005/Atom"
#define JSON_FEED_VERSION "https://jsonfeed.org/version/1.1"

/* By these each feed is known as ours. */
#define GENERATOR "Bellman"
#define JSON_MARK "_bellman"

static gint64
last_change (const BmnWebsiteFeedInfo *info, GPtrArray *pages)
{
  gint64 last = G_MININT64;
  for (guint i = 0; i < pages->len; i++)
    last = MAX (last, ((BmnWebsitePage *)pages->pdata[i])->updated);
  return pages->len > 0 ? last : info->now;
}

/* Atom */

static void
append_attribute (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, " %s=\"", name);
  bmn_website_append_escaped (out, value);
  g_string_append_c (out, '"');
}

/* @type: (nullable): the `type` attribute */
static void
append_element (GString *out, const char *name, const char *type, const char *text)
{
  g_string_append_printf (out, "<%s", name);
  if (type)
    append_attribute (out, "type", type);
  g_string_append_c (out, '>');
  bmn_website_append_escaped (out, text);
  g_string_append_printf (out, "</%s>\n", name);
}

static void
append_instant (GString *out, const char *name, gint64 instant)
{
  g_autofree char *text = bmn_instant_format (instant);
  append_element (out, name, NULL, text);
}

static void
append_author (GString *out, const char *name)
{
  g_string_append (out, "<author>");
  append_element (out, "name", NULL, name);
  g_string_append (out, "</author>\n");
}

static void
append_link (GString *out, const char *rel, const char *type, const char *href)
{
  g_string_append (out, "<link");
  append_attribute (out, "rel", rel);
  if (type)
    append_attribute (out, "type", type);
  append_attribute (out, "href", href);
  g_string_append (out, "/>\n");
}

static char *
media_url (const BmnWebsiteFeedInfo *info, const BmnMedia *media)
{
  g_autofree char *name = bmn_website_media_name (media);
  return g_strconcat (info->base_url, "media/", name, NULL);
}

static void
append_enclosures (GString *out, const BmnWebsiteFeedInfo *info, const BmnWebsitePage *page)
{
  for (guint i = 0; i < page->parts->len; i++)
    {
      const BmnPart *part = page->parts->pdata[i];
      for (guint j = 0; j < part->media->len; j++)
        {
          const BmnMedia *media = part->media->pdata[j];
          g_autofree char *url = media_url (info, media);
          append_link (out, "enclosure", media->mime_type, url);
        }
    }
}

/* RFC 4287, appendix B: `atomLanguageTag`. */
static gboolean
is_language_tag (const char *tag)
{
  return tag
         && g_regex_match_simple ("^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$", tag,
                                  G_REGEX_DOLLAR_ENDONLY, 0);
}

static void
append_categories (GString *out, const BmnWebsitePage *page)
{
  g_auto (GStrv) tags = bmn_website_page_hashtags (page);
  for (guint i = 0; tags[i]; i++)
    {
      g_string_append (out, "<category");
      append_attribute (out, "term", tags[i]);
      g_string_append (out, "/>\n");
    }
}

static void
append_entry (GString *out, const BmnWebsiteFeedInfo *info, const BmnWebsitePage *page)
{
  g_autofree char *id = bmn_website_page_id (page);
  g_autofree char *headline = bmn_website_page_headline (page);
  g_autofree char *html = bmn_website_page_to_html (page, info->base_url);
  g_string_append (out, "<entry");
  if (is_language_tag (page->language))
    append_attribute (out, "xml:lang", page->language);
  g_string_append (out, ">\n");
  append_element (out, "id", NULL, id);
  append_element (out, "title", NULL, headline);
  append_instant (out, "published", page->date);
  append_instant (out, "updated", page->updated);
  append_author (out, page->author);
  append_categories (out, page);
  if (info->base_url)
    {
      g_autofree char *url = bmn_website_page_url (page, info->base_url);
      append_link (out, "alternate", NULL, url);
      append_enclosures (out, info, page);
    }
  if (page->content_warning && *page->content_warning)
    append_element (out, "summary", "text", page->content_warning);
  append_element (out, "content", "html", html);
  g_string_append (out, "</entry>\n");
}

char *
bmn_website_atom_feed (const BmnWebsiteFeedInfo *info, GPtrArray *pages)
{
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                               "<feed xmlns=\"" ATOM_NAMESPACE "\">\n");
  append_element (out, "id", NULL, info->id);
  append_element (out, "title", NULL, info->title);
  append_instant (out, "updated", last_change (info, pages));
  append_author (out, info->title);
  if (info->base_url)
    {
      g_autofree char *self = g_strconcat (info->base_url, "feed.xml", NULL);
      append_link (out, "self", "application/atom+xml", self);
      append_link (out, "alternate", NULL, info->base_url);
    }
  append_element (out, "generator", NULL, GENERATOR);
  for (guint i = 0; i < pages->len; i++)
    append_entry (out, info, pages->pdata[i]);
  g_string_append (out, "</feed>\n");
  return g_string_free (out, FALSE);
}

static gboolean
is_atom (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && node->ns
         && g_str_equal ((const char *)node->ns->href, ATOM_NAMESPACE)
         && g_str_equal ((const char *)node->name, name);
}

/* Returns: (transfer full) (nullable): the text of the first child named @name */
static char *
child_text (const xmlNode *parent, const char *name)
{
  for (const xmlNode *node = parent->children; node; node = node->next)
    if (is_atom (node, name))
      {
        xmlChar *content = xmlNodeGetContent (node);
        char *text = g_strdup ((const char *)content);
        xmlFree (content);
        return text;
      }
  return NULL;
}

static GHashTable *
read_entries (const xmlNode *feed)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const xmlNode *node = feed->children; node; node = node->next)
    if (is_atom (node, "entry"))
      {
        char *id = child_text (node, "id");
        if (id)
          g_hash_table_add (ids, id);
      }
  return ids;
}

GHashTable *
bmn_website_atom_read (const char *text, gsize length, char **id)
{
  if (length > G_MAXINT)
    return NULL;
  xmlDoc *doc = xmlReadMemory (text, length, NULL, NULL,
                               XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (!doc)
    return NULL;
  GHashTable *ids = NULL;
  const xmlNode *root = xmlDocGetRootElement (doc);
  if (root && is_atom (root, "feed"))
    {
      g_autofree char *generator = child_text (root, "generator");
      if (g_strcmp0 (generator, GENERATOR) == 0)
        ids = read_entries (root);
      if (ids && id)
        *id = child_text (root, "id");
    }
  xmlFreeDoc (doc);
  return ids;
}

/* JSON Feed */

static void
add_instant (JsonBuilder *builder, const char *name, gint64 instant)
{
  g_autofree char *text = bmn_instant_format (instant);
  bmn_json_add_string (builder, name, text);
}

static void
add_authors (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, "authors");
  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "name", name);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

static void
add_attachment (JsonBuilder *builder, const BmnWebsiteFeedInfo *info, const BmnMedia *media)
{
  g_autofree char *url = media_url (info, media);
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "url", url);
  bmn_json_add_string (builder, "mime_type",
                       media->mime_type ? media->mime_type : "application/octet-stream");
  bmn_json_add_string (builder, "title", media->alt);
  if (media->size > 0)
    bmn_json_add_int (builder, "size_in_bytes", media->size);
  json_builder_end_object (builder);
}

static void
add_attachments (JsonBuilder *builder, const BmnWebsiteFeedInfo *info, const BmnWebsitePage *page)
{
  json_builder_set_member_name (builder, "attachments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < page->parts->len; i++)
    {
      const BmnPart *part = page->parts->pdata[i];
      for (guint j = 0; j < part->media->len; j++)
        add_attachment (builder, info, part->media->pdata[j]);
    }
  json_builder_end_array (builder);
}

static void
add_tags (JsonBuilder *builder, const BmnWebsitePage *page)
{
  g_auto (GStrv) tags = bmn_website_page_hashtags (page);
  json_builder_set_member_name (builder, "tags");
  json_builder_begin_array (builder);
  for (guint i = 0; tags[i]; i++)
    json_builder_add_string_value (builder, tags[i]);
  json_builder_end_array (builder);
}

static void
add_item (JsonBuilder *builder, const BmnWebsiteFeedInfo *info, const BmnWebsitePage *page)
{
  g_autofree char *id = bmn_website_page_id (page);
  g_autofree char *url = bmn_website_page_url (page, info->base_url);
  g_autofree char *html = bmn_website_page_to_html (page, info->base_url);
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "id", id);
  bmn_json_add_string (builder, "url", url);
  bmn_json_add_string (builder, "title", page->title);
  bmn_json_add_string (builder, "summary", page->content_warning);
  bmn_json_add_string (builder, "content_html", html);
  add_instant (builder, "date_published", page->date);
  add_instant (builder, "date_modified", page->updated);
  bmn_json_add_string (builder, "language", page->language);
  add_authors (builder, page->author);
  add_tags (builder, page);
  if (info->base_url)
    add_attachments (builder, info, page);
  json_builder_end_object (builder);
}

char *
bmn_website_json_feed (const BmnWebsiteFeedInfo *info, GPtrArray *pages)
{
  g_autofree char *self = info->base_url ? g_strconcat (info->base_url, "feed.json", NULL) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "version", JSON_FEED_VERSION);
  bmn_json_add_string (builder, "title", info->title);
  bmn_json_add_string (builder, "home_page_url", info->base_url);
  bmn_json_add_string (builder, "feed_url", self);
  json_builder_set_member_name (builder, JSON_MARK);
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "about", "Written by " GENERATOR ", which replaces it as a whole.");
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "items");
  json_builder_begin_array (builder);
  for (guint i = 0; i < pages->len; i++)
    add_item (builder, info, pages->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

GHashTable *
bmn_website_json_read (const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  g_autoptr (JsonNode) root = bmn_json_parse (bytes, NULL);
  JsonObject *feed = bmn_json_node_object (root);
  JsonArray *items = bmn_json_get_array (feed, "items");
  if (!items || !bmn_json_get_object (feed, JSON_MARK))
    return NULL;
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      const char *id = bmn_json_get_string (bmn_json_get_element_object (items, i), "id");
      if (id)
        g_hash_table_add (ids, g_strdup (id));
    }
  return ids;
}
