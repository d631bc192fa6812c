#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnMissedPolicy:
 * @BMN_MISSED_HOLD: keep it back until the user decides
 * @BMN_MISSED_PUBLISH: publish late, one after the other with the account's gap between
 * @BMN_MISSED_NEXT_SLOT: move it to the account's next free slot
 *
 * What happens to a post whose time passed by more than the account's grace while this
 * computer was off, asleep or offline.
 */
typedef enum
{
  BMN_MISSED_HOLD,
  BMN_MISSED_PUBLISH,
  BMN_MISSED_NEXT_SLOT,
} BmnMissedPolicy;

/* Stable names: `hold`, `publish`, `next-slot`. */
const char *bmn_missed_policy_to_nick (BmnMissedPolicy policy);
gboolean bmn_missed_policy_from_nick (const char *nick, BmnMissedPolicy *policy);

G_END_DECLS
