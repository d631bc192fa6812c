#pragma once

#include "bmn-account.h"

G_BEGIN_DECLS

/**
 * bmn_remote_id_from_url:
 * @url: where people see a post of @account, or its ActivityPub identifier
 *
 * Finds the identifier by which the platform's own readers know the post, so that the same
 * post found twice is one.
 *
 * Returns: (transfer full) (nullable): %NULL where it does not tell
 */
char *bmn_remote_id_from_url (const BmnAccount *account, const char *url) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
