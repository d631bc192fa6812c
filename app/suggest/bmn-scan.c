#include "bmn-scan-private.h"

#include <string.h>
#include <unicode/uchar.h>

static gboolean
is_letter (gunichar c)
{
  return g_ascii_isalpha (c) || (c >= 0x80 && (U_GET_GC_MASK (c) & (U_GC_L_MASK | U_GC_M_MASK)));
}

gboolean
bmn_scan_is_wide_word (gunichar c)
{
  if (c >= 0xfe00 && c <= 0xfe0f)
    return FALSE;
  return (U_GET_GC_MASK (c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

gboolean
bmn_scan_is_wide_space (gunichar c)
{
  return u_isUWhiteSpace (c);
}

gboolean
bmn_scan_is_emoji (gunichar c)
{
  return (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf);
}

/* The next `#` or `＃` at or after @from. */
static const char *
next_sign (const char *from, const char **behind)
{
  const char *plain = strchr (from, '#'), *wide = strstr (from, "＃");
  if (plain && (!wide || plain < wide))
    {
      *behind = plain + 1;
      return plain;
    }
  *behind = wide ? wide + strlen ("＃") : NULL;
  return wide;
}

static gboolean
may_start_tag (const char *text, const char *sign)
{
  if (sign == text)
    return TRUE;
  gunichar before = bmn_scan_peek (g_utf8_prev_char (sign));
  return before != '&' && before != '/' && !bmn_scan_is_word (before);
}

gboolean
bmn_scan_next_tag (const char *text, const char *from, BmnTagSpan *span)
{
  const char *word;
  for (const char *sign = next_sign (from, &word); sign; sign = next_sign (word, &word))
    {
      const char *p = word;
      gboolean has_letter = FALSE;
      gunichar c;
      while (*p && bmn_scan_is_word (c = bmn_scan_peek (p)))
        {
          has_letter |= is_letter (c);
          p = g_utf8_next_char (p);
        }
      if (has_letter && may_start_tag (text, sign))
        {
          *span = (BmnTagSpan){ sign, word, p };
          return TRUE;
        }
    }
  return FALSE;
}

/* Whether there can be a link at all: a look that costs next to nothing. */
static gboolean
may_have_link (const char *text)
{
  return strstr (text, "://") || strstr (text, "www.") || strstr (text, "pic.twitter.com/");
}

gboolean
bmn_scan_next_link (const char *from, const char **start, const char **end)
{
  static const char *const beginnings[] = { "http://", "https://", "www.", "pic.twitter.com/" };
  if (!may_have_link (from))
    return FALSE;
  for (const char *p = from; *p; p++)
    {
      if (*p != 'h' && *p != 'w' && *p != 'p')
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
        {
          if (!g_str_has_prefix (p, beginnings[i]))
            continue;
          const char *q = p + strlen (beginnings[i]);
          const char *first = q;
          while (*q && !bmn_scan_is_space (bmn_scan_peek (q)))
            q = g_utf8_next_char (q);
          if (q == first)
            continue;
          *start = p;
          *end = q;
          return TRUE;
        }
    }
  return FALSE;
}

char *
bmn_scan_link_host (const char *start, const char *end)
{
  const char *scheme = g_strstr_len (start, end - start, "://");
  const char *host = scheme ? scheme + 3 : start;
  if (end - host > 4 && strncmp (host, "www.", 4) == 0)
    host += 4;
  const char *stop = host;
  while (stop < end && !strchr ("/?#:", *stop))
    stop++;
  if (!memchr (host, '.', stop - host) || stop - host > 100)
    return NULL;
  return g_ascii_strdown (host, stop - host);
}

char *
bmn_scan_replace_links (const char *text, const char *replacement)
{
  GString *out = g_string_sized_new (strlen (text));
  const char *start, *end;
  while (bmn_scan_next_link (text, &start, &end))
    {
      g_string_append_len (out, text, start - text);
      g_string_append (out, replacement);
      text = end;
    }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}
