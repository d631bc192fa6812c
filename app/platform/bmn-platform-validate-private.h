#pragma once

#include "bmn-capabilities.h"
#include "bmn-limits.h"
#include "bmn-post.h"

/*
 * The checks that limits alone decide, the same for every platform.
 *
 * Returns: %FALSE with %BMN_PLATFORM_ERROR_REJECTED that says what to change
 */
gboolean bmn_platform_validate_limits (const BmnLimits *limits,
                                       const BmnPost *post,
                                       GPtrArray *parts,
                                       GError **error);

/* Whether the account can do with @post what its author relies on: keep it from others' eyes, and
 * warn before it. Errors as above. */
gboolean bmn_platform_validate_capabilities (const BmnCapabilities *caps,
                                             const BmnPost *post,
                                             GError **error);
