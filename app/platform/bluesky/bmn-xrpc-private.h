#pragma once

#include "bmn-http-client.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * XRPC: how AT Protocol servers are called (specification "HTTP API (XRPC)"). A query is a
 * GET with parameters, a procedure a POST; answers are JSON, errors name themselves.
 */

/**
 * bmn_xrpc_query:
 * @service: address of the server, without a slash at its end
 * @method: such as `com.atproto.repo.getRecord`
 * @purpose: for the ledger
 * @...: names and values of parameters, ended by %NULL; a parameter without value is left out
 */
BmnHttpRequest *bmn_xrpc_query (const char *service, const char *method, const char *purpose, ...)
    G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

/* @input: (nullable) (transfer none): the JSON to send; %NULL for a procedure without input */
BmnHttpRequest *bmn_xrpc_procedure (const char *service,
                                    const char *method,
                                    const char *purpose,
                                    JsonNode *input) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnXrpcReply:
 * @status: of HTTP
 * @error: (nullable): the name of an error: `RecordNotFound`; %NULL where it worked
 * @message: (nullable): the server's words for it
 * @root: (nullable): the answer's JSON
 * @failure: (nullable): what the answer means where it did not work
 *
 * An answer, whatever it says.
 */
typedef struct
{
  int status;
  char *error;     /* (owned) (nullable) */
  char *message;   /* (owned) (nullable) */
  JsonNode *root;  /* (owned) (nullable) */
  GError *failure; /* (owned) (nullable) */
} BmnXrpcReply;

/* Reads the answer to @request. Never %NULL; what cannot be read is a @failure as well. */
BmnXrpcReply *bmn_xrpc_reply_new (const BmnHttpRequest *request,
                                  const BmnHttpResponse *response) G_GNUC_WARN_UNUSED_RESULT;
void bmn_xrpc_reply_free (BmnXrpcReply *reply);

/* Returns: (transfer none) (nullable): the answer's object; %NULL with @error where the call
 *   failed or answered no object */
JsonObject *bmn_xrpc_reply_get_object (const BmnXrpcReply *reply, GError **error);

/* Returns: whether the call failed with an error of this name */
gboolean bmn_xrpc_reply_is (const BmnXrpcReply *reply, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnXrpcReply, bmn_xrpc_reply_free)

/**
 * bmn_at_uri_parse:
 * @uri: `at://REPO/COLLECTION/RKEY`
 *
 * Returns: (transfer full) (nullable): the three, %NULL for what is no such address
 */
GStrv bmn_at_uri_parse (const char *uri) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
