#pragma once

#include "bmn-http-client.h"

#include <libsoup/soup.h>

/**
 * BmnHttpHooks:
 * @learn: sees each answer, also those that redirect
 * @record: sees each request that was tried, with what the ledger wants to know
 *
 * What the client does besides.
 */
typedef struct
{
  void (*learn) (gpointer data, const BmnHttpRequest *request, const BmnHttpResponse *response);
  void (*record) (gpointer data, const BmnLedgerEntry *entry);
  gpointer data;
} BmnHttpHooks;

/**
 * bmn_http_exchange_run:
 * @request: (transfer full): checked already
 * @hooks: copied; its data must live as long as @task
 * @task: completed with a #BmnHttpResponse; see bmn_http_client_send_finish()
 *
 * One request with its redirects, from the first look-up of a name to the last byte.
 */
void bmn_http_exchange_run (SoupSession *session,
                            BmnHttpRequest *request,
                            const BmnHttpHooks *hooks,
                            GTask *task);

/* Returns: (transfer full): `example.org:443`, the name of a bucket and of the ledger */
char *bmn_http_host_of (GUri *uri) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (nullable): an http or https address with a host and without
 *   credentials; %NULL for anything else */
GUri *bmn_http_parse_url (const char *url) G_GNUC_WARN_UNUSED_RESULT;
