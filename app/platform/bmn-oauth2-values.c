#include "bmn-oauth2-private.h"
#include "bmn-error.h"
#include "bmn-json.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

/* Longer words of a server are not read by anybody. */
#define MAX_WORDS 300

BmnOAuth2Client *
bmn_oauth2_client_new (void)
{
  return g_new0 (BmnOAuth2Client, 1);
}

void
bmn_oauth2_client_free (BmnOAuth2Client *client)
{
  g_free (client->issuer);
  g_free (client->authorize_url);
  g_free (client->token_url);
  g_free (client->revoke_url);
  g_free (client->client_id);
  bmn_oauth2_wipe (client->client_secret);
  g_free (client->scope);
  g_free (client);
}

void
bmn_oauth2_wipe (char *secret)
{
  if (secret)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

JsonObject *
bmn_oauth2_credentials_parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JsonNode) node = bmn_json_parse (bytes, NULL);
  JsonObject *parsed = bmn_json_node_object (node);
  if (!bmn_json_get_string (parsed, BMN_OAUTH2_ACCESS_TOKEN))
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NO_SECRET,
                           _ ("The account's credentials cannot be read. Sign in again."));
      return NULL;
    }
  JsonObject *credentials = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  json_object_iter_init (&iter, parsed);
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (credentials, name, json_node_copy (value));
  return credentials;
}

char *
bmn_oauth2_credentials_to_text (JsonObject *credentials)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, credentials);
  return bmn_json_to_string (node);
}

gboolean
bmn_oauth2_credentials_take_tokens (JsonObject *credentials,
                                    JsonObject *answer,
                                    gint64 now,
                                    GError **error)
{
  const char *token = bmn_json_get_string (answer, BMN_OAUTH2_ACCESS_TOKEN);
  const char *refresh = bmn_json_get_string (answer, BMN_OAUTH2_REFRESH_TOKEN);
  gint64 life;
  if (!token || !*token)
    {
      g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                           _ ("The server gave no token. Try to sign in again."));
      return FALSE;
    }
  json_object_set_string_member (credentials, BMN_OAUTH2_ACCESS_TOKEN, token);
  if (refresh && *refresh)
    json_object_set_string_member (credentials, BMN_OAUTH2_REFRESH_TOKEN, refresh);
  if (json_object_has_member (credentials, BMN_OAUTH2_EXPIRES_AT))
    json_object_remove_member (credentials, BMN_OAUTH2_EXPIRES_AT);
  if (bmn_json_get_int (answer, "expires_in", &life) && life > 0 && life < G_MAXINT32)
    json_object_set_int_member (credentials, BMN_OAUTH2_EXPIRES_AT, now + life * G_USEC_PER_SEC);
  return TRUE;
}

GHashTable *
bmn_oauth2_params_new (const char *name, ...)
{
  GHashTable *params
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)bmn_oauth2_wipe);
  va_list args;
  va_start (args, name);
  for (; name; name = va_arg (args, const char *))
    {
      const char *value = va_arg (args, const char *);
      if (value)
        g_hash_table_insert (params, g_strdup (name), g_strdup (value));
    }
  va_end (args);
  return params;
}

BmnHttpRequest *
bmn_oauth2_form_request (BmnOAuth2Platform *self, const char *url, GHashTable *params)
{
  BmnHttpRequest *request = bmn_http_request_new ("POST", url, "sign-in");
  char *form = soup_form_encode_hash (params);
  request->account_id = bmn_platform_get_account (BMN_PLATFORM (self))->id;
  bmn_http_request_set_header (request, "Accept", "application/json");
  bmn_http_request_take_body (request, SOUP_FORM_MIME_TYPE_URLENCODED,
                              g_bytes_new_take (form, strlen (form)));
  return request;
}

BmnHttpRequest *
bmn_oauth2_token_request (BmnOAuth2Platform *self,
                          const char *url,
                          GHashTable *params,
                          JsonObject *credentials)
{
  BmnHttpRequest *request = bmn_oauth2_form_request (self, url, params);
  if (BMN_OAUTH2_PLATFORM_GET_CLASS (self)->decorate_token_request)
    BMN_OAUTH2_PLATFORM_GET_CLASS (self)->decorate_token_request (self, request, credentials);
  return request;
}

/* Returns: (transfer full): one line without what a terminal or a label would stumble over */
static char *
tidy (const char *words)
{
  g_autoptr (GString) line = g_string_new (NULL);
  glong n = 0;
  for (const char *at = words; *at && n < MAX_WORDS; at = g_utf8_next_char (at), n++)
    {
      gunichar c = g_utf8_get_char (at);
      g_string_append_unichar (line, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_strstrip (g_string_free (g_steal_pointer (&line), FALSE));
}

char *
bmn_oauth2_error_words (const BmnHttpResponse *response)
{
  g_autoptr (JsonNode) node = bmn_json_parse (response->body, NULL);
  JsonObject *object = bmn_json_node_object (node);
  const char *words = bmn_json_get_string (object, "error_description");
  if (!words)
    words = bmn_json_get_string (object, "error");
  return words ? tidy (words) : NULL;
}

JsonNode *
bmn_oauth2_parse_answer (const BmnHttpRequest *request,
                         const BmnHttpResponse *response,
                         GError **error)
{
  g_autofree char *words = response->status >= 300 ? bmn_oauth2_error_words (response) : NULL;
  GError *refusal = bmn_http_response_to_error (request, response, words);
  if (refusal)
    {
      g_propagate_error (error, refusal);
      return NULL;
    }
  return bmn_json_parse (response->body, error);
}

void
bmn_oauth2_make_certain (GError *error)
{
  if (g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY)
      || g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME))
    error->code = BMN_PLATFORM_ERROR_SERVER;
}
