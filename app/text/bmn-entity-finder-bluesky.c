#include "bmn-entity-finder-private.h"

#include "bmn-character-class-private.h"
#include "bmn-domain-private.h"
#include "bmn-entity-list-private.h"
#include "bmn-segmenter.h"

/* Lexicon `app.bsky.richtext.facet#tag`. */
#define MAX_TAG_GRAPHEMES 64
#define MAX_TAG_BYTES 640

#define EMOJI_STYLE 0xfe0f

/* What JavaScript takes for a space, as the official apps do. */
static gboolean
is_space (UChar32 c)
{
  return (u_isUWhiteSpace (c) && c != 0x85) || c == 0xfeff;
}

/* Signs without width, which would make two tags look the same. */
static gboolean
is_invisible (UChar32 c)
{
  return c == 0xad || c == 0x2060 || (c >= 0x200a && c <= 0x200d) || c == 0x20e2;
}

static gboolean
is_ascii_digit (UChar32 c)
{
  return c >= '0' && c <= '9';
}

static gboolean
is_small_enough (const BmnCodePoints *points, gsize start, gsize end)
{
  if (points->offsets[end] - points->offsets[start] > MAX_TAG_BYTES)
    return FALSE;
  /* No more graphemes than code points, which are cheap to count. */
  if (end - start <= MAX_TAG_GRAPHEMES)
    return TRUE;
  g_autofree char *tag = bmn_code_points_substring (points, start, end);
  gsize n_graphemes = 0;
  return bmn_text_count_graphemes (tag, &n_graphemes, NULL) && n_graphemes <= MAX_TAG_GRAPHEMES;
}

static void
add_hashtag (const BmnCodePoints *points, gsize start, GPtrArray *entities)
{
  gboolean means_something = FALSE;
  gsize end = start + 1;
  if (bmn_code_points_at (points, end) == EMOJI_STYLE)
    return;
  for (; end < points->n && !is_space (points->chars[end]) && !is_invisible (points->chars[end]);
       end++)
    means_something
        |= !is_ascii_digit (points->chars[end]) && !bmn_is_punctuation (points->chars[end]);
  if (!means_something)
    return;
  while (bmn_is_punctuation (points->chars[end - 1]))
    end--;
  if (is_small_enough (points, start + 1, end))
    bmn_entity_list_add_sigil (entities, points, BMN_ENTITY_HASHTAG, start, end);
}

static void
find_hashtags (const BmnCodePoints *points, GPtrArray *entities)
{
  for (gsize i = 0; i < points->n; i++)
    if (bmn_is_hash_sign (points->chars[i]) && (i == 0 || is_space (points->chars[i - 1])))
      add_hashtag (points, i, entities);
}

static gboolean
begins_token (const BmnCodePoints *points, gsize at)
{
  return at == 0 || is_space (points->chars[at - 1]) || points->chars[at - 1] == '(';
}

/* A handle ends where a word does, so that a full stop after it is not part of it. */
static gsize
match_handle (const BmnCodePoints *points, gsize start)
{
  gsize end = start;
  for (;; end++)
    {
      UChar32 c = bmn_code_points_at (points, end);
      if (!bmn_is_ascii_alnum (c) && c != '.' && c != '-')
        break;
    }
  while (end > start
         && bmn_is_ascii_word (points->chars[end - 1])
                == bmn_is_ascii_word (bmn_code_points_at (points, end)))
    end--;
  return end;
}

static void
find_mentions (const BmnCodePoints *points, GPtrArray *entities)
{
  for (gsize i = 0; i < points->n; i++)
    {
      if (points->chars[i] != '@' || !begins_token (points, i))
        continue;
      gsize end = match_handle (points, i + 1);
      if (end == i + 1)
        continue;
      g_autofree char *handle = bmn_code_points_substring (points, i + 1, end);
      if (bmn_domain_is_known (handle) || g_str_has_suffix (handle, ".test"))
        bmn_entity_list_add_sigil (entities, points, BMN_ENTITY_MENTION, i, end);
    }
}

/* Returns: where the domain name of at least two labels that begins at @start ends, or @start */
static gsize
match_domain (const BmnCodePoints *points, gsize start)
{
  UChar32 first = bmn_code_points_at (points, start);
  gsize end = start;
  if (first >= 0x80 || !g_ascii_isalpha (first))
    return start;
  for (gsize i = start;;)
    {
      gsize label = i;
      while (bmn_is_ascii_alnum (bmn_code_points_at (points, i)))
        i++;
      if (i == label)
        return end;
      if (label > start)
        end = i;
      if (bmn_code_points_at (points, i) != '.')
        return end;
      i++;
    }
}

static gboolean
contains (const BmnCodePoints *points, gsize start, gsize end, UChar32 c)
{
  for (gsize i = start; i < end; i++)
    if (points->chars[i] == c)
      return TRUE;
  return FALSE;
}

static gboolean
is_trailing_stop (UChar32 c)
{
  return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?';
}

/* One sign that ends a sentence and one parenthesis that was opened before the link are not
 * part of it. */
static gsize
trim_link (const BmnCodePoints *points, gsize start, gsize end)
{
  if (is_trailing_stop (points->chars[end - 1]))
    end--;
  if (points->chars[end - 1] == ')' && !contains (points, start, end, '('))
    end--;
  return end;
}

/* Returns: where the scan goes on; @start where nothing like a link begins here */
static gsize
scan_link (const BmnCodePoints *points, gsize start, GPtrArray *entities)
{
  gsize rest = start;
  gboolean known = TRUE;
  if (bmn_code_points_has_at (points, start, "https://"))
    rest = start + strlen ("https://");
  else if (bmn_code_points_has_at (points, start, "http://"))
    rest = start + strlen ("http://");
  gboolean has_scheme = rest > start;
  if (!has_scheme)
    {
      rest = match_domain (points, start);
      if (rest == start)
        return start;
      g_autofree char *domain = bmn_code_points_substring (points, start, rest);
      known = bmn_domain_is_known (domain);
    }
  gsize end = rest;
  while (end < points->n && !is_space (points->chars[end]))
    end++;
  gsize link_end = trim_link (points, start, end);
  if (known && (has_scheme ? link_end > rest : link_end >= rest))
    bmn_entity_list_add_link (entities, points, start, link_end, has_scheme);
  return end;
}

static void
find_links (const BmnCodePoints *points, GPtrArray *entities)
{
  for (gsize i = 0; i < points->n;)
    {
      gsize end = begins_token (points, i) ? scan_link (points, i, entities) : i;
      i = MAX (end, i + 1);
    }
}

void
bmn_entity_finder_bluesky (const BmnCodePoints *points, GPtrArray *entities)
{
  find_links (points, entities);
  find_mentions (points, entities);
  find_hashtags (points, entities);
}
