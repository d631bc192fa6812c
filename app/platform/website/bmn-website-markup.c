#include "bmn-website-markup-private.h"
#include "bmn-entity-finder.h"

#include <string.h>

static gboolean
has_prefix (const char *text, const char *prefix)
{
  return text && g_str_has_prefix (text, prefix);
}

/* One spelling of line breaks, no blanks at the ends of lines. */
static GStrv
split_lines (const char *text)
{
  g_auto (GStrv) by_crlf = g_strsplit (text, "\r\n", -1);
  g_autofree char *joined = g_strjoinv ("\n", by_crlf);
  g_strdelimit (joined, "\r", '\n');
  GStrv lines = g_strsplit (joined, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    g_strchomp (lines[i]);
  return lines;
}

typedef struct
{
  void (*append_text) (GString *out, const char *text, gboolean at_start);
  void (*append_link) (GString *out, const BmnEntity *link);
} BmnMarkup;

/* A line as its links and what is between them. */
static void
append_line (GString *out, const char *line, const BmnMarkup *markup)
{
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (line, BMN_TEXT_DIALECT_WEBSITE, NULL);
  gsize done = 0;
  for (guint i = 0; entities && i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (entity->kind != BMN_ENTITY_LINK)
        continue;
      g_autofree char *before = g_strndup (line + done, entity->byte_start - done);
      markup->append_text (out, before, done == 0);
      markup->append_link (out, entity);
      done = entity->byte_end;
    }
  markup->append_text (out, line + done, done == 0);
}

static void
append_markdown_char (GString *out, char c)
{
  if (strchr ("<>&{}~^", c))
    g_string_append_printf (out, "&#%d;", c);
  else
    {
      if (strchr ("\\`*_[]|$", c))
        g_string_append_c (out, '\\');
      g_string_append_c (out, c);
    }
}

/*
 * What can begin a block at the start of a line: headings, lists, rules, fences, underlines,
 * definition lists, numbers.
 *
 * Returns: how much of @line was appended
 */
static gsize
append_line_start (GString *out, const char *line)
{
  gsize i = 0;
  for (; line[i] == ' ' || line[i] == '\t'; i++)
    g_string_append (out, line[i] == ' ' ? "&nbsp;" : "&nbsp;&nbsp;&nbsp;&nbsp;");
  if (line[i] && strchr ("#+-!", line[i]))
    g_string_append_printf (out, "\\%c", line[i++]);
  else if (line[i] && strchr ("=:%", line[i]))
    {
      g_string_append_printf (out, "&#%d;", line[i]);
      i++;
    }
  else if (g_ascii_isdigit (line[i]))
    {
      gsize n = strspn (line + i, "0123456789");
      g_string_append_len (out, line + i, n);
      i += n;
      if (line[i] == '.' || line[i] == ')')
        g_string_append_printf (out, "\\%c", line[i++]);
    }
  return i;
}

static void
append_markdown_text (GString *out, const char *text, gboolean at_start)
{
  for (const char *p = text + (at_start ? append_line_start (out, text) : 0); *p; p++)
    append_markdown_char (out, *p);
}

/* What ends a link's address in Markdown, or a template engine reads, is percent-encoded. */
static void
append_markdown_link (GString *out, const BmnEntity *link)
{
  g_string_append_c (out, '[');
  append_markdown_text (out, link->text, FALSE);
  g_string_append (out, "](");
  g_string_append_uri_escaped (out, link->url, "!#$&'*+,/:;=?@[]%", TRUE);
  g_string_append_c (out, ')');
}

static const BmnMarkup markdown = { append_markdown_text, append_markdown_link };

void
bmn_website_append_markdown (GString *out, const char *text)
{
  g_auto (GStrv) lines = split_lines (text);
  for (guint i = 0; lines[i]; i++)
    {
      append_line (out, lines[i], &markdown);
      /* Two blanks make a hard break, where the paragraph goes on. */
      gboolean goes_on = lines[i][0] && lines[i + 1] && lines[i + 1][0];
      g_string_append (out, goes_on ? "  \n" : "\n");
    }
}

static gboolean
is_picture (const BmnMedia *media)
{
  return has_prefix (media->mime_type, "image/");
}

/* What stands for a file without a description: its type is better than nothing. */
static const char *
media_words (const BmnMedia *media)
{
  if (media->alt && *media->alt)
    return media->alt;
  return is_picture (media) ? "" : media->mime_type ? media->mime_type : "file";
}

void
bmn_website_append_markdown_media (GString *out, const BmnMedia *media, const char *url)
{
  g_string_append (out, is_picture (media) ? "![" : "[");
  for (const char *p = media_words (media); *p; p++)
    append_markdown_char (out, *p == '\n' || *p == '\r' ? ' ' : *p);
  g_string_append_printf (out, "](%s)\n", url);
}

/* XML 1.0, section 2.2: what a document may hold at all. */
static gboolean
is_xml_char (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff)
         || (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

void
bmn_website_append_escaped (GString *out, const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else
        g_string_append_unichar (out, is_xml_char (c) ? c : 0xfffd);
    }
}

static void
append_html_text (GString *out, const char *text, gboolean at_start)
{
  bmn_website_append_escaped (out, text);
}

static void
append_html_link (GString *out, const BmnEntity *link)
{
  g_string_append (out, "<a href=\"");
  bmn_website_append_escaped (out, link->url);
  g_string_append (out, "\">");
  bmn_website_append_escaped (out, link->text);
  g_string_append (out, "</a>");
}

static const BmnMarkup html = { append_html_text, append_html_link };

void
bmn_website_append_html (GString *out, const char *text)
{
  g_auto (GStrv) lines = split_lines (text);
  gboolean open = FALSE;
  for (guint i = 0; lines[i]; i++)
    {
      if (lines[i][0])
        {
          g_string_append (out, open ? "<br>\n" : "<p>");
          append_line (out, lines[i], &html);
        }
      else if (open)
        g_string_append (out, "</p>\n");
      open = lines[i][0] != '\0';
    }
  if (open)
    g_string_append (out, "</p>\n");
}

static void
append_attribute (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, " %s=\"", name);
  bmn_website_append_escaped (out, value);
  g_string_append_c (out, '"');
}

void
bmn_website_append_html_media (GString *out, const BmnMedia *media, const char *url)
{
  const char *tag = is_picture (media)                        ? "img"
                    : has_prefix (media->mime_type, "video/") ? "video"
                    : has_prefix (media->mime_type, "audio/") ? "audio"
                                                              : "a";
  const gboolean is_link = g_str_equal (tag, "a");
  g_string_append_printf (out, "<p><%s", tag);
  append_attribute (out, is_link ? "href" : "src", url);
  if (is_picture (media))
    append_attribute (out, "alt", media_words (media));
  else if (!is_link)
    append_attribute (out, "controls title", media_words (media));
  g_string_append_c (out, '>');
  if (is_link)
    bmn_website_append_escaped (out, media_words (media));
  if (!is_picture (media))
    g_string_append_printf (out, "</%s>", tag);
  g_string_append (out, "</p>\n");
}

const char *
bmn_website_extension (const char *mime_type)
{
  static const char *const extensions[][2] = {
    { "image/jpeg", "jpg" },      { "image/png", "png" },          { "image/gif", "gif" },
    { "image/webp", "webp" },     { "image/avif", "avif" },        { "image/heic", "heic" },
    { "image/heif", "heif" },     { "image/jxl", "jxl" },          { "image/svg+xml", "svg" },
    { "video/mp4", "mp4" },       { "video/webm", "webm" },        { "video/quicktime", "mov" },
    { "video/ogg", "ogv" },       { "video/x-matroska", "mkv" },   { "audio/mpeg", "mp3" },
    { "audio/ogg", "ogg" },       { "audio/x-vorbis+ogg", "ogg" }, { "audio/flac", "flac" },
    { "audio/mp4", "m4a" },       { "audio/wav", "wav" },          { "audio/x-wav", "wav" },
    { "application/pdf", "pdf" }, { "text/plain", "txt" },
  };
  for (gsize i = 0; mime_type && i < G_N_ELEMENTS (extensions); i++)
    if (g_str_equal (extensions[i][0], mime_type))
      return extensions[i][1];
  return "bin";
}
