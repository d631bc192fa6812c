#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A hashtag as it stands in a text. */
typedef struct
{
  const char *start; /* at the sign */
  const char *word;  /* after the sign */
  const char *end;   /* behind the last letter */
} BmnTagSpan;

/* As g_utf8_get_char(), without a call for ASCII, which most characters are. */
static inline gunichar
bmn_scan_peek (const char *p)
{
  return (guchar)*p < 0x80 ? (guchar)*p : g_utf8_get_char (p);
}

/* What bmn_scan_is_word() and bmn_scan_is_space() say beyond ASCII. */
gboolean bmn_scan_is_wide_word (gunichar c);
gboolean bmn_scan_is_wide_space (gunichar c);

/* Letters, digits, combining marks and the underscore; not the marks that pick an emoji. */
static inline gboolean
bmn_scan_is_word (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum (c) || c == '_' : bmn_scan_is_wide_word (c);
}

/* White space of any script. */
static inline gboolean
bmn_scan_is_space (gunichar c)
{
  return c < 0x80 ? g_ascii_isspace (c) || c == '\v' : bmn_scan_is_wide_space (c);
}

/* What a writer's emoji use: pictographs and dingbats. */
gboolean bmn_scan_is_emoji (gunichar c);

/**
 * bmn_scan_next_tag:
 * @from: where to look from, inside or at the end of @text
 *
 * A hashtag is `#` (or its full-width form) that does not follow a word, `&` or `/`, and a
 * run of word characters with at least one letter.
 *
 * Returns: whether there is one
 */
gboolean bmn_scan_next_tag (const char *text, const char *from, BmnTagSpan *span);

/**
 * bmn_scan_next_link:
 *
 * A link starts with `http://`, `https://`, `www.` or `pic.twitter.com/` and lasts up to
 * white space.
 *
 * Returns: whether there is one
 */
gboolean bmn_scan_next_link (const char *from, const char **start, const char **end);

/* Returns: (transfer full) (nullable): the host of a link in lower case, without `www.`;
 *   %NULL where it names none */
char *bmn_scan_link_host (const char *start, const char *end) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): @text with each link replaced by @replacement */
char *bmn_scan_replace_links (const char *text, const char *replacement) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
