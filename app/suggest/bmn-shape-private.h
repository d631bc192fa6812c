#pragma once

#include "bmn-reading-private.h"

G_BEGIN_DECLS

/*
 * Keys (see #BmnKeyKind) for what a text is like beside its words. An ask with the same
 * text always gives the same keys in the same order.
 */

/* Returns: (transfer full) (element-type guint64): domains, first and last word, pairs of
 *   words, length, questions, mentions, links, quotes, digits and the last sign of a draft;
 *   each key once */
GArray *bmn_shape_of_draft (const BmnReading *reading) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_shape_of_post:
 * @weekday: 0 Monday … 6
 * @hour: 0–23
 *
 * Returns: (transfer full) (element-type guint64): part of the day, weekday, links,
 *   pictures, questions, exclamations, quotes and the number of mentions, hashtags and
 *   letters of a whole text that goes out then; each key once
 */
GArray *
bmn_shape_of_post (const BmnReading *reading, int weekday, int hour) G_GNUC_WARN_UNUSED_RESULT;

gboolean bmn_shape_starts_with_quote (const char *text);
guint bmn_shape_count_sign (const char *text, char sign);
gboolean bmn_shape_has_picture (const BmnReading *reading);

G_END_DECLS
