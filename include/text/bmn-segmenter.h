#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnSegmentKind:
 * @BMN_SEGMENT_GRAPHEMES: extended grapheme clusters (UAX 29): what people call characters
 * @BMN_SEGMENT_WORDS: words alone: no blanks, punctuation or symbols; Chinese, Japanese, Thai,
 *   Lao, Khmer and Burmese are segmented by dictionary
 * @BMN_SEGMENT_SENTENCES: sentences with the blanks that follow them; together they are the
 *   whole text. Known abbreviations of the language do not end one
 * @BMN_SEGMENT_LINES: pieces between which a line may be broken (UAX 14); together they are
 *   the whole text
 */
typedef enum
{
  BMN_SEGMENT_GRAPHEMES,
  BMN_SEGMENT_WORDS,
  BMN_SEGMENT_SENTENCES,
  BMN_SEGMENT_LINES,
} BmnSegmentKind;

/* A piece of a text, in bytes of UTF-8. */
typedef struct
{
  gsize start;
  gsize end;
} BmnSegment;

/**
 * BmnSegmenter:
 *
 * Walks over a text piece by piece. Opening one costs much more than a short text does: keep
 * it and set one text after another. Not to be used by two threads at once.
 */
typedef struct _BmnSegmenter BmnSegmenter;

/**
 * bmn_segmenter_new:
 * @language: (nullable): BCP 47; %NULL for rules that suit most
 *
 * Returns: (transfer full): a segmenter without a text; never %NULL
 */
BmnSegmenter *
bmn_segmenter_new (BmnSegmentKind kind, const char *language) G_GNUC_WARN_UNUSED_RESULT;
void bmn_segmenter_free (BmnSegmenter *segmenter);

/**
 * bmn_segmenter_set_text:
 * @text: not copied: has to stay as it is until the next text or the segmenter's end
 * @length: in bytes, or -1 where @text is NUL-terminated
 *
 * Starts again at the beginning of @text.
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID where @text is not UTF-8
 */
gboolean
bmn_segmenter_set_text (BmnSegmenter *segmenter, const char *text, gssize length, GError **error);

/* Returns: whether there was one more piece, written to @segment */
gboolean bmn_segmenter_next (BmnSegmenter *segmenter, BmnSegment *segment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnSegmenter, bmn_segmenter_free)

/**
 * bmn_text_count_graphemes:
 * @text: NUL-terminated
 * @n_graphemes: (out):
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID where @text is not UTF-8
 */
gboolean bmn_text_count_graphemes (const char *text, gsize *n_graphemes, GError **error);

G_END_DECLS
