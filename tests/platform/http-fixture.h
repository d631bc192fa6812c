#pragma once

#include "bmn-http-client.h"
#include "bmn-platform-error.h"

/* A client that keeps its ledger. */
typedef struct
{
  BmnHttpClient *client;
  GPtrArray *ledger; /* (element-type BmnLedgerEntry) */
} Http;

Http *http_new (void);
void http_free (Http *http);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Http, http_free)

/* @request: (transfer full): Returns: (transfer full): as bmn_http_client_send_finish() */
BmnHttpResponse *
http_send (Http *http, BmnHttpRequest *request, GCancellable *cancellable, GError **error);
/* The test fails unless @request (transfer full) fails so. */
void http_assert_fails (Http *http, BmnHttpRequest *request, BmnPlatformError code);
/* A POST of a small JSON body that creates. */
BmnHttpRequest *http_create_request (const char *url);
/* The last line of the ledger. */
const BmnLedgerEntry *http_last (Http *http);
