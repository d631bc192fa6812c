#pragma once

#include "bmn-xrpc-private.h"

G_BEGIN_DECLS

/*
 * BmnXrpcSender: sends one account's requests with whatever proves who we are. Servers hand
 * out nonces for the proofs of DPoP; the latest of each server is kept here, and a request
 * that was refused only for the want of one is sent again. That is safe also for a request
 * that creates: a refusal of its proof comes before anything is done.
 */

#define BMN_TYPE_XRPC_SENDER (bmn_xrpc_sender_get_type ())
G_DECLARE_FINAL_TYPE (BmnXrpcSender, bmn_xrpc_sender, BMN, XRPC_SENDER, GObject)

/* @account_id: for the ledger and rate limits */
BmnXrpcSender *
bmn_xrpc_sender_new (BmnHttpClient *http, gint64 account_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_xrpc_sender_send_async:
 * @request: (transfer full): without credentials
 * @token: (nullable): goes as `Bearer`, or with @dpop_key as `DPoP`
 * @dpop_key: (nullable): text of a #BmnDpopKey
 */
void bmn_xrpc_sender_send_async (BmnXrpcSender *self,
                                 BmnHttpRequest *request,
                                 const char *token,
                                 const char *dpop_key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* Returns: (transfer full): an answer, whatever it says; %NULL with the error of the HTTP client,
 *   or that of a key that cannot be used */
BmnXrpcReply *bmn_xrpc_sender_send_finish (BmnXrpcSender *self,
                                           GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
