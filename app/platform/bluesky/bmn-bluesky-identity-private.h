#pragma once

#include "bmn-xrpc-sender-private.h"

G_BEGIN_DECLS

/**
 * BmnBlueskyIdentity:
 * @did: the account for good
 * @handle: (nullable): its name for now; leads to @did, and the DID's document names it first
 * @pds: address of the server that holds the account, without a slash at its end
 *
 * Who somebody is on the AT Protocol.
 */
typedef struct
{
  char *did;
  char *handle;
  char *pds;
} BmnBlueskyIdentity;

void bmn_bluesky_identity_free (BmnBlueskyIdentity *identity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnBlueskyIdentity, bmn_bluesky_identity_free)

/**
 * bmn_bluesky_identity_find_async:
 * @name: a handle, with or without @, or a DID
 * @service: address of a server that is asked first
 *
 * Handle → DID (bmn_bluesky_handle_resolve_async()) → DID document (by the PLC directory or the
 * host of a `did:web`) → PDS. Handle and document have to name each other, so that nobody can
 * be led to another account; of a DID whose handle does not lead back the handle is left out.
 * The directory is `https://plc.directory`, or what the environment variable
 * `BELLMAN_PLC_DIRECTORY` says.
 */
void bmn_bluesky_identity_find_async (BmnXrpcSender *sender,
                                      BmnHttpClient *http,
                                      const char *name,
                                      const char *service,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/* Returns: (transfer full): %NULL with a #BmnPlatformError, REJECTED where there is no such
 *   account */
BmnBlueskyIdentity *
bmn_bluesky_identity_find_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_bluesky_service_normalize:
 * @text: as the user or a DID document writes it; without a scheme, https is meant
 *
 * Returns: (transfer full): scheme, host and port without a slash; %NULL with
 *   %BMN_PLATFORM_ERROR_REJECTED for what is no server's address. Plain http is for servers on
 *   this computer alone, as passwords and tokens would be readable on the way
 */
char *bmn_bluesky_service_normalize (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: whether @url is on this computer by its name: `localhost`, 127.0.0.1 or ::1 */
gboolean bmn_bluesky_is_loopback (const char *url);

/* Reads a DID document; all outside access is behind us. @handle: (nullable): to be confirmed */
BmnBlueskyIdentity *bmn_bluesky_identity_parse (JsonObject *document,
                                                const char *did,
                                                const char *handle,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
