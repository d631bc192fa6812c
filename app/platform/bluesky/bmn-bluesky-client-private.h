#pragma once

#include "bmn-bluesky-credentials-private.h"
#include "bmn-platform-host.h"
#include "bmn-xrpc-sender-private.h"

G_BEGIN_DECLS

/*
 * BmnBlueskyClient: the calls of one signed-in account to its own PDS. Tokens that have
 * expired are refreshed on the way, once per call.
 */

#define BMN_TYPE_BLUESKY_CLIENT (bmn_bluesky_client_get_type ())
G_DECLARE_FINAL_TYPE (BmnBlueskyClient, bmn_bluesky_client, BMN, BLUESKY_CLIENT, GObject)

/* @service: address of the PDS, without a slash at its end */
BmnBlueskyClient *bmn_bluesky_client_new (BmnHttpClient *http,
                                          BmnPlatformHost *host,
                                          const char *service,
                                          gint64 account_id) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none): */
const char *bmn_bluesky_client_get_service (BmnBlueskyClient *self);
BmnXrpcSender *bmn_bluesky_client_get_sender (BmnBlueskyClient *self);
/* Returns: (transfer none) (nullable): as used by the latest call, %NULL before the first */
const BmnBlueskyCredentials *bmn_bluesky_client_get_credentials (BmnBlueskyClient *self);

/**
 * bmn_bluesky_client_call_async:
 * @request: (transfer full): to the account's PDS, without credentials
 */
void bmn_bluesky_client_call_async (BmnBlueskyClient *self,
                                    BmnHttpRequest *request,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/* Returns: (transfer full): an answer, whatever it says; %NULL with an error of the HTTP client,
 *   of the credentials or of refreshing them (nothing was done then) */
BmnXrpcReply *bmn_bluesky_client_call_finish (BmnBlueskyClient *self,
                                              GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
