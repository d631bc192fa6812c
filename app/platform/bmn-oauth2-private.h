#pragma once

#include "bmn-platform.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * BmnOAuth2Platform: what platforms with OAuth 2 share: the authorization code flow with PKCE
 * (RFC 7636, S256) by a loopback redirect (RFC 8252) or a code that the user types, and
 * requests that carry the token and renew it where the server offers that. A subclass says
 * where the endpoints are and who the client is; it may push the authorization request first
 * and bind tokens to a key by overriding the hooks.
 *
 * Credentials are one JSON object in the keyring. A subclass may keep members of its own there.
 */

#define BMN_OAUTH2_ACCESS_TOKEN "access_token"
#define BMN_OAUTH2_REFRESH_TOKEN "refresh_token" /* where the server gave one */
#define BMN_OAUTH2_EXPIRES_AT "expires_at"       /* µs, where the server said so */
#define BMN_OAUTH2_CLIENT_ID "client_id"         /* none for a token that the user gave */
#define BMN_OAUTH2_CLIENT_SECRET "client_secret"
#define BMN_OAUTH2_TOKEN_URL "token_url"
#define BMN_OAUTH2_REVOKE_URL "revoke_url"

/* Where a code is shown to the user instead of sent to us. */
#define BMN_OAUTH2_OOB "urn:ietf:wg:oauth:2.0:oob"

/**
 * BmnOAuth2Client:
 * @issuer: (nullable): what `iss` in the redirect must be where it is given (RFC 9207)
 * @authorize_url: page where the user agrees
 * @token_url: endpoint that gives tokens
 * @revoke_url: (nullable): endpoint that takes them back (RFC 7009)
 * @client_id: who we are there
 * @client_secret: (nullable):
 * @scope: what we ask for
 * @no_pkce: whether the server says that it does not know S256; it is used everywhere else
 * @sends_issuer: whether the server promised `iss`, so that a redirect without it is refused
 *
 * One server's endpoints, and us as it knows us.
 */
typedef struct
{
  char *issuer;        /* (owned) (nullable) */
  char *authorize_url; /* (owned) */
  char *token_url;     /* (owned) */
  char *revoke_url;    /* (owned) (nullable) */
  char *client_id;     /* (owned) */
  char *client_secret; /* (owned) (nullable) */
  char *scope;         /* (owned) */
  gboolean no_pkce;
  gboolean sends_issuer;
} BmnOAuth2Client;

BmnOAuth2Client *bmn_oauth2_client_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_oauth2_client_free (BmnOAuth2Client *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnOAuth2Client, bmn_oauth2_client_free)

#define BMN_TYPE_OAUTH2_PLATFORM (bmn_oauth2_platform_get_type ())
G_DECLARE_DERIVABLE_TYPE (BmnOAuth2Platform, bmn_oauth2_platform, BMN, OAUTH2_PLATFORM, BmnPlatform)

/**
 * BmnOAuth2PlatformClass:
 * @find_client: finds or registers the client for @redirect_uri; task: #BmnOAuth2Client
 * @make_authorization_uri: the page to open for @params (element-type utf8 utf8); the default
 *   is the client's page with the parameters as its query; task: a string
 * @decorate_token_request: (nullable): adds to a request to the token endpoint
 * @decorate_request: adds the token of @credentials to a request; the default is
 *   `Authorization: Bearer`
 * @signed_in: with credentials saved, asks who we are and fills in the account; task: boolean
 */
struct _BmnOAuth2PlatformClass
{
  BmnPlatformClass parent_class;

  void (*find_client) (BmnOAuth2Platform *self,
                       GHashTable *inputs,
                       const char *redirect_uri,
                       GTask *task);
  void (*make_authorization_uri) (BmnOAuth2Platform *self,
                                  const BmnOAuth2Client *client,
                                  GHashTable *params,
                                  GTask *task);
  void (*decorate_token_request) (BmnOAuth2Platform *self,
                                  BmnHttpRequest *request,
                                  JsonObject *credentials);
  void (*decorate_request) (BmnOAuth2Platform *self,
                            BmnHttpRequest *request,
                            JsonObject *credentials);
  void (*signed_in) (BmnOAuth2Platform *self, GHashTable *inputs, GTask *task);
};

/**
 * bmn_oauth2_platform_sign_in:
 * @inputs: `token`, a token of the user's own; `oob`, to type a code
 *
 * Implements #BmnPlatformClass.sign_in: gets credentials, saves them, and asks @signed_in. The
 * redirect comes to 127.0.0.1 alone, under a path that is used once, for ten minutes.
 */
void bmn_oauth2_platform_sign_in (BmnPlatform *self, GHashTable *inputs, GTask *task);

/**
 * bmn_oauth2_platform_sign_out:
 *
 * Implements #BmnPlatformClass.sign_out: removes the credentials in any case, and revokes the
 * token where the server has an endpoint for it and the token is of our client.
 */
void bmn_oauth2_platform_sign_out (BmnPlatform *self, GTask *task);

/**
 * bmn_oauth2_platform_send_async:
 * @request: (transfer full):
 *
 * Sends with the account's token. A token that ended or is refused is renewed once, where the
 * server gave a refresh token: under the lock of the account, credentials read again, and the
 * new ones stored before they are used. A refusal (401) is certain, so that sending again
 * makes nothing twice.
 */
void bmn_oauth2_platform_send_async (BmnOAuth2Platform *self,
                                     BmnHttpRequest *request,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/**
 * bmn_oauth2_platform_send_finish:
 *
 * Returns: (transfer full): an answer, whatever its status; %NULL with the errors of
 *   bmn_http_client_send_finish() and of the credentials. Every error before @request itself was
 *   sent is a certain one.
 */
BmnHttpResponse *bmn_oauth2_platform_send_finish (BmnOAuth2Platform *self,
                                                  GAsyncResult *result,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Credentials */

/* Returns: (transfer full): an object that may be changed; %NULL with %BMN_ERROR_NO_SECRET */
JsonObject *
bmn_oauth2_credentials_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): wipe with bmn_oauth2_wipe() */
char *bmn_oauth2_credentials_to_text (JsonObject *credentials) G_GNUC_WARN_UNUSED_RESULT;
/* Overwrites and frees a secret. */
void bmn_oauth2_wipe (char *secret);

/**
 * bmn_oauth2_credentials_take_tokens:
 * @answer: what a token endpoint said
 * @now: µs
 *
 * Returns: %FALSE with %BMN_PLATFORM_ERROR_BAD_REPLY where @answer has no token
 */
gboolean bmn_oauth2_credentials_take_tokens (JsonObject *credentials,
                                             JsonObject *answer,
                                             gint64 now,
                                             GError **error);

/* Requests */

/* Returns: (transfer full) (element-type utf8 utf8): pairs of name and value, ended by %NULL; a
 * value that is %NULL leaves its pair out */
GHashTable *
bmn_oauth2_params_new (const char *name, ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): a POST of @params (element-type utf8 utf8) as a form */
BmnHttpRequest *bmn_oauth2_form_request (BmnOAuth2Platform *self,
                                         const char *url,
                                         GHashTable *params) G_GNUC_WARN_UNUSED_RESULT;
/* The same to a token or revocation endpoint. @credentials: (nullable): none at sign-in */
BmnHttpRequest *bmn_oauth2_token_request (BmnOAuth2Platform *self,
                                          const char *url,
                                          GHashTable *params,
                                          JsonObject *credentials) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): the object in an answer of 2xx; else %NULL and the server's words */
JsonNode *bmn_oauth2_parse_answer (const BmnHttpRequest *request,
                                   const BmnHttpResponse *response,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (nullable): the server's own words in a refusal, fit for people */
char *bmn_oauth2_error_words (const BmnHttpResponse *response) G_GNUC_WARN_UNUSED_RESULT;

/* For what only prepares a post: an outcome that is unknown, or a reply that is not understood,
 * is certain not to have published anything, and becomes %BMN_PLATFORM_ERROR_SERVER. */
void bmn_oauth2_make_certain (GError *error);

G_END_DECLS
