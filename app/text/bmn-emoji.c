#include "bmn-emoji-private.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#define ZERO_WIDTH_JOINER 0x200d
#define EMOJI_STYLE 0xfe0f
#define TEXT_STYLE 0xfe0e
#define KEYCAP 0x20e3
#define FIRST_TAG 0xe0020
#define LAST_TAG 0xe007f

/* The longest recommended sequences have ten code points (families and kisses with skin
 * tones) or seven (flags of regions). */
#define MAX_CODE_POINTS 16
#define MAX_UNITS (MAX_CODE_POINTS * 3)

/* A sequence as Unicode lists it: with every variation selector that belongs to it. */
typedef struct
{
  UChar units[MAX_UNITS];
  int32_t n;
} Qualified;

static void
append (Qualified *sequence, UChar32 c)
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

/* Reads one emoji without joiners.
 * Returns: where it ends, or @start where there is none */
static gsize
read_element (const BmnCodePoints *points, gsize start, Qualified *sequence)
{
  UChar32 c = bmn_code_points_at (points, start);
  UChar32 next = bmn_code_points_at (points, start + 1);
  if (!u_hasBinaryProperty (c, UCHAR_EMOJI) || next == TEXT_STYLE)
    return start;
  gsize end = start + 1;
  append (sequence, c);
  if (is_regional (c) && is_regional (next))
    {
      append (sequence, next);
      return end + 1;
    }
  gboolean is_qualified = next == EMOJI_STYLE;
  if (is_qualified)
    end++;
  next = bmn_code_points_at (points, end);
  if (is_skin_tone (next))
    {
      append (sequence, next);
      return end + 1;
    }
  if (next == KEYCAP && c < 0x80)
    {
      append (sequence, EMOJI_STYLE);
      append (sequence, KEYCAP);
      return end + 1;
    }
  /* A digit or © alone is text, whereas ❤ is taken for an emoji even when written without. */
  if (!u_hasBinaryProperty (c, UCHAR_EMOJI_PRESENTATION))
    {
      if (c < 0x100 && !is_qualified)
        return start;
      append (sequence, EMOJI_STYLE);
    }
  for (gsize i = 0; i < MAX_CODE_POINTS && next >= FIRST_TAG && next <= LAST_TAG; i++)
    {
      if (sequence->n + 2 > MAX_UNITS)
        return start;
      append (sequence, next);
      next = bmn_code_points_at (points, ++end);
    }
  return end;
}

static gboolean
is_recommended (const Qualified *sequence)
{
  return u_stringHasBinaryProperty (sequence->units, sequence->n, UCHAR_RGI_EMOJI);
}

gsize
bmn_emoji_match (const BmnCodePoints *points, gsize start)
{
  Qualified sequence = { .n = 0 };
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
