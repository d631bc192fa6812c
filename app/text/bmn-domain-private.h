#pragma once

#include "bmn-code-points-private.h"

G_BEGIN_DECLS

/**
 * bmn_domain_is_known:
 * @domain: ASCII, any case
 *
 * Returns: whether @domain ends in a dot and a top-level domain that exists
 */
gboolean bmn_domain_is_known (const char *domain);

/**
 * bmn_domain_match:
 * @start: where the domain has to begin
 * @limit: where the text to look at ends
 * @ascii: whether labels are of ASCII and accented Latin letters alone, and may begin and end
 *   with a hyphen
 * @scanned: (out): no domain begins between @start and here that ends in a known top-level
 *   domain, other than the one returned
 *
 * Finds the longest domain name that begins at @start and ends in a top-level domain that
 * exists. A letter of another script may follow directly, as in `example.comです`.
 *
 * Returns: where it ends, or @start where there is none
 */
gsize bmn_domain_match (
    const BmnCodePoints *points, gsize start, gsize limit, gboolean ascii, gsize *scanned);

/* Returns: whether no label from @start to @end is longer than DNS allows when encoded */
gboolean bmn_domain_is_encodable (const BmnCodePoints *points, gsize start, gsize end);

G_END_DECLS
