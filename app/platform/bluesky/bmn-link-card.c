#include "bmn-link-card-private.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define TIMEOUT 10
#define MAX_TITLE 300
#define MAX_DESCRIPTION 1000

void
bmn_link_card_free (BmnLinkCard *card)
{
  g_free (card->title);
  g_free (card->description);
  g_free (card->image_url);
  g_free (card);
}

BmnHttpRequest *
bmn_link_card_request (const char *url, gsize max_body, gboolean public_only)
{
  BmnHttpRequest *request = bmn_http_request_new ("GET", url, "link-card");
  request->follow_redirects = TRUE;
  request->public_only = public_only;
  request->max_body = max_body;
  request->timeout = TIMEOUT;
  request->priority = BMN_HTTP_PRIORITY_PUBLISH;
  return request;
}

/* What was found on the page so far; the first of each kind counts. */
typedef struct
{
  char *og_title;       /* (owned) (nullable) */
  char *og_description; /* (owned) (nullable) */
  char *og_image;       /* (owned) (nullable) */
  char *title;          /* (owned) (nullable) */
  char *description;    /* (owned) (nullable) */
} Found;

static void
found_clear (Found *found)
{
  g_free (found->og_title);
  g_free (found->og_description);
  g_free (found->og_image);
  g_free (found->title);
  g_free (found->description);
}

/* @value: (transfer full) (nullable): */
static void
keep_first (char **place, xmlChar *value)
{
  if (value && !*place && g_utf8_validate ((const char *)value, -1, NULL))
    *place = g_strdup ((const char *)value);
  if (value)
    xmlFree (value);
}

static gboolean
has_value (xmlNode *node, const char *attribute, const char *value)
{
  xmlChar *found = xmlGetProp (node, (const xmlChar *)attribute);
  gboolean same = found && g_ascii_strcasecmp ((const char *)found, value) == 0;
  if (found)
    xmlFree (found);
  return same;
}

static void
read_meta (xmlNode *node, Found *found)
{
  const struct
  {
    const char *attribute;
    const char *value;
    char **place;
  } kinds[] = {
    { "property", "og:title", &found->og_title },
    { "property", "og:description", &found->og_description },
    { "property", "og:image", &found->og_image },
    { "name", "description", &found->description },
  };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (has_value (node, kinds[i].attribute, kinds[i].value))
      keep_first (kinds[i].place, xmlGetProp (node, (const xmlChar *)"content"));
}

/* Walks the tree without recursion, as a page may nest as deep as it likes. */
static xmlNode *
next_node (xmlNode *node)
{
  if (node->children && node->type == XML_ELEMENT_NODE)
    return node->children;
  while (node && !node->next)
    node = node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
  return node ? node->next : NULL;
}

static void
read_page (xmlNode *root, Found *found)
{
  for (xmlNode *node = root; node; node = next_node (node))
    if (node->type != XML_ELEMENT_NODE)
      continue;
    else if (xmlStrcasecmp (node->name, (const xmlChar *)"meta") == 0)
      read_meta (node, found);
    else if (xmlStrcasecmp (node->name, (const xmlChar *)"title") == 0)
      keep_first (&found->title, xmlNodeGetContent (node));
}

/* Returns: (transfer full): one line of at most @max characters */
static char *
tidy (const char *preferred, const char *fallback, glong max)
{
  const char *text = preferred && *preferred ? preferred : fallback ? fallback : "";
  g_autoptr (GString) line = g_string_new (NULL);
  glong n = 0;
  gboolean gap = FALSE;
  for (const char *c = text; *c && n < max; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
        {
          gap = line->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (line, ' ');
      gap = FALSE;
      g_string_append_unichar (line, character);
      n++;
    }
  return g_strdup (line->str);
}

static char *
resolve_image (const char *image, const char *url)
{
  if (!image || !*image)
    return NULL;
  g_autofree char *absolute = g_uri_resolve_relative (url, image, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const gboolean is_web
      = absolute
        && (g_str_has_prefix (absolute, "https://") || g_str_has_prefix (absolute, "http://"));
  return is_web ? g_steal_pointer (&absolute) : NULL;
}

BmnLinkCard *
bmn_link_card_parse (GBytes *html, const char *url)
{
  gsize length = g_bytes_get_size (html);
  if (length == 0 || length > G_MAXINT)
    return NULL;
  htmlDocPtr document = htmlReadMemory (g_bytes_get_data (html, NULL), (int)length, NULL, NULL,
                                        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR
                                            | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
  if (!document)
    return NULL;
  Found found = { NULL };
  xmlNode *root = xmlDocGetRootElement (document);
  if (root)
    read_page (root, &found);
  xmlFreeDoc (document);
  BmnLinkCard *card = NULL;
  if (found.og_title || found.title)
    {
      card = g_new0 (BmnLinkCard, 1);
      card->title = tidy (found.og_title, found.title, MAX_TITLE);
      card->description = tidy (found.og_description, found.description, MAX_DESCRIPTION);
      card->image_url = resolve_image (found.og_image, url);
    }
  found_clear (&found);
  return card;
}
