#include "bmn-entity-finder-private.h"

#include "bmn-character-class-private.h"
#include "bmn-entity-list-private.h"
#include "bmn-url-scanner-private.h"

/* The bounds of names on X. */
#define MAX_SCREEN_NAME 20

#define EMOJI_STYLE 0xfe0f
#define TEXT_STYLE 0xfe0e
#define KEYCAP 0x20e3

/* Signs that may stand in a hashtag though they are neither letters, marks nor digits: joiners,
 * Hebrew and Tibetan marks, the prolonged sounds and dots of Japanese, the Catalan dot. */
static gboolean
is_hashtag_special (UChar32 c)
{
  switch (c)
    {
    case '_':
    case 0xb7:
    case 0x5be:
    case 0x5f3:
    case 0x5f4:
    case 0xf0b:
    case 0xf0c:
    case 0x200c:
    case 0x200d:
    case 0x3003:
    case 0x301c:
    case 0x309b:
    case 0x309c:
    case 0x30a0:
    case 0x30fb:
    case 0xa67e:
    case 0xff5e:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_hashtag_char (UChar32 c)
{
  return bmn_is_letter (c) || u_charType (c) == U_DECIMAL_DIGIT_NUMBER || is_hashtag_special (c);
}

static gboolean
may_precede_hashtag (UChar32 c)
{
  return c == TEXT_STYLE || c == EMOJI_STYLE || (c != '&' && !is_hashtag_char (c));
}

/* Returns: where the hashtag whose sign stands at @start ends, or @start */
static gsize
match_hashtag (const BmnCodePoints *points, gsize start)
{
  UChar32 first = bmn_code_points_at (points, start + 1);
  if ((start > 0 && !may_precede_hashtag (points->chars[start - 1])) || first == EMOJI_STYLE
      || first == KEYCAP)
    return start;
  gboolean has_letter = FALSE;
  gsize end = start + 1;
  for (; end < points->n && is_hashtag_char (points->chars[end]); end++)
    has_letter |= bmn_is_letter (points->chars[end]);
  if (!has_letter || bmn_is_hash_sign (bmn_code_points_at (points, end))
      || bmn_code_points_has_at (points, end, "://"))
    return start;
  return end;
}

/* "RT" and "RT:" may touch a mention, if they stand alone. */
static gboolean
is_after_retweet (const BmnCodePoints *points, gsize start)
{
  gsize i = start;
  if (i > 0 && points->chars[i - 1] == ':')
    i--;
  if (i < 2 || !bmn_code_points_has_at (points, i - 2, "rt"))
    return FALSE;
  if (i == 2)
    return TRUE;
  UChar32 c = points->chars[i - 3];
  return !bmn_is_ascii_word (c) && c != '+' && c != '~' && c != '.' && c != '-';
}

static gboolean
may_precede_mention (const BmnCodePoints *points, gsize start)
{
  if (start == 0)
    return TRUE;
  UChar32 c = points->chars[start - 1];
  gboolean refused = bmn_is_ascii_word (c) || bmn_is_at_sign (c) || c == '!' || c == '#' || c == '$'
                     || c == '%' || c == '&' || c == '*';
  return !refused || is_after_retweet (points, start);
}

static gboolean
is_list_slug (const BmnCodePoints *points, gsize start)
{
  UChar32 c = bmn_code_points_at (points, start + 1);
  return bmn_code_points_at (points, start) == '/' && c < 0x80 && g_ascii_isalpha (c);
}

/* Returns: where the mention whose sign stands at @start ends, or @start */
static gsize
match_mention (const BmnCodePoints *points, gsize start)
{
  gsize end = start + 1;
  if (!may_precede_mention (points, start))
    return start;
  while (end - start <= MAX_SCREEN_NAME && bmn_is_ascii_word (bmn_code_points_at (points, end)))
    end++;
  UChar32 next = bmn_code_points_at (points, end);
  if (end == start + 1 || bmn_is_at_sign (next) || bmn_is_latin_accent (next)
      || bmn_code_points_has_at (points, end, "://") || is_list_slug (points, end))
    return start;
  return end;
}

static void
add_link (const BmnCodePoints *points, gsize start, gsize end, gboolean has_scheme, gpointer list)
{
  bmn_entity_list_add_link (list, points, start, end, has_scheme);
}

void
bmn_entity_finder_x (const BmnCodePoints *points, GPtrArray *entities)
{
  bmn_url_scan (points, &bmn_url_grammar_x, add_link, entities);
  for (gsize i = 0; i < points->n; i++)
    if (bmn_is_hash_sign (points->chars[i]))
      {
        gsize end = match_hashtag (points, i);
        if (end > i)
          bmn_entity_list_add_sigil (entities, points, BMN_ENTITY_HASHTAG, i, end);
      }
    else if (bmn_is_at_sign (points->chars[i]))
      {
        gsize end = match_mention (points, i);
        if (end > i)
          bmn_entity_list_add_sigil (entities, points, BMN_ENTITY_MENTION, i, end);
      }
}
