#include "bmn-oauth2-metadata-private.h"
#include "bmn-json.h"

#include <string.h>

#define WELL_KNOWN "/.well-known/oauth-authorization-server"

void
bmn_oauth2_metadata_free (BmnOAuth2Metadata *metadata)
{
  g_free (metadata->authorize_url);
  g_free (metadata->token_url);
  g_free (metadata->revoke_url);
  g_free (metadata->register_url);
  g_free (metadata);
}

gboolean
bmn_oauth2_is_issuer (const char *issuer, const char *expected)
{
  const gsize length = strlen (issuer) - (g_str_has_suffix (issuer, "/") ? 1 : 0);
  const gsize expected_length = strlen (expected) - (g_str_has_suffix (expected, "/") ? 1 : 0);
  return length == expected_length && g_ascii_strncasecmp (issuer, expected, length) == 0;
}

/* Codes and secrets go there, so it is reached by https, or is the server that the user named. */
static gboolean
is_fit (const char *url, const char *issuer)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (!uri || !g_uri_get_host (uri) || !*g_uri_get_host (uri) || g_uri_get_userinfo (uri)
      || g_uri_get_fragment (uri))
    return FALSE;
  if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") == 0)
    return TRUE;
  g_autofree char *origin = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL,
                                        g_uri_get_host (uri), g_uri_get_port (uri), "", NULL, NULL);
  return bmn_oauth2_is_issuer (origin, issuer);
}

/* Returns: %FALSE for an endpoint that is there and cannot be used */
static gboolean
take_url (JsonObject *object, const char *member, const char *issuer, char **url)
{
  const char *text = bmn_json_get_string (object, member);
  if (text && !is_fit (text, issuer))
    return FALSE;
  *url = g_strdup (text);
  return TRUE;
}

static gboolean
lacks_s256 (JsonArray *methods)
{
  for (guint i = 0; methods && i < json_array_get_length (methods); i++)
    {
      JsonNode *node = json_array_get_element (methods, i);
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
          && g_str_equal (json_node_get_string (node), "S256"))
        return FALSE;
    }
  return methods != NULL;
}

BmnOAuth2Metadata *
bmn_oauth2_metadata_parse (JsonObject *object, const char *issuer)
{
  const char *named = bmn_json_get_string (object, "issuer");
  if (!named || !bmn_oauth2_is_issuer (named, issuer))
    return NULL;
  g_autoptr (BmnOAuth2Metadata) metadata = g_new0 (BmnOAuth2Metadata, 1);
  if (!take_url (object, "authorization_endpoint", issuer, &metadata->authorize_url)
      || !take_url (object, "token_endpoint", issuer, &metadata->token_url)
      || !take_url (object, "revocation_endpoint", issuer, &metadata->revoke_url)
      || !take_url (object, "app_registration_endpoint", issuer, &metadata->register_url)
      || !metadata->authorize_url || !metadata->token_url)
    return NULL;
  metadata->no_pkce = lacks_s256 (bmn_json_get_array (object, "code_challenge_methods_supported"));
  metadata->sends_issuer
      = bmn_json_get_bool (object, "authorization_response_iss_parameter_supported");
  return g_steal_pointer (&metadata);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const char *issuer = g_task_get_task_data (task);
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, NULL);
  g_autoptr (JsonNode) node
      = response && response->status == 200 ? bmn_json_parse (response->body, NULL) : NULL;
  /* A server that is away, or has none of this, is not told apart: what is asked next tells. */
  g_task_return_pointer (task, bmn_oauth2_metadata_parse (bmn_json_node_object (node), issuer),
                         (GDestroyNotify)bmn_oauth2_metadata_free);
}

void
bmn_oauth2_find_metadata_async (BmnOAuth2Platform *self,
                                const char *issuer,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_oauth2_find_metadata_async);
  g_task_set_task_data (task, g_strdup (issuer), g_free);
  g_autofree char *url = g_strconcat (issuer, WELL_KNOWN, NULL);
  BmnHttpRequest *request = bmn_http_request_new ("GET", url, "sign-in");
  request->account_id = bmn_platform_get_account (BMN_PLATFORM (self))->id;
  request->priority = BMN_HTTP_PRIORITY_USER;
  bmn_http_request_set_header (request, "Accept", "application/json");
  bmn_http_client_send_async (bmn_platform_get_http (BMN_PLATFORM (self)), request, cancellable,
                              on_answered, task);
}

BmnOAuth2Metadata *
bmn_oauth2_find_metadata_finish (BmnOAuth2Platform *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
