#pragma once

#include <glib.h>
#include <unicode/utypes.h>

G_BEGIN_DECLS

/**
 * BmnCodePoints:
 * @n: number of code points
 * @chars: the code points
 * @offsets: @n + 1 offsets in bytes: where each code point begins, and the end
 *
 * A text laid out so that rules can look back and ahead at no cost, and so that every place
 * is known both as a code point and as a byte.
 */
typedef struct
{
  gsize n;
  UChar32 *chars;   /* (owned) */
  guint32 *offsets; /* (owned) */
} BmnCodePoints;

/* Returns: (transfer full): or %NULL with %BMN_ERROR_INVALID where @text is not UTF-8 */
BmnCodePoints *bmn_code_points_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_code_points_free (BmnCodePoints *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnCodePoints, bmn_code_points_free)

/**
 * bmn_utf8_check:
 * @length: in bytes, or -1 where @text is NUL-terminated
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID where @text is not UTF-8 or is larger than 1 GiB,
 *   which keeps every offset within 32 bits
 */
gboolean bmn_utf8_check (const char *text, gssize length, GError **error);

/* Returns: the code point at @at, or 0 past the end */
static inline UChar32
bmn_code_points_at (const BmnCodePoints *points, gsize at)
{
  return at < points->n ? points->chars[at] : 0;
}

/* Returns: whether the ASCII text @word stands at @at, whatever its case */
gboolean bmn_code_points_has_at (const BmnCodePoints *points, gsize at, const char *word);

/* Returns: (transfer full): the code points from @start up to @end as UTF-8 */
char *bmn_code_points_substring (const BmnCodePoints *points,
                                 gsize start,
                                 gsize end) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
