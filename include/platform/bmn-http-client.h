#pragma once

#include "bmn-ledger-entry.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * All requests of all platforms go through one client (libsoup). It
 *  - verifies TLS always, and never follows a redirect with credentials;
 *  - caps the size of what it reads, while reading, and the time it takes;
 *  - never sends a request twice by itself (libsoup re-sends a PUT after a dropped
 *    connection, so nothing that creates uses PUT);
 *  - says of each failure whether the server may have accepted the request;
 *  - keeps the rate limits that servers state, per bucket, and lets publishing go first;
 *  - writes a line of the network ledger for each request.
 */

/**
 * BmnHttpPriority:
 * @BMN_HTTP_PRIORITY_PUBLISH: before all others; may use the last request of a rate limit
 * @BMN_HTTP_PRIORITY_USER: somebody waits for it
 * @BMN_HTTP_PRIORITY_SYNC: background; leaves a reserve of the rate limit for publishing
 */
typedef enum
{
  BMN_HTTP_PRIORITY_PUBLISH,
  BMN_HTTP_PRIORITY_USER,
  BMN_HTTP_PRIORITY_SYNC,
} BmnHttpPriority;

/**
 * BmnHttpRequest:
 * @method: `GET`, `POST`, …
 * @url: absolute, http or https
 * @headers: (element-type utf8 utf8): name → value; a secret may be here and nowhere else
 * @content_type: (nullable): of @body
 * @body: (nullable):
 * @purpose: stable word for the ledger: `publish`, `read-back`, `check`, `sign-in`, `sync`, …
 * @account_id: for the ledger and the rate-limit bucket (host and account)
 * @creates: whether the server does something that must not happen twice; decides between
 *   %BMN_PLATFORM_ERROR_TIMED_OUT and %BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME
 * @follow_redirects: for requests without credentials only (the client refuses otherwise)
 * @public_only: refuse hosts that resolve to private, loopback or link-local addresses, also
 *   after a redirect; for fetching what a user's text links to
 * @max_body: most bytes of an answer, 0 for the default (4 MiB)
 * @timeout: seconds for the whole exchange, 0 for the default (30)
 * @priority: see #BmnHttpPriority
 */
typedef struct
{
  char *method;        /* (owned) */
  char *url;           /* (owned) */
  GHashTable *headers; /* (owned) */
  char *content_type;  /* (owned) (nullable) */
  GBytes *body;        /* (owned) (nullable) */
  char *purpose;       /* (owned) */
  gint64 account_id;
  gboolean creates;
  gboolean follow_redirects;
  gboolean public_only;
  gsize max_body;
  guint timeout;
  BmnHttpPriority priority;
} BmnHttpRequest;

BmnHttpRequest *bmn_http_request_new (const char *method,
                                      const char *url,
                                      const char *purpose) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): the same, to send it again; the body is shared */
BmnHttpRequest *bmn_http_request_copy (const BmnHttpRequest *request) G_GNUC_WARN_UNUSED_RESULT;
void bmn_http_request_free (BmnHttpRequest *request);
void bmn_http_request_set_header (BmnHttpRequest *request, const char *name, const char *value);
/* @body: (transfer full): */
void bmn_http_request_take_body (BmnHttpRequest *request, const char *content_type, GBytes *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnHttpRequest, bmn_http_request_free)

/**
 * BmnHttpResponse:
 * @status: 100 to 599
 * @headers: (element-type utf8 utf8): lower-case name → values joined with `, `
 * @content_type: (nullable): without parameters
 * @body: all of it
 * @url: the address that answered, after redirects
 */
typedef struct
{
  int status;
  GHashTable *headers; /* (owned) */
  char *content_type;  /* (owned) (nullable) */
  GBytes *body;        /* (owned) */
  char *url;           /* (owned) */
} BmnHttpResponse;

void bmn_http_response_free (BmnHttpResponse *response);
/* Returns: (nullable) (transfer none): @name in lower case */
const char *bmn_http_response_get_header (const BmnHttpResponse *response, const char *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnHttpResponse, bmn_http_response_free)

/**
 * bmn_http_response_to_error:
 * @request: what was asked
 * @detail: (nullable): the server's own words, if they are fit for people
 *
 * The error that a status of 300 or more means: 401 AUTH_EXPIRED, 429 (and 503 with
 * `Retry-After`) RATE_LIMITED with its time, other 4xx REJECTED, 5xx UNKNOWN_OUTCOME where
 * @request creates and SERVER otherwise, a redirect BAD_REPLY. `Retry-After` may be seconds or
 * a date and may stand several times: the latest counts, never more than a day.
 *
 * Returns: (transfer full) (nullable): %NULL for a status below 300
 */
GError *bmn_http_response_to_error (const BmnHttpRequest *request,
                                    const BmnHttpResponse *response,
                                    const char *detail) G_GNUC_WARN_UNUSED_RESULT;

/* Called in the client's main context once per request that left this computer or tried to. */
typedef void (*BmnHttpLedgerFunc) (const BmnLedgerEntry *entry, gpointer data);

#define BMN_TYPE_HTTP_CLIENT (bmn_http_client_get_type ())
G_DECLARE_FINAL_TYPE (BmnHttpClient, bmn_http_client, BMN, HTTP_CLIENT, GObject)

/* @ledger: (nullable): */
BmnHttpClient *bmn_http_client_new (BmnHttpLedgerFunc ledger,
                                    gpointer data,
                                    GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_http_client_send_async:
 * @request: (transfer full):
 *
 * Sends in the thread-default main context. Cancelling a request that creates ends in
 * %BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME once a byte was sent, in %G_IO_ERROR_CANCELLED before.
 */
void bmn_http_client_send_async (BmnHttpClient *self,
                                 BmnHttpRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * bmn_http_client_send_finish:
 *
 * Returns: (transfer full): an answer, whatever its status; %NULL with a #BmnPlatformError:
 *   OFFLINE (no name, no connection, TLS refused: nothing was sent), TIMED_OUT, RATE_LIMITED
 *   (held back here, nothing was sent), UNKNOWN_OUTCOME, BAD_REPLY (too large, cut)
 */
BmnHttpResponse *bmn_http_client_send_finish (BmnHttpClient *self,
                                              GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
