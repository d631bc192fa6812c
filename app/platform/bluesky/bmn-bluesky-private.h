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

/* Returns: (transfer none) (nullable): the client, or %NULL after @task has its error */
BmnBlueskyClient *bmn_bluesky_take_client (BmnPlatform *platform, GTask *task);

/* Forgets the client, as the account is signed in to another server or session now. */
void bmn_bluesky_drop_client (BmnBluesky *self);

/* Returns: (transfer none) (nullable): */
const char *bmn_bluesky_get_did (BmnBluesky *self);

/* Returns: (transfer full) (nullable): where people see the post; %NULL for what is no post */
char *bmn_bluesky_make_url (BmnBluesky *self, const char *uri) G_GNUC_WARN_UNUSED_RESULT;

/* What the class does about its session (bmn-bluesky-session.c) and posts (bmn-bluesky-posts.c):
 * see #BmnPlatformClass. */
void bmn_bluesky_sign_in (BmnPlatform *platform, GHashTable *inputs, GTask *task);
void bmn_bluesky_sign_out (BmnPlatform *platform, GTask *task);
void bmn_bluesky_check (BmnPlatform *platform, GTask *task);
void bmn_bluesky_publish (BmnPlatform *platform, BmnPublishRequest *request, GTask *task);
void bmn_bluesky_read_back (BmnPlatform *platform, BmnPublishRequest *request, GTask *task);
void bmn_bluesky_remove (BmnPlatform *platform, BmnPublishRequest *request, GTask *task);

/* Sets the reading half of the class. */
void bmn_bluesky_reader_iface_init (BmnPlatformReaderInterface *iface);

G_END_DECLS
