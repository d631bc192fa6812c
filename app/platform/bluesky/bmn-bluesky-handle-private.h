#pragma once

#include "bmn-xrpc-sender-private.h"

G_BEGIN_DECLS

/*
 * Names on the AT Protocol (specifications "Handle" and "DID"): a handle is a domain name that
 * its owner can change, a DID is the account for good.
 */

/* Returns: (transfer full) (nullable): @text as a handle: lower case, without @; %NULL for what is
 *   none */
char *bmn_bluesky_handle_normalize (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* @handle: normalized. Returns: whether its top-level domain is one that never leads anywhere,
 *   such as `.local` */
gboolean bmn_bluesky_handle_is_reserved (const char *handle);

/* Returns: whether @did is one of the two kinds there are: `did:plc:` with its 24 characters, or
 *   `did:web:` with a domain name */
gboolean bmn_bluesky_did_is_valid (const char *did);

/**
 * bmn_bluesky_handle_resolve_async:
 * @handle: normalized
 * @service: address of a server that is asked first
 *
 * Handle → DID: by @service, by the TXT record of `_atproto.HANDLE`, by
 * `https://HANDLE/.well-known/atproto-did`, the first that knows. Nothing private is reached
 * on the way. The answer is whose the handle says it is; only the DID's document can confirm it.
 */
void bmn_bluesky_handle_resolve_async (BmnXrpcSender *sender,
                                       BmnHttpClient *http,
                                       const char *handle,
                                       const char *service,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/* Returns: (transfer full): the DID; %NULL with a #BmnPlatformError, REJECTED where there is no
 *   such account */
char *
bmn_bluesky_handle_resolve_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
