#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnVisibility:
 * @BMN_VISIBILITY_DEFAULT: what the account's own settings say
 * @BMN_VISIBILITY_PUBLIC: everybody, and in public timelines
 * @BMN_VISIBILITY_UNLISTED: everybody, but not in public timelines
 * @BMN_VISIBILITY_FOLLOWERS: followers alone
 * @BMN_VISIBILITY_DIRECT: the accounts mentioned alone
 */
typedef enum
{
  BMN_VISIBILITY_DEFAULT,
  BMN_VISIBILITY_PUBLIC,
  BMN_VISIBILITY_UNLISTED,
  BMN_VISIBILITY_FOLLOWERS,
  BMN_VISIBILITY_DIRECT,
} BmnVisibility;

/* Stable names for the store, the command line and JSON: `default`, `public`, … */
const char *bmn_visibility_to_nick (BmnVisibility visibility);
/* Returns: whether @nick names a visibility, written to @visibility */
gboolean bmn_visibility_from_nick (const char *nick, BmnVisibility *visibility);

G_END_DECLS
