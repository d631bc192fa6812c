#include "bmn-oauth2-private.h"
#include "bmn-error.h"
#include "bmn-json.h"
#include "bmn-oauth2-listener-private.h"
#include "bmn-oauth2-metadata-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/random.h>

/* How long the user has in the browser, in seconds. */
#define SIGN_IN_TIMEOUT (10 * 60)

G_DEFINE_ABSTRACT_TYPE (BmnOAuth2Platform, bmn_oauth2_platform, BMN_TYPE_PLATFORM)

/*
 * One sign-in: listen ▶ find the client ▶ open the page ▶ take the code ▶ get the token ▶ save
 * ▶ ask who we are.
 */
typedef struct
{
  GHashTable *inputs;          /* (owned) */
  BmnOAuth2Listener *listener; /* (owned) (nullable) none where a code is typed */
  BmnOAuth2Client *client;     /* (owned) (nullable) */
  BmnHttpRequest *exchange;    /* (owned) (nullable) what asked for the token, without its body */
  char *redirect_uri;          /* (owned) */
  char *state;                 /* (owned) */
  char *verifier;              /* (owned) */
} BmnSignIn;

static void
sign_in_free (BmnSignIn *sign_in)
{
  g_hash_table_unref (sign_in->inputs);
  g_clear_object (&sign_in->listener);
  g_clear_pointer (&sign_in->client, bmn_oauth2_client_free);
  g_clear_pointer (&sign_in->exchange, bmn_http_request_free);
  g_free (sign_in->redirect_uri);
  g_free (sign_in->state);
  bmn_oauth2_wipe (sign_in->verifier);
  g_free (sign_in);
}

/* Returns: (transfer full): 256 random bits of the system in base64url (RFC 7636, 4.1) */
static char *
make_random (void)
{
  guint8 bits[32];
  gsize n = 0;
  while (n < sizeof bits)
    {
      gssize got = getrandom (bits + n, sizeof bits - n, 0);
      if (got < 0 && errno != EINTR)
        g_error ("The system gives no random numbers: %s", g_strerror (errno));
      n += MAX (got, 0);
    }
  g_autofree char *text = g_base64_encode (bits, sizeof bits);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  return g_strndup (text, strcspn (text, "="));
}

/* Returns: (transfer full): BASE64URL (SHA256 (@verifier)) */
static char *
make_challenge (const char *verifier)
{
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *)verifier, -1);
  g_checksum_get_digest (checksum, digest, &size);
  g_autofree char *text = g_base64_encode (digest, size);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  return g_strndup (text, strcspn (text, "="));
}

static void
return_bad_sign_in (GTask *task, const char *message)
{
  g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED, "%s", message);
}

/*
 * The end of both ways: credentials are saved, and the subclass asks who we are.
 */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnOAuth2Platform *self = g_task_get_source_object (task);
  BmnSignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  if (bmn_platform_host_save_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    BMN_OAUTH2_PLATFORM_GET_CLASS (self)->signed_in (self, sign_in->inputs, task);
  else
    g_task_return_error (task, error);
}

static void
save (GTask *task, JsonObject *credentials)
{
  BmnPlatform *self = g_task_get_source_object (task);
  char *text = bmn_oauth2_credentials_to_text (credentials);
  bmn_platform_host_save_credentials_async (bmn_platform_get_host (self), text,
                                            g_task_get_cancellable (task), on_saved,
                                            g_object_ref (task));
  bmn_oauth2_wipe (text);
}

static void
use_token (GTask *task, const char *token)
{
  g_autofree char *stripped = g_strstrip (g_strdup (token));
  g_autoptr (JsonObject) credentials = json_object_new ();
  if (!*stripped)
    {
      return_bad_sign_in (task, _ ("The token is empty. Copy it from the server's settings."));
      return;
    }
  json_object_set_string_member (credentials, BMN_OAUTH2_ACCESS_TOKEN, stripped);
  explicit_bzero (stripped, strlen (stripped));
  save (task, credentials);
}

/*
 * Getting the token for the code.
 */

static JsonObject *
make_credentials (const BmnOAuth2Client *client)
{
  JsonObject *credentials = json_object_new ();
  json_object_set_string_member (credentials, BMN_OAUTH2_CLIENT_ID, client->client_id);
  if (client->client_secret)
    json_object_set_string_member (credentials, BMN_OAUTH2_CLIENT_SECRET, client->client_secret);
  json_object_set_string_member (credentials, BMN_OAUTH2_TOKEN_URL, client->token_url);
  if (client->revoke_url)
    json_object_set_string_member (credentials, BMN_OAUTH2_REVOKE_URL, client->revoke_url);
  return credentials;
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnPlatform *self = g_task_get_source_object (task);
  BmnSignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, &error);
  g_autoptr (JsonNode) node
      = response ? bmn_oauth2_parse_answer (sign_in->exchange, response, &error) : NULL;
  g_autoptr (JsonObject) credentials = make_credentials (sign_in->client);
  if (node
      && bmn_oauth2_credentials_take_tokens (credentials, bmn_json_node_object (node),
                                             bmn_platform_host_now (bmn_platform_get_host (self)),
                                             &error))
    save (task, credentials);
  else
    g_task_return_error (task, error);
}

static void
exchange_code (GTask *task, const char *code)
{
  BmnOAuth2Platform *self = g_task_get_source_object (task);
  BmnSignIn *sign_in = g_task_get_task_data (task);
  const BmnOAuth2Client *client = sign_in->client;
  g_autoptr (GHashTable) params = bmn_oauth2_params_new (
      "grant_type", "authorization_code", "code", code, "redirect_uri", sign_in->redirect_uri,
      "code_verifier", client->no_pkce ? NULL : sign_in->verifier, "client_id", client->client_id,
      "client_secret", client->client_secret, NULL);
  BmnHttpRequest *request = bmn_oauth2_token_request (self, client->token_url, params, NULL);
  sign_in->exchange = bmn_http_request_new ("POST", client->token_url, "sign-in");
  bmn_http_client_send_async (bmn_platform_get_http (BMN_PLATFORM (self)), request,
                              g_task_get_cancellable (task), on_token, g_object_ref (task));
}

/*
 * Taking the code.
 */

static gboolean
is_right_issuer (const BmnOAuth2Client *client, const char *issuer)
{
  if (!issuer)
    return !client->sends_issuer;
  return !client->issuer || bmn_oauth2_is_issuer (issuer, client->issuer);
}

/* Returns: whether the redirect is an answer to our question; else @task has ended */
static gboolean
check_redirect (GTask *task, GHashTable *query)
{
  const BmnSignIn *sign_in = g_task_get_task_data (task);
  const char *state = g_hash_table_lookup (query, "state");
  const char *issuer = g_hash_table_lookup (query, "iss");
  const char *refusal = g_hash_table_lookup (query, "error");
  if (g_strcmp0 (state, sign_in->state) != 0)
    return_bad_sign_in (task, _ ("The answer in the browser does not belong to this sign-in. "
                                 "Nothing was done; try again."));
  else if (!is_right_issuer (sign_in->client, issuer))
    return_bad_sign_in (task, _ ("The answer in the browser came from another server. Nothing "
                                 "was done; check the address."));
  else if (g_strcmp0 (refusal, "access_denied") == 0)
    return_bad_sign_in (task, _ ("The sign-in was declined in the browser."));
  else if (refusal || !g_hash_table_lookup (query, "code"))
    return_bad_sign_in (task, _ ("The server did not allow the sign-in. Try again."));
  else
    return TRUE;
  return FALSE;
}

static void
on_redirect (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GHashTable) query
      = bmn_oauth2_listener_wait_finish (BMN_OAUTH2_LISTENER (source), result, &error);
  g_clear_object (&sign_in->listener);
  if (!query)
    g_task_return_error (task, error);
  else if (check_redirect (task, query))
    exchange_code (task, g_hash_table_lookup (query, "code"));
}

static void
on_typed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree char *code = bmn_platform_host_ask_finish (BMN_PLATFORM_HOST (source), result, &error);
  if (!code)
    g_task_return_error (task, error);
  else if (!*g_strstrip (code))
    return_bad_sign_in (task, _ ("No code was given. Sign in again and copy the code shown."));
  else
    exchange_code (task, code);
}

static void
on_authorization_uri (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnPlatform *self = BMN_PLATFORM (source);
  BmnPlatformHost *host = bmn_platform_get_host (self);
  BmnSignIn *sign_in = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  g_autofree char *uri = g_task_propagate_pointer (G_TASK (result), &error);
  if (!uri || !bmn_platform_host_open_uri (host, uri, &error))
    g_task_return_error (task, error);
  else if (sign_in->listener)
    bmn_oauth2_listener_wait_async (sign_in->listener, SIGN_IN_TIMEOUT, cancellable, on_redirect,
                                    g_object_ref (task));
  else
    bmn_platform_host_ask_async (host, _ ("Code shown in the browser:"), cancellable, on_typed,
                                 g_object_ref (task));
}

/*
 * Asking for it.
 */

static void
make_authorization_uri (BmnOAuth2Platform *self,
                        const BmnOAuth2Client *client,
                        GHashTable *params,
                        GTask *task)
{
  g_autofree char *query = soup_form_encode_hash (params);
  const char *glue = strchr (client->authorize_url, '?') ? "&" : "?";
  g_task_return_pointer (task, g_strconcat (client->authorize_url, glue, query, NULL), g_free);
}

static void
on_client (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnOAuth2Platform *self = BMN_OAUTH2_PLATFORM (source);
  BmnSignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  sign_in->client = g_task_propagate_pointer (G_TASK (result), &error);
  if (!sign_in->client)
    {
      g_task_return_error (task, error);
      return;
    }
  g_autofree char *challenge = sign_in->client->no_pkce ? NULL : make_challenge (sign_in->verifier);
  g_autoptr (GHashTable) params = bmn_oauth2_params_new (
      "response_type", "code", "client_id", sign_in->client->client_id, "redirect_uri",
      sign_in->redirect_uri, "scope", sign_in->client->scope, "state", sign_in->state,
      "code_challenge", challenge, "code_challenge_method", challenge ? "S256" : NULL, NULL);
  g_autoptr (GTask) asking
      = g_task_new (self, g_task_get_cancellable (task), on_authorization_uri, g_object_ref (task));
  BMN_OAUTH2_PLATFORM_GET_CLASS (self)->make_authorization_uri (self, sign_in->client, params,
                                                                asking);
}

void
bmn_oauth2_platform_sign_in (BmnPlatform *platform, GHashTable *inputs, GTask *task)
{
  BmnOAuth2Platform *self = BMN_OAUTH2_PLATFORM (platform);
  BmnSignIn *sign_in = g_new0 (BmnSignIn, 1);
  g_task_set_task_data (task, sign_in, (GDestroyNotify)sign_in_free);
  sign_in->inputs = g_hash_table_ref (inputs);
  if (g_hash_table_contains (inputs, "token"))
    {
      use_token (task, g_hash_table_lookup (inputs, "token"));
      return;
    }
  sign_in->state = make_random ();
  sign_in->verifier = make_random ();
  /* A computer that gives us no port still has a user who can copy a code. */
  if (!g_hash_table_contains (inputs, "oob"))
    sign_in->listener = bmn_oauth2_listener_new (NULL);
  sign_in->redirect_uri = g_strdup (
      sign_in->listener ? bmn_oauth2_listener_get_uri (sign_in->listener) : BMN_OAUTH2_OOB);
  g_autoptr (GTask) finding
      = g_task_new (self, g_task_get_cancellable (task), on_client, g_object_ref (task));
  BMN_OAUTH2_PLATFORM_GET_CLASS (self)->find_client (self, inputs, sign_in->redirect_uri, finding);
}

/*
 * Signing out.
 */

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) not_revoked = g_steal_pointer ((GError **)g_task_get_task_data (task));
  GError *error = NULL;
  if (!bmn_platform_host_remove_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    g_task_return_error (task, error);
  else if (not_revoked)
    g_task_return_error (task, g_steal_pointer (&not_revoked));
  else
    g_task_return_boolean (task, TRUE);
}

static void
error_slot_free (GError **slot)
{
  g_clear_error (slot);
  g_free (slot);
}

/* @not_revoked: (nullable) (transfer full): told at the end; the credentials go in any case */
static void
remove_credentials (GTask *task, GError *not_revoked)
{
  BmnPlatform *self = g_task_get_source_object (task);
  GError **slot = g_new0 (GError *, 1);
  *slot = not_revoked;
  g_task_set_task_data (task, slot, (GDestroyNotify)error_slot_free);
  bmn_platform_host_remove_credentials_async (bmn_platform_get_host (self), NULL, on_removed,
                                              g_object_ref (task));
}

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, &failure);
  GError *not_revoked = NULL;
  if (!response || response->status >= 300)
    not_revoked = g_error_new_literal (
        BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_SERVER,
        _ ("Bellman forgot the account, but the server did not take back its permission. Remove "
           "Bellman in the server's settings, under authorised apps."));
  remove_credentials (task, not_revoked);
}

static void
on_loaded_to_revoke (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnOAuth2Platform *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *text
      = bmn_platform_host_load_credentials_finish (BMN_PLATFORM_HOST (source), result, &error);
  g_autoptr (JsonObject) credentials = text ? bmn_oauth2_credentials_parse (text, NULL) : NULL;
  bmn_oauth2_wipe (text);
  const char *url = bmn_json_get_string (credentials, BMN_OAUTH2_REVOKE_URL);
  const char *id = bmn_json_get_string (credentials, BMN_OAUTH2_CLIENT_ID);
  const char *secret = bmn_json_get_string (credentials, BMN_OAUTH2_CLIENT_SECRET);
  if (!url || !id)
    {
      remove_credentials (task, NULL);
      return;
    }
  g_autoptr (GHashTable) params
      = bmn_oauth2_params_new ("client_id", id, "client_secret", secret, "token",
                               bmn_json_get_string (credentials, BMN_OAUTH2_ACCESS_TOKEN), NULL);
  BmnHttpRequest *request = bmn_oauth2_token_request (self, url, params, credentials);
  bmn_http_client_send_async (bmn_platform_get_http (BMN_PLATFORM (self)), request, NULL,
                              on_revoked, g_object_ref (task));
}

void
bmn_oauth2_platform_sign_out (BmnPlatform *self, GTask *task)
{
  bmn_platform_host_load_credentials_async (bmn_platform_get_host (self),
                                            g_task_get_cancellable (task), on_loaded_to_revoke,
                                            g_object_ref (task));
}

static void
decorate_request (BmnOAuth2Platform *self, BmnHttpRequest *request, JsonObject *credentials)
{
  char *value
      = g_strconcat ("Bearer ", bmn_json_get_string (credentials, BMN_OAUTH2_ACCESS_TOKEN), NULL);
  bmn_http_request_set_header (request, "Authorization", value);
  bmn_oauth2_wipe (value);
}

static void
bmn_oauth2_platform_class_init (BmnOAuth2PlatformClass *klass)
{
  BmnPlatformClass *platform_class = BMN_PLATFORM_CLASS (klass);
  platform_class->sign_in = bmn_oauth2_platform_sign_in;
  platform_class->sign_out = bmn_oauth2_platform_sign_out;
  klass->make_authorization_uri = make_authorization_uri;
  klass->decorate_request = decorate_request;
}

static void
bmn_oauth2_platform_init (BmnOAuth2Platform *self)
{
}
