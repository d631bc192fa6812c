#pragma once

#include "bmn-limits.h"

G_BEGIN_DECLS

/**
 * BmnTextCount:
 * @length: by the limits' rule
 * @bytes: of UTF-8, as it would be sent
 * @fits: whether both limits are kept
 * @valid: whether the text alone could be posted: it fits, and for %BMN_COUNT_X is neither
 *   empty nor has a character that X refuses (U+FFFE, U+FEFF, U+FFFF)
 * @valid_end_byte: where the part of the text that could be posted ends, in bytes; the
 *   length of the text where all of it could. Never inside a grapheme, a link that counts as
 *   a whole or a sequence that normalisation composes
 */
typedef struct
{
  gsize length;
  gsize bytes;
  gboolean fits;
  gboolean valid;
  gsize valid_end_byte;
} BmnTextCount;

/**
 * bmn_text_count:
 * @text: NUL-terminated
 * @limits: the rule and the limits; its media limits are not looked at
 * @count: (out caller-allocates):
 *
 * Counts @text as the platform does, in linear time:
 * - %BMN_COUNT_GRAPHEMES: extended grapheme clusters (UAX 29);
 * - %BMN_COUNT_MASTODON: extended grapheme clusters too, which is what Mastodon's
 *   `StatusLengthValidator` counts, each http(s) link as `url_length` and a mention without
 *   its domain. A content warning counts there as well: add its graphemes;
 * - %BMN_COUNT_X: twitter-text's configuration v3 after NFC: 1 for U+0000–10FF, 2000–200D,
 *   2010–201F and 2032–2037, 2 for others, 2 for an emoji sequence, `url_length` for a link;
 * - %BMN_COUNT_UTF16: UTF-16 code units.
 * A `url_length` of 0 stands for 23, which both platforms use.
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID where @text is not UTF-8
 */
gboolean
bmn_text_count (const char *text, const BmnLimits *limits, BmnTextCount *count, GError **error);

G_END_DECLS
