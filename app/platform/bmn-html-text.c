#include "bmn-html-text.h"

#include <libxml/HTMLparser.h>
#include <string.h>

static gboolean
is_one_of (const xmlNode *node, const char *const *names)
{
  return node->type == XML_ELEMENT_NODE && g_strv_contains (names, (const char *)node->name);
}

/* Ends the line, and with @n 2 leaves an empty one, unless the text says so already. */
static void
break_line (GString *text, guint n)
{
  guint had = 0;
  while (had < n && had < text->len && text->str[text->len - 1 - had] == '\n')
    had++;
  for (; text->len > 0 && had < n; had++)
    g_string_append_c (text, '\n');
}

static const char *const paragraphs[]
    = { "p", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6", NULL };
static const char *const lines[] = { "div", "li", "tr", NULL };
static const char *const unseen[] = { "script", "style", "head", "template", NULL };

static void
enter (GString *text, const xmlNode *node)
{
  if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content)
    g_string_append (text, (const char *)node->content);
  else if (node->type == XML_ELEMENT_NODE && g_str_equal (node->name, "br"))
    g_string_append_c (text, '\n');
  else if (is_one_of (node, paragraphs))
    break_line (text, 2);
  else if (is_one_of (node, lines))
    break_line (text, 1);
}

static void
leave (GString *text, const xmlNode *node)
{
  if (is_one_of (node, paragraphs))
    break_line (text, 2);
  else if (is_one_of (node, lines))
    break_line (text, 1);
}

/* Not by recursion: how deep it nests is up to strangers. */
static void
walk (GString *text, const xmlNode *root)
{
  const xmlNode *node = root;
  while (node)
    {
      gboolean hidden = is_one_of (node, unseen);
      if (!hidden)
        enter (text, node);
      if (!hidden && node->type == XML_ELEMENT_NODE && node->children)
        {
          node = node->children;
          continue;
        }
      while (node != root && !node->next)
        {
          leave (text, node);
          node = node->parent;
        }
      leave (text, node);
      node = node == root ? NULL : node->next;
    }
}

char *
bmn_html_to_text (const char *html)
{
  g_autoptr (GString) text = g_string_new (NULL);
  htmlDocPtr doc = htmlReadMemory (html, strlen (html), NULL, "UTF-8",
                                   HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                                       | HTML_PARSE_NONET);
  const xmlNode *root = doc ? xmlDocGetRootElement (doc) : NULL;
  if (root)
    walk (text, root);
  if (doc)
    xmlFreeDoc (doc);
  char *plain = g_string_free (g_steal_pointer (&text), FALSE);
  return g_strstrip (plain);
}
