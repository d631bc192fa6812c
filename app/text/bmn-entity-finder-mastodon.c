#include "bmn-entity-finder-private.h"

#include "bmn-character-class-private.h"
#include "bmn-entity-list-private.h"
#include "bmn-url-scanner-private.h"

/* Signs that may stand inside a hashtag: the Catalan and the Japanese dot, and the joiner that
 * keeps Persian words apart. */
static gboolean
is_separator (UChar32 c)
{
  return c == '_' || c == 0xb7 || c == 0x30fb || c == 0x200c;
}

/* Mastodon's `Tag::HASHTAG_NAME_RE`: a tag begins and ends with a word character. It may have
 * separators inside. Without a letter or separator strictly inside it needs a letter somewhere,
 * and then it has no separators at all.
 * Returns: where the name that begins at @start ends, or @start */
static gsize
match_name (const BmnCodePoints *points, gsize start)
{
  gsize wide_end = start;
  gsize plain_end = start;
  gboolean has_letter = FALSE;
  gboolean is_plain = TRUE;
  if (!bmn_is_word (bmn_code_points_at (points, start)))
    return start;
  gsize i = start;
  for (; i < points->n && (bmn_is_word (points->chars[i]) || is_separator (points->chars[i])); i++)
    {
      is_plain &= bmn_is_word (points->chars[i]);
      if (bmn_is_word (points->chars[i]))
        wide_end = i + 1;
      if (is_plain)
        {
          plain_end = i + 1;
          has_letter |= bmn_is_letter (points->chars[i]);
        }
    }
  for (i = start + 1; i + 1 < wide_end; i++)
    if (bmn_is_letter (points->chars[i]) || is_separator (points->chars[i]))
      return wide_end;
  return has_letter ? plain_end : start;
}

static gboolean
may_precede_hashtag (UChar32 c)
{
  return c != '=' && c != '/' && c != ')' && !u_isalnum (c);
}

static gboolean
may_precede_mention (UChar32 c)
{
  return c != '=' && c != '/' && !bmn_is_word (c);
}

/* Letters, digits and underscores of ASCII; dots and hyphens may stand between them. */
static gsize
match_user (const BmnCodePoints *points, gsize start)
{
  gsize end = start;
  for (gsize i = start;; i++)
    {
      UChar32 c = bmn_code_points_at (points, i);
      if (bmn_is_ascii_word (c))
        end = i + 1;
      else if (i == start || (c != '.' && c != '-'))
        return end;
    }
}

/* Returns: where the `@domain` at @start ends, or @start */
static gsize
match_domain (const BmnCodePoints *points, gsize start)
{
  gsize end = start;
  if (bmn_code_points_at (points, start) != '@')
    return start;
  for (gsize i = start + 1;; i++)
    {
      UChar32 c = bmn_code_points_at (points, i);
      if (i < points->n && bmn_is_word (c))
        end = i + 1;
      else if (c != '.' && c != '-')
        break;
    }
  return end > start + 2 ? end : start;
}

/* Returns: where the mention whose sign stands at @start ends, or @start */
static gsize
match_mention (const BmnCodePoints *points, gsize start)
{
  if (start > 0 && !may_precede_mention (points->chars[start - 1]))
    return start;
  gsize end = match_user (points, start + 1);
  if (end == start + 1)
    return start;
  end = match_domain (points, end);
  UChar32 next = bmn_code_points_at (points, end);
  if (bmn_is_at_sign (next) || bmn_is_latin_accent (next)
      || bmn_code_points_has_at (points, end, "://"))
    return start;
  return end;
}

static void
add_link (const BmnCodePoints *points, gsize start, gsize end, gboolean has_scheme, gpointer list)
{
  bmn_entity_list_add_link (list, points, start, end, has_scheme);
}

void
bmn_entity_finder_website (const BmnCodePoints *points, GPtrArray *entities)
{
  bmn_url_scan (points, &bmn_url_grammar_mastodon, add_link, entities);
  for (gsize i = 0; i < points->n; i++)
    if (bmn_is_hash_sign (points->chars[i])
        && (i == 0 || may_precede_hashtag (points->chars[i - 1])))
      {
        gsize end = match_name (points, i + 1);
        if (end > i + 1)
          bmn_entity_list_add_sigil (entities, points, BMN_ENTITY_HASHTAG, i, end);
      }
}

void
bmn_entity_finder_mastodon (const BmnCodePoints *points, GPtrArray *entities)
{
  bmn_entity_finder_website (points, entities);
  for (gsize i = 0; i < points->n; i++)
    if (points->chars[i] == '@')
      {
        gsize end = match_mention (points, i);
        if (end > i)
          bmn_entity_list_add_sigil (entities, points, BMN_ENTITY_MENTION, i, end);
      }
}
