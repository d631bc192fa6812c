#include "bmn-url-scanner-private.h"

#include <string.h>

#include "bmn-character-class-private.h"

/* X: the character classes of twitter-text 3.1. */

static gboolean
is_cyrillic (UChar32 c)
{
  return c >= 0x400 && c <= 0x4ff;
}

static gboolean
x_is_path_char (UChar32 c)
{
  if (c < 0x80)
    return bmn_is_ascii_alnum (c) || (c && strchr ("!*';:=+,.$/%#[]-_~@|&", c));
  return c == 0x2013 || is_cyrillic (c) || bmn_is_latin_accent (c);
}

static gboolean
x_is_path_end (UChar32 c)
{
  if (c < 0x80)
    return bmn_is_ascii_alnum (c) || (c && strchr ("+-=_#/", c));
  return is_cyrillic (c) || bmn_is_latin_accent (c);
}

static gboolean
x_is_query_char (UChar32 c)
{
  return bmn_is_ascii_alnum (c) || (c && c < 0x80 && strchr ("!?*'@();:&=+$/%#[]-_.,~|", c));
}

static gboolean
x_is_query_end (UChar32 c)
{
  return bmn_is_ascii_alnum (c) || (c && c < 0x80 && strchr ("-_&=#/", c));
}

/* Mastodon: `config/initializers/twitter_regex.rb`. */

static gboolean
mastodon_is_path_char (UChar32 c)
{
  return c && !u_isUWhiteSpace (c) && !(c < 0x80 && strchr ("<>()?", c));
}

static gboolean
mastodon_is_path_end (UChar32 c)
{
  if (!c || u_isUWhiteSpace (c) || c == 0x300c || c == 0x300d)
    return FALSE;
  return c >= 0x80 || !strchr ("()?!*\"'<>;:=,.$%[]~&|@", c);
}

static gboolean
mastodon_is_wide_query_char (UChar32 c)
{
  return (c >= 0xa0 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfdcf) || c >= 0xfdf0;
}

static gboolean
mastodon_is_query_char (UChar32 c)
{
  return x_is_query_char (c) || c == '^' || mastodon_is_wide_query_char (c);
}

static gboolean
mastodon_is_query_end (UChar32 c)
{
  return x_is_query_end (c) || mastodon_is_wide_query_char (c);
}

static const char *const web_schemes[] = { "https://", "http://", NULL };

static const char *const mastodon_schemes[]
    = { "https://", "http://", "dat://",    "dweb://",   "ipfs://",
        "ipns://",  "ssb://",  "gopher://", "gemini://", NULL };

const BmnUrlGrammar bmn_url_grammar_x = {
  .schemes = web_schemes,
  .bare = TRUE,
  .is_path_char = x_is_path_char,
  .is_path_end = x_is_path_end,
  .is_query_char = x_is_query_char,
  .is_query_end = x_is_query_end,
};

const BmnUrlGrammar bmn_url_grammar_mastodon = {
  .schemes = mastodon_schemes,
  .bare = FALSE,
  .is_path_char = mastodon_is_path_char,
  .is_path_end = mastodon_is_path_end,
  .is_query_char = mastodon_is_query_char,
  .is_query_end = mastodon_is_query_end,
};
