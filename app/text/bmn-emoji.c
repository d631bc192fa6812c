#include "bmn-emoji-private.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#define ZERO_WIDTH_JOINER 0x200d
#define EMOJI_STYLE 0xfe0f
#define KEYCAP 0x20e3
#define FIRST_TAG 0xe0020
#define LAST_TAG 0xe007f

/* The longest recommended sequences have ten code points (families and kisses with skin
 * tones) or seven (flags of regions). */
#define MAX_CODE_POINTS 16
#define MAX_UNITS (MAX_CODE_POINTS * 3)

/* A sequence as Unicode lists it. */
typedef struct
{
  UChar units[MAX_UNITS];
  int32_t n;
} Sequence;

static void
append (Sequence *sequence, UChar32 c)
{
  U16_APPEND_UNSAFE (sequence->units, sequence->n, c);
}

static gboolean
is_skin_tone (UChar32 c)
{
  return c >= 0x1f3fb && c <= 0x1f3ff;
}

static gboolean
is_regional (UChar32 c)
{
  return c >= 0x1f1e6 && c <= 0x1f1ff;
}

/* Reads the tags from @at on that spell out which flag a black flag is. */
static gsize
read_tags (const BmnCodePoints *points, gsize at, Sequence *sequence)
{
  for (;; at++)
    {
      UChar32 c = bmn_code_points_at (points, at);
      if (c < FIRST_TAG || c > LAST_TAG || sequence->n + 2 > MAX_UNITS)
        return at;
      append (sequence, c);
    }
}

/* Reads one emoji without joiners.
 * Returns: where it ends, or @start where there is none */
static gsize
read_element (const BmnCodePoints *points, gsize start, Sequence *sequence)
{
  UChar32 c = bmn_code_points_at (points, start);
  gsize end = start + 1;
  if (!u_hasBinaryProperty (c, UCHAR_EMOJI))
    return start;
  append (sequence, c);
  if (is_regional (c) && is_regional (bmn_code_points_at (points, end)))
    {
      append (sequence, bmn_code_points_at (points, end));
      return end + 1;
    }
  /* A character that is an emoji anyway has no use for a selector: there it is a stray one. */
  gboolean is_selected = bmn_code_points_at (points, end) == EMOJI_STYLE
                         && !u_hasBinaryProperty (c, UCHAR_EMOJI_PRESENTATION);
  end += is_selected;
  UChar32 next = bmn_code_points_at (points, end);
  if (is_skin_tone (next))
    {
      append (sequence, next);
      return end + 1;
    }
  gboolean is_keycap = next == KEYCAP && c < 0x80;
  if (is_selected || is_keycap)
    append (sequence, EMOJI_STYLE);
  if (is_keycap)
    append (sequence, KEYCAP);
  return read_tags (points, end + is_keycap, sequence);
}

static gboolean
is_recommended (const Sequence *sequence)
{
  return u_stringHasBinaryProperty (sequence->units, sequence->n, UCHAR_RGI_EMOJI);
}

gsize
bmn_emoji_match (const BmnCodePoints *points, gsize start)
{
  Sequence sequence = { .n = 0 };
  gsize best = start;
  gsize at = start;
  if (bmn_code_points_at (points, start) < '#')
    return start;
  /* Without tags, which are counted as they come, an element takes at most five units. */
  while (sequence.n + 5 <= MAX_UNITS)
    {
      gsize end = read_element (points, at, &sequence);
      if (end == at)
        return best;
      if (is_recommended (&sequence))
        best = end;
      if (bmn_code_points_at (points, end) != ZERO_WIDTH_JOINER || sequence.n == MAX_UNITS)
        return best;
      append (&sequence, ZERO_WIDTH_JOINER);
      at = end + 1;
    }
  return best;
}
