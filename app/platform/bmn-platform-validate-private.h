#pragma once

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
