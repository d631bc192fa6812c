#pragma once

#include "bmn-bluesky-credentials-private.h"
#include "bmn-platform-host.h"
#include "bmn-xrpc-sender-private.h"

G_BEGIN_DECLS

/**
 * bmn_bluesky_refresh_async:
 * @service: the account's PDS
 * @stale_access: (nullable): the access token that was refused; %NULL to refresh in any case
 *
 * Gets new tokens, across processes one at a time: under the account's lock the credentials
 * are read again, and where another process has refreshed them already they are taken as they
 * are. New ones are stored and verified before anybody uses them. A session by app password
 * that has ended is opened again with it; an OAuth session that has ended needs the user.
 */
void bmn_bluesky_refresh_async (BmnPlatformHost *host,
                                BmnXrpcSender *sender,
                                const char *service,
                                const char *stale_access,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* Returns: (transfer full): %NULL with a #BmnPlatformError, AUTH_EXPIRED where only signing in
 *   again helps, or the host's error */
BmnBlueskyCredentials *
bmn_bluesky_refresh_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_bluesky_open_session:
 * @identifier: a handle or DID
 *
 * Returns: (transfer full): the request that opens a session by app password
 */
BmnHttpRequest *bmn_bluesky_open_session (const char *service,
                                          const char *identifier,
                                          const char *password) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the tokens over from an answer of createSession, refreshSession or an OAuth token
 * endpoint, for the account whose DID @credentials have. Returns: %FALSE where it has none */
gboolean
bmn_bluesky_take_tokens (BmnBlueskyCredentials *credentials, JsonObject *answer, GError **error);

G_END_DECLS
