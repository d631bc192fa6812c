#include "fake-text.h"

#include <string.h>
#include <unicode/ubrk.h>

/* One pass finds all three: a link hides the # and @ inside it. */
#define LINK "(?<link>https?://[^\\s<>\"]*[^\\s<>\".,;:!?'’”)\\]}])"
#define MENTION                                                                                    \
  "(?:(?<![=/\\w])@(?<user>[A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)"                         \
  "(?<domain>@[\\w.-]*\\w)?)"
#define HASHTAG                                                                                    \
  "(?:(?<![=/)\\w])[#＃](?<tag>[\\w\\x{b7}\\x{30fb}\\x{200c}]*[\\p{L}\\p{M}_]"                    \
  "[\\w\\x{b7}\\x{30fb}\\x{200c}]*))"

static GRegex *
entities (void)
{
  static GRegex *regex;
  if (g_once_init_enter (&regex))
    {
      GRegex *made = g_regex_new ("(*UCP)" LINK "|" MENTION "|" HASHTAG, G_REGEX_OPTIMIZE, 0, NULL);
      g_once_init_leave (&regex, made);
    }
  return regex;
}

/* NULL where the group took no part in the match. */
static char *
group (GMatchInfo *match, const char *name)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);
  return text && *text ? g_steal_pointer (&text) : NULL;
}

gint64
fake_text_count_graphemes (const char *text)
{
  UErrorCode code = U_ZERO_ERROR;
  UText *utext = utext_openUTF8 (NULL, text, -1, &code);
  UBreakIterator *iterator = ubrk_open (UBRK_CHARACTER, "en", NULL, 0, &code);
  ubrk_setUText (iterator, utext, &code);
  gint64 count = 0;
  while (U_SUCCESS (code) && ubrk_next (iterator) != UBRK_DONE)
    count++;
  ubrk_close (iterator);
  utext_close (utext);
  return count;
}

gint64
fake_text_length (const char *text, gint64 per_url)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GString) rest = g_string_new (NULL);
  gint64 links = 0;
  int done = 0;
  for (g_regex_match (entities (), text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *link = group (match, "link");
      g_autofree char *domain = group (match, "domain");
      int start = 0, end = 0;
      if (link)
        g_match_info_fetch_pos (match, 0, &start, &end);
      else if (domain)
        g_match_info_fetch_named_pos (match, "domain", &start, &end);
      else
        continue;
      g_string_append_len (rest, text + done, start - done);
      done = end;
      links += link != NULL;
    }
  g_string_append (rest, text + done);
  return fake_text_count_graphemes (rest->str) + links * per_url;
}

gboolean
fake_text_mentions (const char *text, const char *username)
{
  g_autoptr (GMatchInfo) match = NULL;
  for (g_regex_match (entities (), text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *user = group (match, "user");
      g_autofree char *domain = group (match, "domain");
      if (user && !domain && g_ascii_strcasecmp (user, username) == 0)
        return TRUE;
    }
  return FALSE;
}

GStrv
fake_text_hashtags (const char *text)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  for (g_regex_match (entities (), text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *tag = group (match, "tag");
      if (!tag)
        continue;
      g_autofree char *low = g_utf8_strdown (tag, -1);
      if (!g_ptr_array_find_with_equal_func (tags, low, g_str_equal, NULL))
        g_ptr_array_add (tags, g_steal_pointer (&low));
    }
  g_ptr_array_add (tags, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&tags), FALSE);
}

/* Scheme and www. are hidden, 30 characters are shown, the rest is hidden again. */
static void
append_link (GString *html, const char *link)
{
  gsize scheme = strstr (link, "://") + 3 - link;
  if (g_str_has_prefix (link + scheme, "www."))
    scheme += 4;
  const char *shown = link + scheme;
  const char *hidden
      = g_utf8_strlen (shown, -1) > 30 ? g_utf8_offset_to_pointer (shown, 30) : strchr (shown, 0);
  g_autofree char *href = g_markup_escape_text (link, -1);
  g_autofree char *before = g_markup_escape_text (link, scheme);
  g_autofree char *middle = g_markup_escape_text (shown, hidden - shown);
  g_autofree char *after = g_markup_escape_text (hidden, -1);
  g_string_append_printf (html,
                          "<a href=\"%s\" target=\"_blank\" rel=\"nofollow noopener\" "
                          "translate=\"no\"><span class=\"invisible\">%s</span>"
                          "<span class=\"%s\">%s</span><span class=\"invisible\">%s</span></a>",
                          href, before, *hidden ? "ellipsis" : "", middle, after);
}

static void
append_hashtag (GString *html, const char *base, const char *tag)
{
  g_autofree char *low = g_utf8_strdown (tag, -1);
  g_autofree char *path = g_uri_escape_string (low, NULL, FALSE);
  g_string_append_printf (html,
                          "<a href=\"%s/tags/%s\" class=\"mention hashtag\" rel=\"tag\">"
                          "#<span>%s</span></a>",
                          base, path, tag);
}

static void
append_mention (GString *html, const char *base, const char *user)
{
  g_string_append_printf (html,
                          "<span class=\"h-card\" translate=\"no\"><a href=\"%s/@%s\" "
                          "class=\"u-url mention\">@<span>%s</span></a></span>",
                          base, user, user);
}

static gboolean
is_known (const char *user, const char *const *usernames)
{
  for (gsize i = 0; usernames[i]; i++)
    if (g_ascii_strcasecmp (usernames[i], user) == 0)
      return TRUE;
  return FALSE;
}

static void
append_escaped (GString *html, const char *text, gssize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, length);
  g_string_append (html, escaped);
}

static void
append_paragraph (GString *html, const char *text, const char *base, const char *const *usernames)
{
  g_autoptr (GMatchInfo) match = NULL;
  int done = 0;
  for (g_regex_match (entities (), text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *link = group (match, "link");
      g_autofree char *user = group (match, "user");
      g_autofree char *domain = group (match, "domain");
      g_autofree char *tag = group (match, "tag");
      int start, end;
      g_match_info_fetch_pos (match, 0, &start, &end);
      if (user && (domain || !is_known (user, usernames)))
        continue;
      append_escaped (html, text + done, start - done);
      if (link)
        append_link (html, link);
      else if (user)
        append_mention (html, base, user);
      else
        append_hashtag (html, base, tag);
      done = end;
    }
  append_escaped (html, text + done, -1);
}

char *
fake_text_to_html (const char *text, const char *base, const char *const *usernames)
{
  g_autoptr (GString) plain = g_string_new (text);
  g_autoptr (GString) html = g_string_new (NULL);
  g_string_replace (plain, "\r\n", "\n", 0);
  g_auto (GStrv) paragraphs = g_regex_split_simple ("\n{2,}", plain->str, 0, 0);
  for (char **paragraph = paragraphs; *paragraph; paragraph++)
    {
      if (**paragraph == '\0')
        continue;
      g_string_append (html, "<p>");
      append_paragraph (html, g_strstrip (*paragraph), base, usernames);
      g_string_append (html, "</p>");
    }
  g_string_replace (html, "\n", "<br />", 0);
  return g_string_free (g_steal_pointer (&html), FALSE);
}

gboolean
fake_text_is_language (const char *code)
{
  static const char codes[]
      = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv"
        " cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr"
        " ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw"
        " ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv"
        " ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr"
        " ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi"
        " yo za zh zu ";
  gsize length = strlen (code);
  if (length != 2 && !(length == 5 && code[2] == '-'))
    return FALSE;
  if (!g_ascii_islower (code[0]) || !g_ascii_islower (code[1])
      || (length == 5 && !(g_ascii_isupper (code[3]) && g_ascii_isupper (code[4]))))
    return FALSE;
  char wanted[] = { ' ', code[0], code[1], ' ', '\0' };
  return strstr (codes, wanted) != NULL;
}
