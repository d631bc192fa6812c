#include "fake-handlers.h"

#include "fake-scope.h"

#include <string.h>

#define OUT_OF_BAND "urn:ietf:wg:oauth:2.0:oob"

/* https://docs.joinmastodon.org/methods/apps/, …/methods/oauth/ and …/spec/oauth/ */

static JsonObject *
app_to_json (const FakeApp *app)
{
  g_auto (GStrv) scopes = g_strsplit (app->scopes, " ", -1);
  g_autofree char *joined = g_strjoinv ("\n", app->redirect_uris);
  return fake_object ("s:id", app->id, "s:name", app->name, "s:website", app->website, "a:scopes",
                      fake_array_from_strv ((const char *const *)scopes), "s:redirect_uri", joined,
                      "a:redirect_uris",
                      fake_array_from_strv ((const char *const *)app->redirect_uris), NULL);
}

/* One text, several lines of it, or an array. */
static GStrv
read_redirect_uris (FakeCall *call)
{
  g_autofree char *text = fake_call_get_string (call, "redirect_uris");
  return text ? g_strsplit (text, "\n", -1) : fake_call_get_strv (call, "redirect_uris");
}

static gboolean
are_absolute (GStrv uris)
{
  for (char **uri = uris; *uri; uri++)
    {
      g_autofree char *scheme = g_uri_parse_scheme (*uri);
      if (!scheme || strchr (*uri, '#'))
        return FALSE;
    }
  return *uris != NULL;
}

void
fake_apps_create (FakeCall *call)
{
  g_autofree char *name = fake_call_get_string (call, "client_name");
  g_autofree char *scopes = fake_call_get_string (call, "scopes");
  g_auto (GStrv) uris = read_redirect_uris (call);
  if (!name || *name == '\0')
    {
      fake_call_fail (call, 422, "Validation failed: Application name can't be blank");
      return;
    }
  if (!are_absolute (uris))
    {
      fake_call_fail (call, 422, "Validation failed: Redirect URI must be an absolute URI.");
      return;
    }
  if (scopes && !fake_scopes_are_known (scopes))
    {
      fake_call_fail (call, 422,
                      "Validation failed: Scopes doesn't match configured on the server.");
      return;
    }
  FakeApp *app = g_new0 (FakeApp, 1);
  app->id = fake_id_new (call->fake, fake_now (call->fake));
  app->name = g_steal_pointer (&name);
  app->website = fake_call_get_string (call, "website");
  app->client_id = fake_secret_new ();
  app->client_secret = fake_secret_new ();
  app->redirect_uris = g_steal_pointer (&uris);
  app->scopes = g_strdup (scopes ? scopes : "read");
  g_ptr_array_add (call->fake->apps, app);
  JsonObject *json = app_to_json (app);
  json_object_set_string_member (json, "client_id", app->client_id);
  json_object_set_string_member (json, "client_secret", app->client_secret);
  json_object_set_int_member (json, "client_secret_expires_at", 0);
  fake_call_reply (call, 200, json);
}

void
fake_apps_verify (FakeCall *call)
{
  if (call->token->app)
    fake_call_reply (call, 200, app_to_json (call->token->app));
  else
    fake_call_reply (call, 200, fake_object ("s:name", "control", "n:website", NULL, NULL));
}

static void
reply_page (FakeCall *call, guint status, const char *format, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autofree char *body = g_strdup_printf ("<!DOCTYPE html><meta charset=\"utf-8\">"
                                           "<title>Test server</title>\n%s%s\n",
                                           format, escaped);
  fake_call_reply_text (call, status, "text/html; charset=utf-8", body);
}

/* Sends the browser back to the client with what it waits for. */
static void
redirect_back (FakeCall *call, const char *redirect_uri, const char *name, const char *value)
{
  const FakeConfig *config = &call->fake->config;
  g_autofree char *state = fake_call_get_string (call, "state");
  g_autoptr (GString) location = g_string_new (redirect_uri);
  g_string_append_printf (location, "%c%s=", strchr (redirect_uri, '?') ? '&' : '?', name);
  g_string_append_uri_escaped (location, value, NULL, FALSE);
  if (state)
    {
      g_string_append (location, "&state=");
      g_string_append_uri_escaped (
          location, fake_config_has (config, FAKE_SWITCH_STATE_WRONG) ? "forged" : state, NULL,
          FALSE);
    }
  if (fake_config_has (config, FAKE_SWITCH_ISS) || fake_config_has (config, FAKE_SWITCH_ISS_WRONG))
    {
      g_autofree char *base = fake_call_link_base (call);
      g_autofree char *issuer = g_strconcat (base, "/", NULL);
      g_string_append (location, "&iss=");
      g_string_append_uri_escaped (
          location,
          fake_config_has (config, FAKE_SWITCH_ISS_WRONG) ? "https://another.example/" : issuer,
          NULL, FALSE);
    }
  soup_message_headers_replace (call->headers, "Location", location->str);
  reply_page (call, 302, "<p>Redirecting to ", redirect_uri);
}

/* What cannot be told to the client, because the client or its address is not known, is told to
 * the user; all else goes back by redirect. NULL with the answer set. */
static FakeApp *
check_request (FakeCall *call)
{
  g_autofree char *client_id = fake_call_get_string (call, "client_id");
  g_autofree char *redirect_uri = fake_call_get_string (call, "redirect_uri");
  g_autofree char *type = fake_call_get_string (call, "response_type");
  g_autofree char *scope = fake_call_get_string (call, "scope");
  g_autofree char *challenge = fake_call_get_string (call, "code_challenge");
  g_autofree char *method = fake_call_get_string (call, "code_challenge_method");
  FakeApp *app = fake_find_app (call->fake, client_id);
  if (!app)
    {
      reply_page (call, 401, "<p>", "Client authentication failed due to unknown client.");
      return NULL;
    }
  if (!redirect_uri || !g_strv_contains ((const char *const *)app->redirect_uris, redirect_uri))
    {
      reply_page (call, 400, "<p>", "The redirect uri included is not valid.");
      return NULL;
    }
  const char *error = NULL;
  if (g_strcmp0 (type, "code") != 0)
    error = "unsupported_response_type";
  else if (!fake_scopes_are_within (scope ? scope : "read", app->scopes))
    error = "invalid_scope";
  else if (challenge && !fake_config_has (&call->fake->config, FAKE_SWITCH_NO_PKCE)
           && g_strcmp0 (method, "S256") != 0)
    error = "invalid_code_challenge_method";
  if (!error)
    return app;
  if (g_str_equal (redirect_uri, OUT_OF_BAND))
    reply_page (call, 400, "<p>", error);
  else
    redirect_back (call, redirect_uri, "error", error);
  return NULL;
}

static void
approve (FakeCall *call, FakeApp *app)
{
  g_autofree char *login = fake_call_get_string (call, "login");
  g_autofree char *scope = fake_call_get_string (call, "scope");
  FakeAccount *account = fake_find_username (call->fake, login);
  FakeCode *code = g_new0 (FakeCode, 1);
  code->code = fake_secret_new ();
  code->app = app;
  code->account = account ? account : call->fake->accounts->pdata[0];
  code->redirect_uri = fake_call_get_string (call, "redirect_uri");
  code->scopes = g_strdup (scope ? scope : "read");
  if (!fake_config_has (&call->fake->config, FAKE_SWITCH_NO_PKCE))
    code->challenge = fake_call_get_string (call, "code_challenge");
  code->expires_at = fake_now (call->fake) + call->fake->config.code_seconds * G_TIME_SPAN_SECOND;
  g_ptr_array_add (call->fake->codes, code);

  if (!g_str_equal (code->redirect_uri, OUT_OF_BAND))
    {
      redirect_back (call, code->redirect_uri, "code", code->code);
      return;
    }
  g_autofree char *native
      = g_strdup_printf ("%s/oauth/authorize/native?code=%s", call->fake->url, code->code);
  soup_message_headers_replace (call->headers, "Location", native);
  reply_page (call, 302, "<p>Redirecting to ", native);
}

static void
deny (FakeCall *call)
{
  g_autofree char *redirect_uri = fake_call_get_string (call, "redirect_uri");
  if (g_str_equal (redirect_uri, OUT_OF_BAND))
    reply_page (call, 400, "<p>", "access_denied");
  else
    redirect_back (call, redirect_uri, "error", "access_denied");
}

static void
show_form (FakeCall *call, const FakeApp *app)
{
  g_autoptr (GString) form = g_string_new ("<form method=\"post\" action=\"/oauth/authorize\">");
  JsonObjectIter iter;
  const char *name;
  json_object_iter_init (&iter, call->params);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      g_autofree char *value = fake_call_get_string (call, name);
      g_autofree char *input = g_markup_printf_escaped (
          "<input type=\"hidden\" name=\"%s\" value=\"%s\">", name, value ? value : "");
      g_string_append (form, input);
    }
  g_string_append (form, "<button name=\"decision\" value=\"approve\">Authorize</button>"
                         "<button name=\"decision\" value=\"deny\">Deny</button></form><p>");
  reply_page (call, 200, form->str, app->name);
}

void
fake_oauth_authorize (FakeCall *call)
{
  const FakeConfig *config = &call->fake->config;
  FakeApp *app = check_request (call);
  if (!app)
    return;
  if (fake_config_has (config, FAKE_SWITCH_AUTO_DENY))
    deny (call);
  else if (fake_config_has (config, FAKE_SWITCH_AUTO_APPROVE)
           || fake_call_get_bool (call, "auto_approve"))
    approve (call, app);
  else
    show_form (call, app);
}

void
fake_oauth_decide (FakeCall *call)
{
  g_autofree char *decision = fake_call_get_string (call, "decision");
  FakeApp *app = check_request (call);
  if (!app)
    return;
  if (g_strcmp0 (decision, "approve") == 0)
    approve (call, app);
  else
    deny (call);
}

void
fake_oauth_native (FakeCall *call)
{
  g_autofree char *code = fake_call_get_string (call, "code");
  g_autofree char *page = g_markup_printf_escaped (
      "<p>Copy this authorization code and paste it to the application.</p>"
      "<input class=\"oauth-code\" type=\"text\" readonly value=\"%s\">",
      code ? code : "");
  reply_page (call, 200, page, "");
}

/* In the form, or by HTTP basic authentication. NULL with the answer set. */
static FakeApp *
authenticate_client (FakeCall *call)
{
  g_autofree char *id = fake_call_get_string (call, "client_id");
  g_autofree char *secret = fake_call_get_string (call, "client_secret");
  const char *header = fake_call_get_header (call, "Authorization");
  if (header && g_str_has_prefix (header, "Basic "))
    {
      gsize length;
      g_autofree guchar *raw = g_base64_decode (header + strlen ("Basic "), &length);
      g_autofree char *pair = g_strndup ((const char *)raw, length);
      char *colon = strchr (pair, ':');
      if (colon)
        {
          *colon = '\0';
          g_free (id);
          g_free (secret);
          id = g_uri_unescape_string (pair, NULL);
          secret = g_uri_unescape_string (colon + 1, NULL);
        }
    }
  FakeApp *app = id ? fake_find_app (call->fake, id) : NULL;
  if (app && g_strcmp0 (app->client_secret, secret) == 0)
    return app;
  fake_call_fail_oauth (call, 401, "invalid_client",
                        "Client authentication failed due to unknown client, no client "
                        "authentication included, or unsupported authentication method.");
  return NULL;
}

static gboolean
verifier_fits (const FakeCode *code, const char *verifier)
{
  if (!code->challenge)
    return TRUE;
  gsize length = verifier ? strlen (verifier) : 0;
  if (length < 43 || length > 128)
    return FALSE;
  guint8 digest[32];
  gsize size = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *)verifier, length);
  g_checksum_get_digest (checksum, digest, &size);
  g_autofree char *text = g_base64_encode (digest, size);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return g_str_equal (text, code->challenge);
}

static void
reply_token (FakeCall *call, const FakeToken *token)
{
  JsonObject *json
      = fake_object ("s:access_token", token->token, "s:token_type", "Bearer", "s:scope",
                     token->scopes, "i:created_at", token->created_at / G_TIME_SPAN_SECOND, NULL);
  if (token->refresh)
    {
      json_object_set_string_member (json, "refresh_token", token->refresh);
      json_object_set_int_member (json, "expires_in",
                                  (token->expires_at - token->created_at) / G_TIME_SPAN_SECOND);
    }
  soup_message_headers_replace (call->headers, "Cache-Control", "no-store");
  fake_call_reply (call, 200, json);
}

static void
refuse_grant (FakeCall *call)
{
  fake_call_fail_oauth (call, 400, "invalid_grant",
                        "The provided authorization grant is invalid, expired, revoked, does not "
                        "match the redirection URI used in the authorization request, or was "
                        "issued to another client.");
}

static void
grant_code (FakeCall *call, FakeApp *app)
{
  g_autofree char *secret = fake_call_get_string (call, "code");
  g_autofree char *redirect_uri = fake_call_get_string (call, "redirect_uri");
  g_autofree char *verifier = fake_call_get_string (call, "code_verifier");
  FakeCode *code = NULL;
  for (guint i = 0; i < call->fake->codes->len; i++)
    if (g_strcmp0 (((FakeCode *)call->fake->codes->pdata[i])->code, secret) == 0)
      code = call->fake->codes->pdata[i];
  if (!code || code->used || code->app != app || code->expires_at <= fake_now (call->fake)
      || g_strcmp0 (code->redirect_uri, redirect_uri) != 0 || !verifier_fits (code, verifier))
    {
      refuse_grant (call);
      return;
    }
  code->used = TRUE;
  reply_token (call, fake_token_add (call->fake, app, code->account, code->scopes));
}

static void
grant_refresh (FakeCall *call, FakeApp *app)
{
  g_autofree char *refresh = fake_call_get_string (call, "refresh_token");
  FakeToken *old = NULL;
  for (guint i = 0; refresh && i < call->fake->tokens->len; i++)
    if (g_strcmp0 (((FakeToken *)call->fake->tokens->pdata[i])->refresh, refresh) == 0)
      old = call->fake->tokens->pdata[i];
  if (!old || old->app != app || old->revoked)
    {
      refuse_grant (call);
      return;
    }
  /* It rotates: the old pair is worth nothing from here on. */
  old->revoked = TRUE;
  reply_token (call, fake_token_add (call->fake, app, old->account, old->scopes));
}

void
fake_oauth_token (FakeCall *call)
{
  g_autofree char *grant = fake_call_get_string (call, "grant_type");
  g_autofree char *scope = fake_call_get_string (call, "scope");
  FakeApp *app = authenticate_client (call);
  if (!app)
    return;
  if (g_strcmp0 (grant, "authorization_code") == 0)
    grant_code (call, app);
  else if (g_strcmp0 (grant, "refresh_token") == 0
           && fake_config_has (&call->fake->config, FAKE_SWITCH_REFRESH_TOKENS))
    grant_refresh (call, app);
  else if (g_strcmp0 (grant, "client_credentials") != 0)
    fake_call_fail_oauth (call, 400, "unsupported_grant_type",
                          "The authorization grant type is not supported by the authorization "
                          "server.");
  else if (!fake_scopes_are_within (scope ? scope : "read", app->scopes))
    fake_call_fail_oauth (call, 400, "invalid_scope",
                          "The requested scope is invalid, unknown, or malformed.");
  else
    reply_token (call, fake_token_add (call->fake, app, NULL, scope ? scope : "read"));
}

void
fake_oauth_revoke (FakeCall *call)
{
  g_autofree char *secret = fake_call_get_string (call, "token");
  g_autofree char *id = fake_call_get_string (call, "client_id");
  g_autofree char *client_secret = fake_call_get_string (call, "client_secret");
  FakeApp *app = fake_find_app (call->fake, id);
  FakeToken *token = secret ? fake_find_token (call->fake, secret) : NULL;
  if (!app || g_strcmp0 (app->client_secret, client_secret) != 0 || !token || token->app != app)
    {
      fake_call_fail_oauth (call, 403, "unauthorized_client",
                            "You are not authorized to revoke this token");
      return;
    }
  token->revoked = TRUE;
  fake_call_reply (call, 200, json_object_new ());
}

void
fake_oauth_metadata (FakeCall *call)
{
  static const char *const code[] = { "code", NULL };
  static const char *const modes[] = { "query", "fragment", "form_post", NULL };
  static const char *const s256[] = { "S256", NULL };
  static const char *const auth[] = { "client_secret_basic", "client_secret_post", NULL };
  const FakeConfig *config = &call->fake->config;
  const char *grants[]
      = { "authorization_code", "client_credentials",
          fake_config_has (config, FAKE_SWITCH_REFRESH_TOKENS) ? "refresh_token" : NULL, NULL };
  g_autofree char *base = fake_call_link_base (call);
  g_autofree char *issuer = g_strconcat (base, "/", NULL);
  g_autofree char *authorize = g_strconcat (base, "/oauth/authorize", NULL);
  g_autofree char *token = g_strconcat (base, "/oauth/token", NULL);
  g_autofree char *revoke = g_strconcat (base, "/oauth/revoke", NULL);
  g_autofree char *apps = g_strconcat (base, "/api/v1/apps", NULL);
  JsonObject *json = fake_object (
      "s:issuer", issuer, "s:authorization_endpoint", authorize, "s:token_endpoint", token,
      "s:app_registration_endpoint", apps, "s:revocation_endpoint", revoke, "a:scopes_supported",
      fake_array_from_strv (fake_scopes_known), "a:response_types_supported",
      fake_array_from_strv (code), "a:response_modes_supported", fake_array_from_strv (modes),
      "a:grant_types_supported", fake_array_from_strv (grants),
      "a:token_endpoint_auth_methods_supported", fake_array_from_strv (auth), NULL);
  if (!fake_config_has (config, FAKE_SWITCH_NO_PKCE))
    json_object_set_array_member (json, "code_challenge_methods_supported",
                                  fake_array_from_strv (s256));
  if (fake_config_has (config, FAKE_SWITCH_ISS) || fake_config_has (config, FAKE_SWITCH_ISS_WRONG)
      || fake_config_has (config, FAKE_SWITCH_ISS_MISSING))
    json_object_set_boolean_member (json, "authorization_response_iss_parameter_supported", TRUE);
  fake_call_reply (call, 200, json);
}
