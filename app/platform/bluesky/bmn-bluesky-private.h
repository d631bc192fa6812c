#pragma once

#include "bmn-bluesky-client-private.h"
#include "bmn-input.h"
#include "bmn-platform-reader.h"
#include "bmn-platform.h"

G_BEGIN_DECLS

/*
 * BmnBluesky: an account on the AT Protocol. We choose each record's key ourselves, and a
 * whole thread is one write, so that however often it is sent it is there once, or not at all.
 */

#define BMN_TYPE_BLUESKY (bmn_bluesky_get_type ())
G_DECLARE_FINAL_TYPE (BmnBluesky, bmn_bluesky, BMN, BLUESKY, BmnPlatform)

extern const BmnInput bmn_bluesky_inputs[];

/* Returns: (transfer none) (nullable): how to reach the account's PDS; %NULL with
 *   %BMN_PLATFORM_ERROR_AUTH_EXPIRED where the account was never signed in */
BmnBlueskyClient *bmn_bluesky_get_client (BmnBluesky *self, GError **error);

/* Returns: (transfer none) (nullable): */
const char *bmn_bluesky_get_did (BmnBluesky *self);

/* Returns: (transfer full) (nullable): where people see the post; %NULL for what is no post */
char *bmn_bluesky_make_url (BmnBluesky *self, const char *uri) G_GNUC_WARN_UNUSED_RESULT;

/* Sets the reading half of the class. */
void bmn_bluesky_reader_iface_init (BmnPlatformReaderInterface *iface);

G_END_DECLS
