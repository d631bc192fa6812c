#pragma once

#include "bmn-limits.h"

G_BEGIN_DECLS

/**
 * BmnTextUnit:
 * @end: where it ends, in bytes of the text
 * @weight: what it counts
 * @refused: whether the platform refuses the text because of it
 *
 * The smallest piece of a text that a rule counts as a whole: a grapheme, a link, an emoji.
 * It begins where the one before it ends.
 */
typedef struct
{
  guint32 end;
  guint32 weight : 31;
  guint32 refused : 1;
} BmnTextUnit;

/**
 * bmn_text_units_new:
 * @limits: names the rule
 *
 * Returns: (transfer full) (element-type BmnTextUnit): the units, which together are the
 *   whole text, or %NULL with %BMN_ERROR_INVALID where @text is not UTF-8
 */
GArray *bmn_text_units_new (const char *text,
                            const BmnLimits *limits,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
