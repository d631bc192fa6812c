#include "bmn-json.h"
#include "bmn-mastodon-examine-private.h"
#include "bmn-oauth2-metadata-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No more than what publishing and learning from one's own posts needs. */
#define SCOPES "read write:statuses write:media"

/*
 * Returns: (transfer full): the server's origin, `https://HOST[:PORT]`; whatever path was pasted
 *   with it is left out. Plain http only where it was written so. %NULL with
 *   %BMN_PLATFORM_ERROR_REJECTED
 */
static char *
normalize_server (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text ? text : ""));
  g_autofree char *full
      = strstr (stripped, "://") ? g_strdup (stripped) : g_strconcat ("https://", stripped, NULL);
  g_autoptr (GUri) uri = g_uri_parse (full, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri ? g_uri_get_host (uri) : NULL;
  if (!host || !*host || g_uri_get_userinfo (uri) || strpbrk (stripped, " \t\r\n<>\"\\^`{|}")
      || (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0))
    {
      g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                   /* Translators: %s is what was given. */
                   _ ("“%s” is not the address of a server. Write it like "
                      "https://mastodon.example."),
                   stripped);
      return NULL;
    }
  return g_uri_join (G_URI_FLAGS_NONE, scheme, NULL, host, g_uri_get_port (uri), "", NULL, NULL);
}

void
bmn_mastodon_sign_in (BmnPlatform *platform, GHashTable *inputs, GTask *task)
{
  GError *error = NULL;
  g_autofree char *server = normalize_server (g_hash_table_lookup (inputs, "server"), &error);
  if (!server)
    {
      g_task_return_error (task, error);
      return;
    }
  bmn_account_set_setting (bmn_platform_get_account (platform), "server", server);
  bmn_oauth2_platform_sign_in (platform, inputs, task);
}

/*
 * Registering this program: once for each sign-in, as the redirect is another each time.
 */

typedef struct
{
  char *redirect_uri;          /* (owned) */
  BmnOAuth2Metadata *metadata; /* (owned) (nullable) older servers have none */
} Registration;

static void
registration_free (Registration *registration)
{
  g_free (registration->redirect_uri);
  g_clear_pointer (&registration->metadata, bmn_oauth2_metadata_free);
  g_free (registration);
}

/* Where the endpoints are: as the server says (Mastodon 4.3 and later), or where they always were.
 */
static BmnOAuth2Client *
make_client (const char *server, const BmnOAuth2Metadata *metadata)
{
  BmnOAuth2Client *client = bmn_oauth2_client_new ();
  client->issuer = g_strdup (server);
  if (metadata)
    {
      client->authorize_url = g_strdup (metadata->authorize_url);
      client->token_url = g_strdup (metadata->token_url);
      client->revoke_url = g_strdup (metadata->revoke_url);
      client->no_pkce = metadata->no_pkce;
      client->sends_issuer = metadata->sends_issuer;
      return client;
    }
  client->authorize_url = g_strconcat (server, "/oauth/authorize", NULL);
  client->token_url = g_strconcat (server, "/oauth/token", NULL);
  client->revoke_url = g_strconcat (server, "/oauth/revoke", NULL);
  return client;
}

static void
on_registered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnPlatform *self = g_task_get_source_object (task);
  const Registration *registration = g_task_get_task_data (task);
  const char *server = bmn_account_get_setting (bmn_platform_get_account (self), "server");
  GError *error = NULL;
  g_autoptr (BmnHttpRequest) asked = bmn_http_request_new ("POST", server, "sign-in");
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, &error);
  g_autoptr (JsonNode) node = response ? bmn_oauth2_parse_answer (asked, response, &error) : NULL;
  JsonObject *app = bmn_json_node_object (node);
  const char *id = bmn_json_get_string (app, "client_id");
  if (!node)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!id || !*id)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                               _ ("This does not seem to be a Mastodon server. Check its "
                                  "address."));
      return;
    }
  BmnOAuth2Client *client = make_client (server, registration->metadata);
  client->client_id = g_strdup (id);
  client->client_secret = g_strdup (bmn_json_get_string (app, "client_secret"));
  client->scope = g_strdup (SCOPES);
  g_task_return_pointer (task, client, (GDestroyNotify)bmn_oauth2_client_free);
}

static void
on_metadata (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnOAuth2Platform *platform = BMN_OAUTH2_PLATFORM (source);
  const BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (platform));
  Registration *registration = g_task_get_task_data (task);
  registration->metadata = bmn_oauth2_find_metadata_finish (platform, result);
  const char *known = registration->metadata ? registration->metadata->register_url : NULL;
  g_autofree char *url
      = known ? g_strdup (known)
              : g_strconcat (bmn_account_get_setting (account, "server"), "/api/v1/apps", NULL);
  g_autoptr (GHashTable) params
      = bmn_oauth2_params_new ("client_name", "Bellman", "redirect_uris",
                               registration->redirect_uri, "scopes", SCOPES, NULL);
  bmn_http_client_send_async (bmn_platform_get_http (BMN_PLATFORM (platform)),
                              bmn_oauth2_form_request (platform, url, params),
                              g_task_get_cancellable (task), on_registered, g_object_ref (task));
}

void
bmn_mastodon_find_client (BmnOAuth2Platform *platform,
                          GHashTable *inputs,
                          const char *redirect_uri,
                          GTask *task)
{
  const BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (platform));
  Registration *registration = g_new0 (Registration, 1);
  registration->redirect_uri = g_strdup (redirect_uri);
  g_task_set_task_data (task, registration, (GDestroyNotify)registration_free);
  bmn_oauth2_find_metadata_async (platform, bmn_account_get_setting (account, "server"),
                                  g_task_get_cancellable (task), on_metadata, g_object_ref (task));
}

/*
 * Who we are.
 */

static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  /* Without an answer the account stays in class C, which is safe. */
  if (!bmn_mastodon_probe_finish (BMN_MASTODON (source), result, &error))
    g_message (_ ("Whether the server honours keys was not found out: %s"), error->message);
  g_task_return_boolean (task, TRUE);
}

static void
on_examined (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (self));
  GError *error = NULL;
  g_autofree char *handle = bmn_mastodon_examine_finish (self, result, &error);
  if (!handle)
    {
      g_task_return_error (task, error);
      return;
    }
  g_free (account->handle);
  account->handle = g_steal_pointer (&handle);
  if (g_object_get_data (G_OBJECT (task), "bmn-probe"))
    bmn_mastodon_probe_async (self, g_task_get_cancellable (task), on_probed, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

void
bmn_mastodon_signed_in (BmnOAuth2Platform *platform, GHashTable *inputs, GTask *task)
{
  if (g_hash_table_contains (inputs, "probe"))
    g_object_set_data (G_OBJECT (task), "bmn-probe", platform);
  bmn_mastodon_examine_async (BMN_MASTODON (platform), "sign-in", g_task_get_cancellable (task),
                              on_examined, g_object_ref (task));
}

/*
 * Checking.
 */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *text
      = bmn_platform_host_load_credentials_finish (BMN_PLATFORM_HOST (source), result, &error);
  g_autoptr (JsonObject) credentials = text ? bmn_oauth2_credentials_parse (text, &error) : NULL;
  bmn_oauth2_wipe (text);
  if (!credentials)
    {
      g_task_return_error (task, error);
      return;
    }
  gint64 ends_at = 0;
  if (!bmn_json_get_string (credentials, BMN_OAUTH2_REFRESH_TOKEN))
    bmn_json_get_int (credentials, BMN_OAUTH2_EXPIRES_AT, &ends_at);
  g_task_return_pointer (task, bmn_account_health_new (g_task_get_task_data (task), ends_at),
                         (GDestroyNotify)bmn_account_health_free);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  GError *error = NULL;
  char *handle = bmn_mastodon_examine_finish (self, result, &error);
  if (!handle)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, handle, g_free);
  bmn_platform_host_load_credentials_async (bmn_platform_get_host (BMN_PLATFORM (self)),
                                            g_task_get_cancellable (task), on_loaded,
                                            g_object_ref (task));
}

void
bmn_mastodon_check (BmnPlatform *platform, GTask *task)
{
  bmn_mastodon_examine_async (BMN_MASTODON (platform), "check", g_task_get_cancellable (task),
                              on_checked, g_object_ref (task));
}
