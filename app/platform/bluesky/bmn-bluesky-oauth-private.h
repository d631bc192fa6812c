#pragma once

#include "bmn-bluesky-credentials-private.h"
#include "bmn-bluesky-identity-private.h"
#include "bmn-platform-host.h"

G_BEGIN_DECLS

/**
 * bmn_bluesky_oauth_async:
 * @identity: who is to sign in
 *
 * Signs in with the browser (AT Protocol's specification "OAuth"): asks the account's PDS for
 * its authorization server, pushes the request there (RFC 9126), lets the user agree on a page
 * that answers to a port of this computer, and gets tokens that are bound to a key made for
 * them (PKCE, DPoP). As a program that is installed has no address of its own, it is known as
 * a loopback client.
 */
void bmn_bluesky_oauth_async (BmnXrpcSender *sender,
                              BmnPlatformHost *host,
                              const BmnBlueskyIdentity *identity,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* Returns: (transfer full): credentials, not stored yet; %NULL with a #BmnPlatformError */
BmnBlueskyCredentials *
bmn_bluesky_oauth_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
