#pragma once

#include "bmn-reading-private.h"

G_BEGIN_DECLS

/* How many different traits a draft can have: see bmn_shape_get_traits(). */
#define BMN_N_TRAITS 38
#define BMN_N_TRAITS_OF_DRAFT 8

/**
 * bmn_shape_get_traits:
 * @traits: (out) (array fixed-size=8): numbers below %BMN_N_TRAITS, one for each of: length,
 *   question, mentions, links, exclamation, quote, digits, last sign
 *
 * Tells what a draft is like beside its words.
 */
void bmn_shape_get_traits (const BmnReading *reading, guint *traits);

/* Returns: (transfer full) (element-type guint64): keys (see #BmnKeyKind) of the domains and
 *   of the first and last word of a draft; each once */
GArray *bmn_shape_of_draft (const BmnReading *reading) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_shape_of_post:
 * @weekday: 0 Monday … 6
 * @hour: 0–23
 *
 * Returns: (transfer full) (element-type guint64): keys of the part of the day, weekday,
 *   links, pictures, questions, exclamations, quotes and the number of mentions, hashtags and
 *   letters of a whole text that goes out then; each key once
 */
GArray *
bmn_shape_of_post (const BmnReading *reading, int weekday, int hour) G_GNUC_WARN_UNUSED_RESULT;

gboolean bmn_shape_starts_with_quote (const char *text);
guint bmn_shape_count_sign (const char *text, char sign);
gboolean bmn_shape_has_picture (const BmnReading *reading);

G_END_DECLS
