#include "bmn-bluesky-oauth-private.h"
#include "bmn-bluesky-refresh-private.h"
#include "bmn-dpop-key-private.h"
#include "bmn-json.h"
#include "bmn-oauth2-listener-private.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#define SCOPE "atproto transition:generic"

/* Seconds that the user has to agree in the browser. */
#define PATIENCE 600

typedef struct
{
  BmnXrpcSender *sender;              /* (owned) */
  BmnPlatformHost *host;              /* (owned) */
  char *handle;                       /* (owned) for the page's name field */
  BmnBlueskyCredentials *credentials; /* (owned) filled in on the way */
  BmnOAuth2Listener *listener;        /* (owned) (nullable) */
  char *par_endpoint;                 /* (owned) (nullable) */
  char *page;                         /* (owned) (nullable) where the user agrees */
  char *state;                        /* (owned) */
  char *verifier;                     /* (owned) */
} OAuth;

static void
oauth_free (OAuth *oauth)
{
  g_clear_object (&oauth->sender);
  g_clear_object (&oauth->host);
  g_free (oauth->handle);
  g_clear_pointer (&oauth->credentials, bmn_bluesky_credentials_free);
  g_clear_object (&oauth->listener);
  g_free (oauth->par_endpoint);
  g_free (oauth->page);
  bmn_wipe (oauth->state);
  bmn_wipe (oauth->verifier);
  g_free (oauth);
}

static void
fail (GTask *task, BmnPlatformError code, const char *message)
{
  g_task_return_new_error (task, BMN_PLATFORM_ERROR, code, "%s", message);
}

/* Returns: (transfer none) (nullable): what the server answered, %NULL after @task has its error */
static JsonObject *
take_answer (GTask *task, BmnXrpcSender *sender, GAsyncResult *result, BmnXrpcReply **reply)
{
  GError *error = NULL;
  *reply = bmn_xrpc_sender_send_finish (sender, result, &error);
  JsonObject *answer = *reply ? bmn_xrpc_reply_get_object (*reply, &error) : NULL;
  if (!answer)
    g_task_return_error (task, error);
  return answer;
}

static void
get (GTask *task, const char *url, GAsyncReadyCallback callback)
{
  OAuth *oauth = g_task_get_task_data (task);
  bmn_xrpc_sender_send_async (oauth->sender, bmn_http_request_new ("GET", url, "sign-in"), NULL,
                              NULL, g_task_get_cancellable (task), callback, g_object_ref (task));
}

/* @form: (transfer full): */
static void
post (GTask *task, const char *url, char *form, GAsyncReadyCallback callback)
{
  OAuth *oauth = g_task_get_task_data (task);
  BmnHttpRequest *request = bmn_http_request_new ("POST", url, "sign-in");
  bmn_http_request_take_body (request, SOUP_FORM_MIME_TYPE_URLENCODED,
                              g_bytes_new_take (form, strlen (form)));
  bmn_xrpc_sender_send_async (oauth->sender, request, NULL, oauth->credentials->dpop_key,
                              g_task_get_cancellable (task), callback, g_object_ref (task));
}

/*
 * The tokens.
 */

static void
on_tokens (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  OAuth *oauth = g_task_get_task_data (task);
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *answer = take_answer (task, BMN_XRPC_SENDER (source), result, &reply);
  if (!answer)
    return;
  const char *scope = bmn_json_get_string (answer, "scope");
  g_auto (GStrv) granted = g_strsplit (scope ? scope : "", " ", -1);
  GError *error = NULL;
  if (!bmn_bluesky_take_tokens (oauth->credentials, answer, &error))
    g_task_return_error (task, error);
  else if (!g_strv_contains ((const char *const *)granted, "transition:generic"))
    fail (task, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
          _ ("Bellman was not allowed to post for this account. Sign in again and allow it."));
  else
    {
      oauth->credentials->signed_in_at = bmn_platform_host_now (oauth->host);
      g_task_return_pointer (task, g_steal_pointer (&oauth->credentials),
                             (GDestroyNotify)bmn_bluesky_credentials_free);
    }
}

/* Whoever sends the browser to our port has to know what only the server was told, and a server
 * has to say that it is the one we asked (RFC 9207). */
static gboolean
is_our_answer (const OAuth *oauth, GHashTable *query)
{
  return g_strcmp0 (g_hash_table_lookup (query, "state"), oauth->state) == 0
         && g_strcmp0 (g_hash_table_lookup (query, "iss"), oauth->credentials->issuer) == 0;
}

static void
on_redirect (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  OAuth *oauth = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GHashTable) query
      = bmn_oauth2_listener_wait_finish (BMN_OAUTH2_LISTENER (source), result, &error);
  if (!query)
    {
      g_task_return_error (task, error);
      return;
    }
  const char *code = g_hash_table_lookup (query, "code");
  if (!is_our_answer (oauth, query))
    fail (task, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
          _ ("The answer to signing in did not come from the account's server. Try again."));
  else if (!code)
    fail (task, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
          _ ("The sign-in was refused in the browser. Try again and allow it."));
  else
    post (task, oauth->credentials->token_endpoint,
          soup_form_encode ("grant_type", "authorization_code", "code", code, "code_verifier",
                            oauth->verifier, "redirect_uri",
                            bmn_oauth2_listener_get_uri (oauth->listener), "client_id",
                            oauth->credentials->client_id, NULL),
          on_tokens);
}

/*
 * The request.
 */

static void
on_pushed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  OAuth *oauth = g_task_get_task_data (task);
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *answer = take_answer (task, BMN_XRPC_SENDER (source), result, &reply);
  if (!answer)
    return;
  const char *request_uri = bmn_json_get_string (answer, "request_uri");
  if (!request_uri)
    {
      fail (task, BMN_PLATFORM_ERROR_BAD_REPLY,
            _ ("The server's answer to signing in cannot be understood. Try again later."));
      return;
    }
  g_autofree char *query = soup_form_encode ("client_id", oauth->credentials->client_id,
                                             "request_uri", request_uri, NULL);
  g_autofree char *uri = g_strdup_printf ("%s?%s", oauth->page, query);
  GError *error = NULL;
  if (bmn_platform_host_open_uri (oauth->host, uri, &error))
    bmn_oauth2_listener_wait_async (oauth->listener, PATIENCE, g_task_get_cancellable (task),
                                    on_redirect, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/* A loopback client's identifier names its redirect without the port, which changes. */
static char *
make_client_id (const char *redirect_uri)
{
  g_autoptr (GUri) uri = g_uri_parse (redirect_uri, G_URI_FLAGS_NONE, NULL);
  g_autofree char *portless = g_strconcat ("http://127.0.0.1", g_uri_get_path (uri), NULL);
  g_autofree char *query = soup_form_encode ("redirect_uri", portless, "scope", SCOPE, NULL);
  return g_strconcat ("http://localhost?", query, NULL);
}

static gboolean
prepare (OAuth *oauth, GError **error)
{
  g_autoptr (BmnDpopKey) key = bmn_dpop_key_new (error);
  if (!key)
    return FALSE;
  oauth->credentials->dpop_key = bmn_dpop_key_to_string (key, error);
  if (!oauth->credentials->dpop_key)
    return FALSE;
  oauth->listener = bmn_oauth2_listener_new (error);
  if (!oauth->listener)
    return FALSE;
  oauth->credentials->client_id = make_client_id (bmn_oauth2_listener_get_uri (oauth->listener));
  oauth->state = bmn_base64url_random ();
  oauth->verifier = bmn_base64url_random ();
  return TRUE;
}

static void
push_request (GTask *task)
{
  OAuth *oauth = g_task_get_task_data (task);
  GError *error = NULL;
  if (!prepare (oauth, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_autofree char *challenge = bmn_base64url_sha256 (oauth->verifier);
  post (task, oauth->par_endpoint,
        soup_form_encode ("response_type", "code", "client_id", oauth->credentials->client_id,
                          "redirect_uri", bmn_oauth2_listener_get_uri (oauth->listener), "scope",
                          SCOPE, "state", oauth->state, "code_challenge", challenge,
                          "code_challenge_method", "S256", "login_hint", oauth->handle, NULL),
        on_pushed);
}

/*
 * The server.
 */

/* Returns: (transfer full) (nullable): an endpoint that credentials may be sent to */
static char *
take_endpoint (JsonObject *metadata, const char *member)
{
  const char *url = bmn_json_get_string (metadata, member);
  const gboolean is_safe
      = url
        && (g_str_has_prefix (url, "https://")
            || (g_str_has_prefix (url, "http://") && bmn_bluesky_is_loopback (url)));
  return is_safe ? g_strdup (url) : NULL;
}

static void
on_server (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  OAuth *oauth = g_task_get_task_data (task);
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *metadata = take_answer (task, BMN_XRPC_SENDER (source), result, &reply);
  if (!metadata)
    return;
  BmnBlueskyCredentials *credentials = oauth->credentials;
  credentials->token_endpoint = take_endpoint (metadata, "token_endpoint");
  credentials->revocation_endpoint = take_endpoint (metadata, "revocation_endpoint");
  oauth->par_endpoint = take_endpoint (metadata, "pushed_authorization_request_endpoint");
  oauth->page = take_endpoint (metadata, "authorization_endpoint");
  if (g_strcmp0 (bmn_json_get_string (metadata, "issuer"), credentials->issuer) != 0
      || !credentials->token_endpoint || !oauth->par_endpoint || !oauth->page)
    fail (task, BMN_PLATFORM_ERROR_BAD_REPLY,
          _ ("The account's server does not say how to sign in with the browser. Use an app "
             "password."));
  else
    push_request (task);
}

static void
on_resource (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  OAuth *oauth = g_task_get_task_data (task);
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *metadata = take_answer (task, BMN_XRPC_SENDER (source), result, &reply);
  if (!metadata)
    return;
  JsonArray *servers = bmn_json_get_array (metadata, "authorization_servers");
  JsonNode *first
      = servers && json_array_get_length (servers) > 0 ? json_array_get_element (servers, 0) : NULL;
  GError *error = NULL;
  if (first && JSON_NODE_HOLDS_VALUE (first) && json_node_get_value_type (first) == G_TYPE_STRING)
    oauth->credentials->issuer
        = bmn_bluesky_service_normalize (json_node_get_string (first), &error);
  if (error)
    g_task_return_error (task, error);
  else if (!oauth->credentials->issuer)
    fail (task, BMN_PLATFORM_ERROR_REJECTED,
          _ ("The account's server cannot be signed in to with the browser. Use an app password."));
  else
    {
      g_autofree char *url = g_strconcat (oauth->credentials->issuer,
                                          "/.well-known/oauth-authorization-server", NULL);
      get (task, url, on_server);
    }
}

void
bmn_bluesky_oauth_async (BmnXrpcSender *sender,
                         BmnPlatformHost *host,
                         const BmnBlueskyIdentity *identity,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_bluesky_oauth_async);
  OAuth *oauth = g_new0 (OAuth, 1);
  g_task_set_task_data (task, oauth, (GDestroyNotify)oauth_free);
  oauth->sender = g_object_ref (sender);
  oauth->host = g_object_ref (host);
  oauth->handle = g_strdup (identity->handle ? identity->handle : identity->did);
  oauth->credentials = g_new0 (BmnBlueskyCredentials, 1);
  oauth->credentials->did = g_strdup (identity->did);
  g_autofree char *url = g_strconcat (identity->pds, "/.well-known/oauth-protected-resource", NULL);
  get (task, url, on_resource);
}

BmnBlueskyCredentials *
bmn_bluesky_oauth_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
