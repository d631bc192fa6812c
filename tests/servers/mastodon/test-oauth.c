#include "test-support.h"

#include <string.h>

#define CALLBACK "http://127.0.0.1:4711/back"
#define OUT_OF_BAND "urn:ietf:wg:oauth:2.0:oob"
/* The pair of RFC 7636, appendix B. */
#define VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

typedef struct
{
  char *id;
  char *secret;
} App;

static void
app_clear (App *app)
{
  g_free (app->id);
  g_free (app->secret);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (App, app_clear)

static App
register_app (Fixture *fixture, const char *scopes)
{
  g_autofree char *body = g_strdup_printf (
      "{\"client_name\":\"Test\",\"redirect_uris\":[\"" CALLBACK "\",\"" OUT_OF_BAND "\"],"
      "\"scopes\":\"%s\"}",
      scopes);
  g_autoptr (Reply) reply = request (fixture, "POST", "/api/v1/apps", body);
  g_assert_cmpuint (reply->status, ==, 200);
  return (App){ g_strdup (member_string (reply->json, "client_id")),
                g_strdup (member_string (reply->json, "client_secret")) };
}

/* The redirect's query, or NULL where there was none. */
static GHashTable *
authorize (Fixture *fixture, const App *app, const char *scope, const char *more)
{
  g_autofree char *path
      = g_strdup_printf ("/oauth/authorize?response_type=code&client_id=%s&redirect_uri=" CALLBACK
                         "&scope=%s&state=s1%s",
                         app->id, scope, more);
  g_autoptr (Reply) reply = request (fixture, "GET", path, NULL);
  const char *location = reply_header (reply, "Location");
  if (!location)
    return NULL;
  g_assert_true (g_str_has_prefix (location, CALLBACK "?"));
  return soup_form_decode (strchr (location, '?') + 1);
}

static Reply *
exchange (Fixture *fixture, const App *app, const char *code, const char *more)
{
  g_autofree char *form = g_strdup_printf (
      "grant_type=authorization_code&client_id=%s&client_secret=%s&redirect_uri=" CALLBACK
      "&code=%s%s",
      app->id, app->secret, code, more);
  return request (fixture, "POST", "/oauth/token", form);
}

static void
test_register (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *body;
    guint status;
  } cases[] = {
    { "client_name=x&redirect_uris=" OUT_OF_BAND, 200 },
    { "client_name=x&redirect_uris=http://127.0.0.1:1/a%0Ahttp://127.0.0.1:1/b", 200 },
    { "client_name=x&redirect_uris=/relative", 422 },
    { "client_name=x", 422 },
    { "redirect_uris=" OUT_OF_BAND, 422 },
    { "client_name=x&redirect_uris=" OUT_OF_BAND "&scopes=read+nonsense", 422 },
    { "{\"client_name\":\"x\",\"redirect_uris\":[]}", 422 },
    { "{\"client_name\":", 400 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_free (expect (fixture, "POST", "/api/v1/apps", cases[i].body, cases[i].status));
}

static void
test_code_flow (Fixture *fixture, gconstpointer data)
{
  g_auto (App) app = register_app (fixture, "read write");
  g_autoptr (GHashTable) query
      = authorize (fixture, &app, "read",
                   "&auto_approve=1&code_challenge=" CHALLENGE "&code_challenge_method=S256");
  g_assert_cmpstr (g_hash_table_lookup (query, "state"), ==, "s1");
  const char *code = g_hash_table_lookup (query, "code");
  const char *bad[] = { "", "&code_verifier=" CHALLENGE, "&code_verifier=short" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (Reply) refused = exchange (fixture, &app, code, bad[i]);
      g_assert_cmpuint (refused->status, ==, 400);
      g_assert_cmpstr (member_string (refused->json, "error"), ==, "invalid_grant");
    }
  g_autoptr (Reply) reply = exchange (fixture, &app, code, "&code_verifier=" VERIFIER);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (member_string (reply->json, "token_type"), ==, "Bearer");
  g_assert_cmpstr (member_string (reply->json, "scope"), ==, "read");
  g_assert_null (member (reply->json, "refresh_token"));
  g_autoptr (Reply) again = exchange (fixture, &app, code, "&code_verifier=" VERIFIER);
  g_assert_cmpuint (again->status, ==, 400);

  g_free (fixture->token);
  fixture->token = g_strdup (member_string (reply->json, "access_token"));
  g_free (expect (fixture, "GET", "/api/v1/accounts/verify_credentials", NULL, 200));
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=x", 403));

  g_autofree char *revoke = g_strdup_printf ("client_id=%s&client_secret=%s&token=%s", app.id,
                                             app.secret, fixture->token);
  g_free (expect (fixture, "POST", "/oauth/revoke", "client_id=x&client_secret=y", 403));
  g_free (expect (fixture, "POST", "/oauth/revoke", revoke, 200));
  g_free (expect (fixture, "POST", "/oauth/revoke", revoke, 200));
  g_free (expect (fixture, "GET", "/api/v1/accounts/verify_credentials", NULL, 401));
}

static void
test_code_expires (Fixture *fixture, gconstpointer data)
{
  g_auto (App) app = register_app (fixture, "read");
  g_autoptr (GHashTable) query = authorize (fixture, &app, "read", "&auto_approve=1");
  bmn_fake_mastodon_advance (fixture->fake, 601);
  g_autoptr (Reply) reply = exchange (fixture, &app, g_hash_table_lookup (query, "code"), "");
  g_assert_cmpuint (reply->status, ==, 400);
}

static void
test_authorize_refusals (Fixture *fixture, gconstpointer data)
{
  g_auto (App) app = register_app (fixture, "read");
  const struct
  {
    const char *scope;
    const char *more;
    const char *error;
  } cases[] = {
    { "read+write", "&auto_approve=1", "invalid_scope" },
    { "read", "&code_challenge=x&code_challenge_method=plain", "invalid_code_challenge_method" },
    { "read", "&response_type=token", "unsupported_response_type" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) query = authorize (fixture, &app, cases[i].scope, cases[i].more);
      g_assert_cmpstr (g_hash_table_lookup (query, "error"), ==, cases[i].error);
      g_assert_cmpstr (g_hash_table_lookup (query, "state"), ==, "s1");
      g_assert_null (g_hash_table_lookup (query, "code"));
    }
  /* Neither an unknown client nor an address of its own is redirected to. */
  g_autofree char *elsewhere = g_strdup_printf (
      "/oauth/authorize?response_type=code&client_id=%s&redirect_uri=http://127.0.0.1:4712/back",
      app.id);
  g_free (expect (fixture, "GET", elsewhere, NULL, 400));
  g_free (expect (fixture, "GET", "/oauth/authorize?response_type=code&client_id=x", NULL, 401));
}

static void
test_form (Fixture *fixture, gconstpointer data)
{
  g_auto (App) app = register_app (fixture, "read");
  g_assert_null (authorize (fixture, &app, "read", ""));
  g_autofree char *form = g_strdup_printf (
      "response_type=code&client_id=%s&redirect_uri=" CALLBACK "&scope=read&decision=deny", app.id);
  g_autoptr (Reply) reply = request (fixture, "POST", "/oauth/authorize", form);
  g_assert_cmpstr (reply_header (reply, "Location"), ==, CALLBACK "?error=access_denied");
}

static void
test_out_of_band (Fixture *fixture, gconstpointer data)
{
  g_auto (App) app = register_app (fixture, "read");
  g_autofree char *path = g_strdup_printf (
      "/oauth/authorize?response_type=code&client_id=%s&redirect_uri=" OUT_OF_BAND
      "&auto_approve=1",
      app.id);
  g_autoptr (Reply) reply = request (fixture, "GET", path, NULL);
  const char *location = reply_header (reply, "Location");
  g_assert_nonnull (strstr (location, "/oauth/authorize/native?code="));
  g_autoptr (Reply) page = request (fixture, "GET", location, NULL);
  g_assert_nonnull (strstr (g_bytes_get_data (page->body, NULL), strchr (location, '=') + 1));
}

static void
test_client_credentials (Fixture *fixture, gconstpointer data)
{
  g_auto (App) app = register_app (fixture, "read");
  g_autofree char *good = g_strdup_printf (
      "grant_type=client_credentials&client_id=%s&client_secret=%s", app.id, app.secret);
  g_autofree char *wide = g_strconcat (good, "&scope=write", NULL);
  g_autofree char *wrong
      = g_strdup_printf ("grant_type=client_credentials&client_id=%s&client_secret=x", app.id);
  g_free (expect (fixture, "POST", "/oauth/token", wide, 400));
  g_free (expect (fixture, "POST", "/oauth/token", wrong, 401));
  g_autoptr (Reply) reply = request (fixture, "POST", "/oauth/token", good);
  g_free (fixture->token);
  fixture->token = g_strdup (member_string (reply->json, "access_token"));
  g_free (expect (fixture, "GET", "/api/v1/apps/verify_credentials", NULL, 200));
  g_free (expect (fixture, "GET", "/api/v1/accounts/verify_credentials", NULL, 422));
}

static void
test_issuer_and_refresh (Fixture *fixture, gconstpointer data)
{
  bmn_fake_mastodon_set_switch (fixture->fake, "iss", TRUE, NULL);
  bmn_fake_mastodon_set_switch (fixture->fake, "refresh-tokens", TRUE, NULL);
  g_auto (App) app = register_app (fixture, "read");
  g_autoptr (Reply) metadata
      = request (fixture, "GET", "/.well-known/oauth-authorization-server", NULL);
  g_autoptr (GHashTable) query = authorize (fixture, &app, "read", "&auto_approve=1");
  g_assert_cmpstr (g_hash_table_lookup (query, "iss"), ==,
                   member_string (metadata->json, "issuer"));
  g_autoptr (Reply) reply = exchange (fixture, &app, g_hash_table_lookup (query, "code"), "");
  g_assert_cmpint (member_int (reply->json, "expires_in"), ==, 7200);
  g_free (fixture->token);
  fixture->token = g_strdup (member_string (reply->json, "access_token"));
  bmn_fake_mastodon_advance (fixture->fake, 7201);
  g_free (expect (fixture, "GET", "/api/v1/accounts/verify_credentials", NULL, 401));

  g_autofree char *form
      = g_strdup_printf ("grant_type=refresh_token&client_id=%s&client_secret=%s&refresh_token=%s",
                         app.id, app.secret, member_string (reply->json, "refresh_token"));
  g_autoptr (Reply) renewed = request (fixture, "POST", "/oauth/token", form);
  g_assert_cmpuint (renewed->status, ==, 200);
  g_free (expect (fixture, "POST", "/oauth/token", form, 400));
  g_free (fixture->token);
  fixture->token = g_strdup (member_string (renewed->json, "access_token"));
  g_free (expect (fixture, "GET", "/api/v1/accounts/verify_credentials", NULL, 200));
}

/* What a client must notice, and what it must live with. */
static void
test_switches (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *name;
    const char *key; /* of the redirect's query */
    const char *value;
  } cases[] = {
    { "auto-deny", "error", "access_denied" },
    { "state-wrong", "state", "forged" },
    { "iss-wrong", "iss", "https://another.example/" },
  };
  bmn_fake_mastodon_set_switch (fixture->fake, "auto-approve", TRUE, NULL);
  g_auto (App) app = register_app (fixture, "read");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      bmn_fake_mastodon_set_switch (fixture->fake, cases[i].name, TRUE, NULL);
      g_autoptr (GHashTable) query = authorize (fixture, &app, "read", "");
      g_assert_cmpstr (g_hash_table_lookup (query, cases[i].key), ==, cases[i].value);
      bmn_fake_mastodon_set_switch (fixture->fake, cases[i].name, FALSE, NULL);
    }
  bmn_fake_mastodon_set_switch (fixture->fake, "no-pkce", TRUE, NULL);
  g_autoptr (GHashTable) query = authorize (
      fixture, &app, "read", "&code_challenge=" CHALLENGE "&code_challenge_method=S256");
  g_autoptr (Reply) reply = exchange (fixture, &app, g_hash_table_lookup (query, "code"), "");
  g_assert_cmpuint (reply->status, ==, 200);
}

static void
test_scopes (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *scopes;
    const char *method;
    const char *path;
    guint status;
  } cases[] = {
    { "profile", "GET", "/api/v1/accounts/verify_credentials", 200 },
    { "read:accounts", "GET", "/api/v1/accounts/verify_credentials", 200 },
    { "read:statuses", "GET", "/api/v1/accounts/verify_credentials", 403 },
    { "write", "GET", "/api/v1/notifications", 403 },
    { "read:notifications", "GET", "/api/v1/notifications", 200 },
    { "write:media", "POST", "/api/v1/statuses", 403 },
    { "write:statuses", "POST", "/api/v1/statuses", 422 },
    { "write:statuses", "POST", "/api/v2/media", 403 },
    { "follow", "GET", "/api/v1/followed_tags", 200 },
    { "read:statuses", "GET", "/api/v1/scheduled_statuses", 200 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_free (fixture->token);
      fixture->token = bmn_fake_mastodon_create_token (fixture->fake, cases[i].scopes, NULL);
      g_free (expect (fixture, cases[i].method, cases[i].path, NULL, cases[i].status));
    }
  g_free (fixture->token);
  fixture->token = g_strdup ("nonsense");
  g_autoptr (Reply) reply = request (fixture, "GET", "/api/v1/notifications", NULL);
  g_assert_cmpuint (reply->status, ==, 401);
  g_assert_cmpstr (member_string (reply->json, "error"), ==, "The access token is invalid");
}

void
add_oauth_tests (void)
{
  add ("oauth/register", test_register);
  add ("oauth/code-flow", test_code_flow);
  add ("oauth/code-expires", test_code_expires);
  add ("oauth/authorize-refusals", test_authorize_refusals);
  add ("oauth/form", test_form);
  add ("oauth/out-of-band", test_out_of_band);
  add ("oauth/client-credentials", test_client_credentials);
  add ("oauth/issuer-and-refresh", test_issuer_and_refresh);
  add ("oauth/switches", test_switches);
  add ("oauth/scopes", test_scopes);
}
