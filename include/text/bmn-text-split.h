#pragma once

#include "bmn-text-dialect.h"

G_BEGIN_DECLS

/**
 * bmn_text_split:
 * @text: NUL-terminated
 * @dialect: whose hashtags, mentions and links are kept whole
 * @limits: what each part, its counter included, has to keep
 * @language: (nullable): BCP 47, for where sentences end; %NULL to guess it
 *
 * Splits a long text into the parts of a thread, each with a counter ` 2/7` at its end. A
 * text that fits, or does without the blanks around it, stays one part. Parts end where a sentence
 * ends; where a sentence is too long, between words (by dictionary where a script has no spaces),
 * then between graphemes. A link, mention, hashtag or grapheme is cut only where it is longer than
 * a whole part. White space at the borders goes, nothing else does. Linear time; any thread.
 *
 * Returns: (transfer full) (element-type utf8): the parts, at least one, or %NULL with
 *   %BMN_ERROR_INVALID where @text is not UTF-8, @limits leave no room for a counter and a
 *   character, or more parts would be needed than @limits allow
 */
GPtrArray *bmn_text_split (const char *text,
                           BmnTextDialect dialect,
                           const BmnLimits *limits,
                           const char *language,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
