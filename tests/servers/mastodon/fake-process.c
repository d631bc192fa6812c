#include "fake-process.h"

#include "fake-params.h"
#include "fake-rate.h"
#include "fake-routes.h"
#include "fake-scope.h"

#include <string.h>

gboolean
fake_call_is_control (FakeCall *call)
{
  return g_str_has_prefix (fake_call_get_path (call), "/_control/");
}

static gboolean
read_body (FakeCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  SoupMessageBody *body = soup_server_message_get_request_body (call->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  gsize length = g_bytes_get_size (bytes);
  if (length == 0)
    return TRUE;
  if (g_strcmp0 (type, "application/json") == 0)
    return fake_params_add_json (call->params, bytes);
  if (g_strcmp0 (type, "multipart/form-data") == 0)
    return fake_params_add_multipart (call->params, headers, bytes, &call->file, &call->file_type);
  if (g_strcmp0 (type, "application/x-www-form-urlencoded") != 0)
    return FALSE;
  g_autofree char *form = g_strndup (g_bytes_get_data (bytes, NULL), length);
  return fake_params_add_form (call->params, form);
}

gboolean
fake_call_prepare (FakeCall *call)
{
  const char *method = soup_server_message_get_method (call->message);
  SoupMessageBody *body = soup_server_message_get_request_body (call->message);
  const char *query = g_uri_get_query (soup_server_message_get_uri (call->message));
  call->route = fake_routes_find (method, fake_call_get_path (call), &call->id);
  if (body->length > call->fake->config.upload_size_limit)
    {
      fake_call_reply_text (call, 413, "text/html; charset=utf-8",
                            "<html><title>413 Request Entity Too Large</title></html>");
      return FALSE;
    }
  if ((query && !fake_params_add_form (call->params, query)) || !read_body (call))
    {
      fake_call_fail (call, 400, "There was an error while parsing the request parameters");
      return FALSE;
    }
  return TRUE;
}

static void
refuse_token (FakeCall *call, const char *message)
{
  g_autofree char *challenge = g_strdup_printf (
      "Bearer realm=\"Doorkeeper\", error=\"invalid_token\", error_description=\"%s\"", message);
  soup_message_headers_replace (call->headers, "WWW-Authenticate", challenge);
  fake_call_fail (call, 401, message);
}

/* Looks the bearer token up. FALSE, with the answer set, where one was sent and is no good. */
static gboolean
read_token (FakeCall *call)
{
  const char *header = fake_call_get_header (call, "Authorization");
  if (!header || call->route->auth == FAKE_AUTH_PUBLIC)
    return TRUE;
  FakeToken *token = g_str_has_prefix (header, "Bearer ")
                         ? fake_find_token (call->fake, header + strlen ("Bearer "))
                         : NULL;
  if (!token)
    refuse_token (call, "The access token is invalid");
  else if (token->revoked)
    refuse_token (call, "The access token was revoked");
  else if (token->expires_at && token->expires_at <= fake_now (call->fake))
    refuse_token (call, "The access token expired");
  else
    {
      call->token = token;
      call->account = token->account;
      return TRUE;
    }
  return FALSE;
}

static gboolean
authorize (FakeCall *call)
{
  const FakeRoute *route = call->route;
  if (!call->token && (route->auth == FAKE_AUTH_APP || route->auth == FAKE_AUTH_USER))
    {
      refuse_token (call, "The access token is invalid");
      return FALSE;
    }
  if (call->token && route->scopes && !fake_scopes_allow (call->token->scopes, route->scopes))
    {
      fake_call_fail (call, 403, "This action is outside the authorized scopes");
      return FALSE;
    }
  if (route->auth == FAKE_AUTH_USER && !call->account)
    {
      fake_call_fail (call, 422, "This method requires an authenticated user");
      return FALSE;
    }
  return TRUE;
}

void
fake_call_process (FakeCall *call)
{
  g_autofree char *key
      = call->route ? g_strconcat (call->route->method, " ", call->route->path, NULL) : NULL;
  if (!key || fake_config_is_missing (&call->fake->config, key))
    {
      fake_call_fail (call, 404, "Not Found");
      return;
    }
  if (fake_call_is_control (call))
    {
      call->route->handler (call);
      return;
    }
  if (!read_token (call))
    return;
  if (g_str_has_prefix (fake_call_get_path (call), "/api/") && !fake_rate_take (call))
    return;
  if (authorize (call))
    call->route->handler (call);
}
