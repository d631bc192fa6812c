#pragma once

#include "bmn-missed-policy.h"

G_BEGIN_DECLS

/**
 * BmnAccount:
 * @id: the store's number, 0 until stored
 * @platform: name of its row in the table of platforms: `website`, `mastodon`, `bluesky`
 * @name: what the user calls it
 * @handle: (nullable): the public name on the platform, such as `@shop@example.org`
 * @settings: (element-type utf8 utf8): the platform's own settings, such as `dir` or
 *   `server`; never a secret
 * @zone: IANA zone its slots and times are meant in
 * @paused: whether its queue rests
 * @missed_policy: see #BmnMissedPolicy
 * @grace: seconds a post may be late without being counted as missed
 * @min_gap: least number of seconds between two posts of it
 * @created_at: µs since the epoch
 */
typedef struct
{
  gint64 id;
  char *platform;       /* (owned) */
  char *name;           /* (owned) */
  char *handle;         /* (owned) (nullable) */
  GHashTable *settings; /* (owned) (element-type utf8 utf8) */
  char *zone;           /* (owned) */
  gboolean paused;
  BmnMissedPolicy missed_policy;
  gint64 grace;
  gint64 min_gap;
  gint64 created_at;
} BmnAccount;

#define BMN_ACCOUNT_DEFAULT_GRACE (15 * 60)

/**
 * bmn_account_new:
 *
 * Returns: (transfer full): an account without settings, in zone `UTC`, that holds missed
 *   posts after 15 minutes and has no least gap
 */
BmnAccount *bmn_account_new (const char *platform, const char *name) G_GNUC_WARN_UNUSED_RESULT;
BmnAccount *bmn_account_copy (const BmnAccount *account) G_GNUC_WARN_UNUSED_RESULT;
void bmn_account_free (BmnAccount *account);

/* Returns: (nullable) (transfer none): a setting's value */
const char *bmn_account_get_setting (const BmnAccount *account, const char *key);
/* @value: (nullable): removes the setting */
void bmn_account_set_setting (BmnAccount *account, const char *key, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAccount, bmn_account_free)

G_END_DECLS
