#pragma once

#include "bmn-platform-error.h"

G_BEGIN_DECLS

/**
 * bmn_publish_error_code:
 * @failure: of any domain
 *
 * How the policies see an error: a locked keyring passes by itself like a network that is
 * away, a keyring without credentials wants a sign-in, a file that is gone or damaged is
 * content that no repetition mends, and trouble with the disk is like a server's.
 */
BmnPlatformError bmn_publish_error_code (const GError *failure);

/* Returns: (transfer none): the stable name of bmn_publish_error_code() */
const char *bmn_publish_error_nick (const GError *failure);

/**
 * bmn_publish_error_is_certain:
 * @failure: of a request that publishes
 *
 * Returns: whether it is certain that nothing was accepted; an error that no platform promised
 *   (see #BmnPlatformClass) says nothing of the kind
 */
gboolean bmn_publish_error_is_certain (const GError *failure);

G_END_DECLS
