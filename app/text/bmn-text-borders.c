#include "bmn-text-borders-private.h"

#include <string.h>
#include <unicode/uchar.h>

#include "bmn-entity-finder.h"
#include "bmn-entity.h"
#include "bmn-segmenter.h"

static void
raise_to (guint8 *borders, gsize at, BmnTextBorder border)
{
  borders[at] = MAX (borders[at], border);
}

static void
mark_ends (guint8 *borders,
           const char *text,
           BmnSegmentKind kind,
           const char *language,
           BmnTextBorder border)
{
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (kind, language);
  BmnSegment segment;
  bmn_segmenter_set_text (segmenter, text, -1, NULL);
  while (bmn_segmenter_next (segmenter, &segment))
    raise_to (borders, segment.end, border);
}

/* Whether @c is of a script that is written without blanks between words. */
static gboolean
has_no_blanks (UChar32 c)
{
  switch (u_getIntPropertyValue (c, UCHAR_LINE_BREAK))
    {
    case U_LB_IDEOGRAPHIC:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_COMPLEX_CONTEXT:
    case U_LB_NONSTARTER:
      return TRUE;
    default:
      return FALSE;
    }
}

/* A line may be broken between any two Chinese characters; words are found by dictionary. */
static void
mark_words (guint8 *borders, const char *text, const char *language)
{
  g_autoptr (BmnSegmenter) words = bmn_segmenter_new (BMN_SEGMENT_WORDS, language);
  g_autofree guint8 *inside = g_new0 (guint8, strlen (text) + 1);
  BmnSegment word;
  bmn_segmenter_set_text (words, text, -1, NULL);
  while (bmn_segmenter_next (words, &word))
    memset (inside + word.start + 1, 1, word.end - word.start - 1);

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      const char *next = g_utf8_next_char (p);
      gsize at = next - text;
      if (borders[at] != BMN_TEXT_BORDER_LINE || inside[at])
        continue;
      UChar32 before = g_utf8_get_char (p);
      if (u_isUWhiteSpace (before) || has_no_blanks (before)
          || has_no_blanks (g_utf8_get_char (next)))
        borders[at] = BMN_TEXT_BORDER_WORD;
    }
}

/* The number of a list's item is no sentence of its own: `2. Second`. */
static gboolean
is_item_number (const char *start, const char *end)
{
  const char *p = start;
  while (p < end && u_isdigit (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  if (p == start || p == end || (*p != '.' && *p != ')'))
    return FALSE;
  for (p++; p < end && *p == ' '; p++)
    ;
  return p == end;
}

static void
mark_sentences (guint8 *borders, const char *text, const char *language)
{
  g_autoptr (BmnSegmenter) sentences = bmn_segmenter_new (BMN_SEGMENT_SENTENCES, language);
  BmnSegment sentence;
  bmn_segmenter_set_text (sentences, text, -1, NULL);
  while (bmn_segmenter_next (sentences, &sentence))
    if (!is_item_number (text + sentence.start, text + sentence.end))
      raise_to (borders, sentence.end, BMN_TEXT_BORDER_SENTENCE);
}

static void
protect_entities (guint8 *borders, const char *text, BmnTextDialect dialect)
{
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (text, dialect, NULL);
  for (guint i = 0; i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      for (gsize at = entity->byte_start + 1; at < entity->byte_end; at++)
        borders[at] = MIN (borders[at], BMN_TEXT_BORDER_ENTITY);
    }
}

guint8 *
bmn_text_borders_new (const char *text, BmnTextDialect dialect, const char *language)
{
  guint8 *borders = g_new0 (guint8, strlen (text) + 1);
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    borders[p - text] = BMN_TEXT_BORDER_CODE_POINT;
  mark_ends (borders, text, BMN_SEGMENT_GRAPHEMES, NULL, BMN_TEXT_BORDER_GRAPHEME);
  mark_ends (borders, text, BMN_SEGMENT_LINES, language, BMN_TEXT_BORDER_LINE);
  mark_words (borders, text, language);
  mark_sentences (borders, text, language);
  protect_entities (borders, text, dialect);
  return borders;
}
