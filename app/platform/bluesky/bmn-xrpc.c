#include "bmn-xrpc-private.h"
#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>

/* RFC 6585; libsoup has no name for it. */
#define TOO_MANY_REQUESTS 429

BmnHttpRequest *
bmn_xrpc_query (const char *service, const char *method, const char *purpose, ...)
{
  g_autoptr (GString) url = g_string_new (NULL);
  g_string_append_printf (url, "%s/xrpc/%s", service, method);
  va_list args;
  va_start (args, purpose);
  char separator = '?';
  for (const char *name = va_arg (args, const char *); name; name = va_arg (args, const char *))
    {
      const char *value = va_arg (args, const char *);
      if (!value)
        continue;
      g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);
      g_string_append_printf (url, "%c%s=%s", separator, name, escaped);
      separator = '&';
    }
  va_end (args);
  return bmn_http_request_new ("GET", url->str, purpose);
}

BmnHttpRequest *
bmn_xrpc_procedure (const char *service, const char *method, const char *purpose, JsonNode *input)
{
  g_autofree char *url = g_strdup_printf ("%s/xrpc/%s", service, method);
  BmnHttpRequest *request = bmn_http_request_new ("POST", url, purpose);
  if (input)
    {
      char *text = bmn_json_to_string (input);
      bmn_http_request_take_body (request, "application/json",
                                  g_bytes_new_take (text, strlen (text)));
    }
  return request;
}

/* Returns: whether the answer means that the sign-in, not the request, is at fault */
static gboolean
is_about_sign_in (const char *name)
{
  static const char *const names[] = {
    "ExpiredToken",       "InvalidToken",
    "AuthMissing",        "AuthenticationRequired",
    "AccountTakedown",    "AccountSuspended",
    "AccountDeactivated", "invalid_token",
    "invalid_grant",      NULL,
  };
  return name && g_strv_contains (names, name);
}

static const char *
explain_sign_in (const char *name)
{
  if (g_str_equal (name, "AccountTakedown") || g_str_equal (name, "AccountSuspended"))
    return _ ("The server has suspended this account. Open it in the Bluesky app to see why.");
  if (g_str_equal (name, "AccountDeactivated"))
    return _ ("This account is deactivated. Activate it in the Bluesky app.");
  return _ ("The server no longer accepts this account's sign-in. Sign in again.");
}

/* Where of the record a complaint is about: servers say “… at $.writes[0].record.text”, “Missing
 * required key "text" at $.writes[0].record” or “Record/text …”. */
static const char *
name_place (const char *message)
{
  static const struct
  {
    const char *path;
    const char *words;
  } places[] = {
    { "record.text", N_ ("its text") },      { "Record/text", N_ ("its text") },
    { "key \"text\"", N_ ("its text") },     { "embed.images", N_ ("its pictures") },
    { "embed/images", N_ ("its pictures") }, { "facets", N_ ("a link, mention or hashtag") },
    { "createdAt", N_ ("its date") },        { "langs", N_ ("its language") },
    { "embed", N_ ("its link or quote") },   { "reply", N_ ("what it replies to") },
  };
  for (guint i = 0; message && i < G_N_ELEMENTS (places); i++)
    if (strstr (message, places[i].path))
      return _ (places[i].words);
  return NULL;
}

/* Returns: (transfer full) (nullable): words for people */
static char *
explain (const BmnXrpcReply *reply)
{
  if (is_about_sign_in (reply->error))
    return g_strdup (explain_sign_in (reply->error));
  if (g_strcmp0 (reply->error, "BlobTooLarge") == 0 || reply->status == 413)
    return g_strdup (_ ("The server does not take files as large as this one. Make it smaller."));
  if (bmn_xrpc_reply_is (reply, "invalid_dpop_proof"))
    return g_strdup (_ ("The server does not accept our proof of who we are. Check that this "
                        "computer's clock is right, then sign in again."));
  /* What to wait for is said better by the headers than by these words. */
  if (reply->status < 400 || reply->status >= 500 || reply->status == TOO_MANY_REQUESTS
      || !reply->message || !*reply->message)
    return NULL;
  const char *place = name_place (reply->message);
  if (place)
    /* Translators: first a thing such as “its text”, then the server's own words. */
    return g_strdup_printf (_ ("The server refuses the post because of %s: “%s”. Change that and "
                               "try again."),
                            place, reply->message);
  /* Translators: %s are the server's own words. */
  return g_strdup_printf (_ ("The server refuses the request: “%s”."), reply->message);
}

/* An answer that creates nothing for certain is an error of its meaning, not of its number. */
static GError *
find_failure (const BmnXrpcReply *reply,
              const BmnHttpRequest *request,
              const BmnHttpResponse *response)
{
  g_autofree char *words = explain (reply);
  if (is_about_sign_in (reply->error))
    return g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED, words);
  if (reply->status >= 300)
    return bmn_http_response_to_error (request, response, words);
  if (reply->root)
    return NULL;
  return g_error_new_literal (BMN_PLATFORM_ERROR,
                              request->creates ? BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME
                                               : BMN_PLATFORM_ERROR_BAD_REPLY,
                              _ ("The server's answer cannot be understood. Try again later."));
}

BmnXrpcReply *
bmn_xrpc_reply_new (const BmnHttpRequest *request, const BmnHttpResponse *response)
{
  BmnXrpcReply *reply = g_new0 (BmnXrpcReply, 1);
  reply->status = response->status;
  /* Some procedures answer nothing at all. */
  if (g_bytes_get_size (response->body) == 0 && response->status < 300)
    {
      reply->root = json_node_new (JSON_NODE_NULL);
      return reply;
    }
  reply->root = bmn_json_parse (response->body, NULL);
  if (response->status >= 300)
    {
      JsonObject *object = bmn_json_node_object (reply->root);
      const char *message = bmn_json_get_string (object, "message");
      reply->error = g_strdup (bmn_json_get_string (object, "error"));
      reply->message
          = g_strdup (message ? message : bmn_json_get_string (object, "error_description"));
    }
  reply->failure = find_failure (reply, request, response);
  return reply;
}

void
bmn_xrpc_reply_free (BmnXrpcReply *reply)
{
  g_free (reply->error);
  g_free (reply->message);
  g_clear_pointer (&reply->root, json_node_unref);
  g_clear_error (&reply->failure);
  g_free (reply);
}

JsonObject *
bmn_xrpc_reply_get_object (const BmnXrpcReply *reply, GError **error)
{
  JsonObject *object = bmn_json_node_object (reply->root);
  if (reply->failure)
    g_propagate_error (error, g_error_copy (reply->failure));
  else if (!object)
    g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                         _ ("The server's answer cannot be understood. Try again later."));
  return reply->failure ? NULL : object;
}

gboolean
bmn_xrpc_reply_is (const BmnXrpcReply *reply, const char *name)
{
  return g_strcmp0 (reply->error, name) == 0;
}

GStrv
bmn_at_uri_parse (const char *uri)
{
  if (!g_str_has_prefix (uri, "at://"))
    return NULL;
  g_auto (GStrv) words = g_strsplit (uri + strlen ("at://"), "/", 4);
  if (g_strv_length (words) != 3 || !*words[0] || !*words[1] || !*words[2])
    return NULL;
  return g_steal_pointer (&words);
}
