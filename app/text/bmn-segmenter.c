#include "bmn-segmenter.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "bmn-code-points-private.h"

struct _BmnSegmenter
{
  BmnSegmentKind kind;
  UBreakIterator *iterator; /* (owned) */
  UText *text;              /* (owned) (nullable) */
  gsize at;
};

BmnSegmenter *
bmn_segmenter_new (BmnSegmentKind kind, const char *language)
{
  static const UBreakIteratorType types[] = {
    [BMN_SEGMENT_GRAPHEMES] = UBRK_CHARACTER,
    [BMN_SEGMENT_WORDS] = UBRK_WORD,
    [BMN_SEGMENT_SENTENCES] = UBRK_SENTENCE,
    [BMN_SEGMENT_LINES] = UBRK_LINE,
  };
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (types), NULL);
  BmnSegmenter *segmenter = g_new0 (BmnSegmenter, 1);
  segmenter->kind = kind;
  UErrorCode status = U_ZERO_ERROR;
  /* The suppression lists know abbreviations such as "Mr."; a language without one has none. */
  g_autofree char *locale = g_strdup_printf ("%s%s", language ? language : "en",
                                             kind == BMN_SEGMENT_SENTENCES ? "@ss=standard" : "");
  segmenter->iterator = ubrk_open (types[kind], locale, NULL, 0, &status);
  if (U_FAILURE (status))
    {
      status = U_ZERO_ERROR;
      segmenter->iterator = ubrk_open (types[kind], "", NULL, 0, &status);
    }
  /* ICU carries its rules in its own data; without them nothing here can work. */
  if (U_FAILURE (status))
    g_error ("ICU has no break rules: %s", u_errorName (status));
  return segmenter;
}

void
bmn_segmenter_free (BmnSegmenter *segmenter)
{
  ubrk_close (segmenter->iterator);
  utext_close (segmenter->text);
  g_free (segmenter);
}

gboolean
bmn_segmenter_set_text (BmnSegmenter *segmenter, const char *text, gssize length, GError **error)
{
  if (!bmn_utf8_check (text, length, error))
    return FALSE;
  UErrorCode status = U_ZERO_ERROR;
  /* Without the length ICU counts the bytes again and again. */
  segmenter->text = utext_openUTF8 (segmenter->text, text,
                                    length < 0 ? (gssize)strlen (text) : length, &status);
  ubrk_setUText (segmenter->iterator, segmenter->text, &status);
  /* Both fail only where memory does. */
  if (U_FAILURE (status))
    g_error ("ICU cannot open a text: %s", u_errorName (status));
  segmenter->at = ubrk_first (segmenter->iterator);
  return TRUE;
}

gboolean
bmn_segmenter_next (BmnSegmenter *segmenter, BmnSegment *segment)
{
  g_return_val_if_fail (segmenter->text != NULL, FALSE);
  for (;;)
    {
      int32_t end = ubrk_next (segmenter->iterator);
      if (end == UBRK_DONE)
        return FALSE;
      *segment = (BmnSegment){ segmenter->at, end };
      segmenter->at = end;
      if (segmenter->kind != BMN_SEGMENT_WORDS
          || ubrk_getRuleStatus (segmenter->iterator) >= UBRK_WORD_NONE_LIMIT)
        return TRUE;
    }
}

gboolean
bmn_text_count_graphemes (const char *text, gsize *n_graphemes, GError **error)
{
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (BMN_SEGMENT_GRAPHEMES, NULL);
  if (!bmn_segmenter_set_text (segmenter, text, -1, error))
    return FALSE;
  BmnSegment grapheme;
  for (*n_graphemes = 0; bmn_segmenter_next (segmenter, &grapheme); (*n_graphemes)++)
    ;
  return TRUE;
}
