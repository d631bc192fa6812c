/* Handle → DID → PDS, against hosts that answer as the AT Protocol's specifications "Handle" and
 * "DID" say, and as nobody should. */
#include "bmn-bluesky-handle-private.h"
#include "bmn-bluesky-identity-private.h"
#include "fake-internet.h"
#include "raw-server.h"

#include <string.h>

#define SERVICE "https://bsky.social"
#define RESOLVE SERVICE "/xrpc/com.atproto.identity.resolveHandle?handle="
#define DIRECTORY "https://plc.directory/"
#define PLC "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
#define OTHER "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb"
#define WELL_KNOWN "https://shop.test/.well-known/atproto-did"

typedef struct
{
  FakeInternet *net;
  Http *http;
  BmnXrpcSender *sender;
} Names;

static Names *
names_new (void)
{
  Names *names = g_new0 (Names, 1);
  names->net = fake_internet_new ();
  names->http = http_new ();
  names->sender = bmn_xrpc_sender_new (names->http->client, 0);
  fake_internet_trust (names->net, names->http->client);
  /* A server that knows no names at all, unless a test says otherwise. */
  fake_internet_serve (names->net, RESOLVE "shop.test", "400 Bad Request",
                       "Content-Type: application/json\r\n",
                       "{\"error\":\"InvalidRequest\",\"message\":\"Unable to resolve handle\"}");
  return names;
}

static void
names_free (Names *names)
{
  g_object_unref (names->sender);
  http_free (names->http);
  fake_internet_free (names->net);
  g_free (names);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Names, names_free)

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static BmnBlueskyIdentity *
find (Names *names, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_bluesky_identity_find_async (names->sender, names->http->client, name, SERVICE, NULL,
                                   keep_result, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return bmn_bluesky_identity_find_finish (result, error);
}

static void
assert_found (Names *names, const char *name, const char *did, const char *handle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnBlueskyIdentity) identity = find (names, name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (identity->did, ==, did);
  g_assert_cmpstr (identity->handle, ==, handle);
  g_assert_cmpstr (identity->pds, ==, "https://pds.test");
}

/* Every refusal says the name or the reason to the user, whatever the servers sent. */
static void
assert_refused (Names *names, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnBlueskyIdentity) identity = find (names, name, &error);
  g_assert_null (identity);
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static char *
document (const char *did, const char *names, const char *pds)
{
  return g_strdup_printf (
      "{\"@context\":[\"https://www.w3.org/ns/did/v1\"],\"id\":\"%s\","
      "\"alsoKnownAs\":[%s],\"verificationMethod\":[],\"service\":["
      "{\"id\":\"#other\",\"type\":\"Other\",\"serviceEndpoint\":\"https://x\"},"
      "{\"id\":\"#atproto_pds\",\"type\":\"AtprotoPersonalDataServer\","
      "\"serviceEndpoint\":\"%s\"}]}",
      did, names, pds);
}

static void
serve_document (Names *names, const char *url, const char *did, const char *also_known_as)
{
  g_autofree char *text = document (did, also_known_as, "https://pds.test");
  fake_internet_serve (names->net, url, "200 OK", "Content-Type: application/json\r\n", text);
}

static void
serve_shop (Names *names)
{
  serve_document (names, DIRECTORY PLC, PLC, "\"at://shop.test\"");
}

/*
 * Ways from a handle.
 */

static void
test_service (void)
{
  g_autoptr (Names) names = names_new ();
  serve_shop (names);
  fake_internet_serve (names->net, RESOLVE "shop.test", "200 OK", NULL, "{\"did\":\"" PLC "\"}");
  assert_found (names, "@Shop.TEST", PLC, "shop.test");
  g_assert_cmpuint (fake_internet_n_requests (names->net, WELL_KNOWN), ==, 0);
}

static void
test_dns (void)
{
  const struct
  {
    const char *const texts[4];
    gboolean found;
  } cases[] = {
    { { "did=" PLC }, TRUE },
    { { "v=spf1 -all", "did=" PLC, "other=did:plc:x" }, TRUE },
    { { "did=did:plc:|aaaaaaaaaaaa|aaaaaaaaaaaa" }, TRUE },
    { { "did=" PLC, "did=" PLC }, TRUE },
    { { "did=nonsense", "did=" PLC }, TRUE },
    { { "did=" PLC, "did=" OTHER }, FALSE },
    { { PLC }, FALSE },
    { { "did= " PLC }, FALSE },
    { { "did=did:plc:short" }, FALSE },
    { { "did=did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N" }, FALSE },
    { { "DID=" PLC }, FALSE },
    { { NULL }, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Names) names = names_new ();
      g_test_message ("%s", cases[i].texts[0] ? cases[i].texts[0] : "none");
      serve_shop (names);
      for (gsize n = 0; cases[i].texts[n]; n++)
        fake_internet_add_txt (names->net, "_atproto.shop.test", cases[i].texts[n]);
      if (cases[i].found)
        assert_found (names, "shop.test", PLC, "shop.test");
      else
        assert_refused (names, "shop.test");
    }
}

/* Where both say something, the record counts, also one that contradicts itself. */
static void
test_dns_before_web (void)
{
  g_autoptr (Names) names = names_new ();
  serve_shop (names);
  fake_internet_serve (names->net, WELL_KNOWN, "200 OK", NULL, OTHER);
  fake_internet_add_txt (names->net, "_atproto.shop.test", "did=" PLC);
  assert_found (names, "shop.test", PLC, "shop.test");
  fake_internet_add_txt (names->net, "_atproto.shop.test", "did=" OTHER);
  assert_refused (names, "shop.test");
  g_assert_cmpuint (fake_internet_n_requests (names->net, WELL_KNOWN), ==, 0);
}

static void
test_web (void)
{
  g_autofree char *huge = g_strnfill (100000, 'a');
  const struct
  {
    const char *status;
    const char *body;
    gboolean found;
  } cases[] = {
    { "200 OK", PLC, TRUE },
    { "200 OK", " \r\n" PLC "\n", TRUE },
    { "203 Non-Authoritative Information", PLC, TRUE },
    { "404 Not Found", PLC, FALSE },
    { "500 Internal Server Error", PLC, FALSE },
    { "200 OK", "", FALSE },
    { "200 OK", "<html>" PLC "</html>", FALSE },
    { "200 OK", PLC "\n" PLC, FALSE },
    { "200 OK", "did=" PLC, FALSE },
    { "200 OK", "did:plc:../../../etc/passwd", FALSE },
    { "200 OK", "did:plc:AAAAAAAAAAAAAAAAAAAAAAAA", FALSE },
    { "200 OK", "\xff\xfe\x01", FALSE },
    { "200 OK", huge, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Names) names = names_new ();
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      serve_shop (names);
      fake_internet_serve (names->net, WELL_KNOWN, cases[i].status, "Content-Type: text/html\r\n",
                           cases[i].body);
      if (cases[i].found)
        assert_found (names, "shop.test", PLC, "shop.test");
      else
        assert_refused (names, "shop.test");
      g_assert_cmpuint (fake_internet_n_requests (names->net, WELL_KNOWN), ==, 1);
    }
}

static void
test_web_redirects (void)
{
  g_autoptr (Names) names = names_new ();
  serve_shop (names);
  fake_internet_redirect (names->net, WELL_KNOWN, "https://other.test/who");
  fake_internet_redirect (names->net, "https://other.test/who", "/there");
  fake_internet_serve (names->net, "https://other.test/there", "200 OK", NULL, PLC);
  assert_found (names, "shop.test", PLC, "shop.test");

  fake_internet_redirect (names->net, "https://other.test/there", WELL_KNOWN);
  assert_refused (names, "shop.test");
  g_assert_cmpuint (fake_internet_n_requests (names->net, WELL_KNOWN), <=, 4);
}

static void
serve_secret (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  raw_write (connection, "HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n" PLC);
}

/* Neither a handle nor where its host sends us leads into the user's own network. */
static void
test_private_hosts (void)
{
  const char *const addresses[]
      = { "127.0.0.1",       "10.0.0.1",   "172.16.0.1",  "192.168.1.1",
          "169.254.169.254", "100.64.0.1", "::1",         "::ffff:127.0.0.1",
          "fc00::1",         "fe80::1",    "::127.0.0.1", "0.0.0.0" };
  g_autoptr (RawServer) server = raw_server_new (serve_secret, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (Names) names = names_new ();
      g_test_message ("%s", addresses[i]);
      serve_shop (names);
      fake_internet_add_address (names->net, "shop.test", addresses[i]);
      assert_refused (names, "shop.test");
      g_assert_cmpint (http_last (names->http)->bytes_sent, ==, 0);

      g_autofree char *target
          = g_strdup_printf ("https://inside.test:%u/", raw_server_port (server));
      fake_internet_add_address (names->net, "inside.test", addresses[i]);
      fake_internet_redirect (names->net, WELL_KNOWN, target);
      assert_refused (names, "shop.test");
      g_assert_cmpuint (fake_internet_n_requests (names->net, WELL_KNOWN), ==, 1);
      g_assert_cmpint (http_last (names->http)->bytes_sent, ==, 0);
    }
  g_assert_cmpuint (raw_server_n_connections (server), ==, 0);
}

static void
test_reserved (void)
{
  const char *const reserved[]
      = { "laptop.local", "blah.arpa",      "x.localhost",    "shop.example",
          "x.internal",   "handle.invalid", "abcdefgh.onion", "x.alt" };
  g_autoptr (Names) names = names_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    assert_refused (names, reserved[i]);
  g_assert_cmpuint (names->http->ledger->len, ==, 0);
}

/* A server that cannot be reached is no proof that there is no such account. */
static void
test_service_is_away (void)
{
  g_autoptr (FakeInternet) net = fake_internet_new ();
  g_autoptr (Http) http = http_new ();
  g_autoptr (BmnXrpcSender) sender = bmn_xrpc_sender_new (http->client, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_bluesky_identity_find_async (sender, http->client, "shop.test", SERVICE, NULL, keep_result,
                                   &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (bmn_bluesky_identity_find_finish (result, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE);
}

/*
 * Documents.
 */

/* The handle and the document have to name each other, by the first handle in the document. */
static void
test_both_directions (void)
{
  const struct
  {
    const char *also_known_as;
    gboolean by_handle;
    const char *by_did; /* (nullable) the handle that is left */
  } cases[] = {
    { "\"at://shop.test\"", TRUE, "shop.test" },
    { "\"at://SHOP.test\"", TRUE, "shop.test" },
    { "\"https://shop.test\",5,\"at://shop.test\"", TRUE, "shop.test" },
    { "\"at://not a handle\",\"at://shop.test\"", TRUE, "shop.test" },
    { "\"at://other.test\",\"at://shop.test\"", FALSE, NULL },
    { "\"at://other.test\"", FALSE, NULL },
    { "\"at://shop.test/path\"", FALSE, NULL },
    { "\"shop.test\"", FALSE, NULL },
    { "", FALSE, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Names) names = names_new ();
      g_test_message ("%s", cases[i].also_known_as);
      serve_document (names, DIRECTORY PLC, PLC, cases[i].also_known_as);
      fake_internet_serve (names->net, WELL_KNOWN, "200 OK", NULL, PLC);
      fake_internet_serve (names->net, RESOLVE "other.test", "200 OK", NULL,
                           "{\"did\":\"" OTHER "\"}");
      if (cases[i].by_handle)
        assert_found (names, "shop.test", PLC, "shop.test");
      else
        assert_refused (names, "shop.test");
      assert_found (names, PLC, PLC, cases[i].by_did);
    }
}

static void
test_did_web (void)
{
  g_autoptr (Names) names = names_new ();
  serve_document (names, "https://web.test/.well-known/did.json", "did:web:web.test",
                  "\"at://shop.test\"");
  fake_internet_serve (names->net, WELL_KNOWN, "200 OK", NULL, "did:web:web.test");
  assert_found (names, "shop.test", "did:web:web.test", "shop.test");
  assert_found (names, "did:web:web.test", "did:web:web.test", "shop.test");
}

static void
test_wrong_dids (void)
{
  const char *const dids[] = { "did:web:",
                               "did:web:localhost",
                               "did:web:localhost%3A2583",
                               "did:web:web.test%3A8443",
                               "did:web:web.test:8443",
                               "did:web:web.test:user",
                               "did:web:web.test%2Fuser",
                               "did:web:127.0.0.1",
                               "did:web:Web.test",
                               "did:web:@web.test",
                               "did:web:printer.local",
                               "did:plc:",
                               "did:plc:aaaaaaaaaaaaaaaaaaaaaaa",
                               "did:plc:aaaaaaaaaaaaaaaaaaaaaaaaa",
                               "did:plc:aaaaaaaaaaaaaaaaaaaaaaa1",
                               "did:plc:aaaaaaaaaaaaaaaaaaaaaaa/",
                               "did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N",
                               "DID:plc:aaaaaaaaaaaaaaaaaaaaaaaa" };
  g_autoptr (Names) names = names_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (dids); i++)
    {
      g_test_message ("%s", dids[i]);
      g_assert_false (bmn_bluesky_did_is_valid (dids[i]));
      assert_refused (names, dids[i]);
    }
  g_assert_cmpuint (names->http->ledger->len, ==, 0);
}

/* Returns: (transfer full): JSON that nests deeper than any parser should follow */
static char *
nest (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  return g_strconcat ("{\"id\":", open, NULL);
}

static void
test_hostile_documents (void)
{
  g_autofree char *nested = nest ();
  g_autofree char *huge = g_strnfill (1024 * 1024, ' ');
  g_autofree char *other = document (OTHER, "\"at://shop.test\"", "https://pds.test");
  const struct
  {
    const char *status;
    const char *body;
  } cases[] = {
    { "404 Not Found", "{\"message\":\"DID not registered\"}" },
    { "410 Gone", "{\"message\":\"DID not available\"}" },
    { "302 Found", "" },
    { "200 OK", "" },
    { "200 OK", "null" },
    { "200 OK", "[]" },
    { "200 OK", "<html>" },
    { "200 OK", "{\"id\":\"" PLC "\"}" },
    { "200 OK", "{\"id\":[],\"alsoKnownAs\":{},\"service\":7}" },
    { "200 OK", "{\"id\":\"" PLC "\",\"alsoKnownAs\":[\"at://shop.test\"],\"service\":[[],null]}" },
    { "200 OK", "\xff\xfe" },
    { "200 OK", nested },
    { "200 OK", huge },
    { "200 OK", other },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Names) names = names_new ();
      g_autoptr (GError) error = NULL;
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      fake_internet_add_txt (names->net, "_atproto.shop.test", "did=" PLC);
      fake_internet_serve (names->net, DIRECTORY PLC, cases[i].status,
                           "Location: https://web.test/\r\n", cases[i].body);
      serve_document (names, "https://web.test/", PLC, "\"at://shop.test\"");
      g_assert_null (find (names, "shop.test", &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == BMN_PLATFORM_ERROR);
      g_assert_cmpuint (fake_internet_n_requests (names->net, "https://web.test/"), ==, 0);
    }
}

/* Passwords are sent to this address: it is the server's root, and encrypted. */
static void
test_hostile_servers (void)
{
  const char *const servers[] = { "http://pds.test",
                                  "https://user:word@pds.test",
                                  "https://pds.test/path",
                                  "https://pds.test?query",
                                  "https://pds.test#part",
                                  "ftp://pds.test",
                                  "javascript:alert(1)",
                                  "file:///etc/passwd",
                                  "https://",
                                  "" };
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr (Names) names = names_new ();
      g_autofree char *text = document (PLC, "\"at://shop.test\"", servers[i]);
      g_test_message ("%s", servers[i]);
      fake_internet_add_txt (names->net, "_atproto.shop.test", "did=" PLC);
      fake_internet_serve (names->net, DIRECTORY PLC, "200 OK", NULL, text);
      assert_refused (names, "shop.test");
    }
}

static void
serve_directory (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  g_autofree char *text = document (PLC, "\"at://shop.test\"", "https://pds.test");
  g_autofree char *reply
      = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                         g_str_has_prefix (request, "GET /" PLC " ") ? "200 OK" : "404 Not Found",
                         strlen (text), text);
  raw_write (connection, reply);
}

static void
test_another_directory (void)
{
  g_autoptr (Names) names = names_new ();
  g_autoptr (RawServer) directory = raw_server_new (serve_directory, NULL);
  g_autofree char *url = raw_server_url (directory, "");
  fake_internet_add_txt (names->net, "_atproto.shop.test", "did=" PLC);
  g_setenv ("BELLMAN_PLC_DIRECTORY", url, TRUE);
  assert_found (names, "shop.test", PLC, "shop.test");
  g_unsetenv ("BELLMAN_PLC_DIRECTORY");
  g_assert_cmpuint (raw_server_n_requests (directory), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("BELLMAN_PLC_DIRECTORY");
  g_test_add_func ("/platform/bluesky-names/service", test_service);
  g_test_add_func ("/platform/bluesky-names/dns", test_dns);
  g_test_add_func ("/platform/bluesky-names/dns-before-web", test_dns_before_web);
  g_test_add_func ("/platform/bluesky-names/web", test_web);
  g_test_add_func ("/platform/bluesky-names/web-redirects", test_web_redirects);
  g_test_add_func ("/platform/bluesky-names/private-hosts", test_private_hosts);
  g_test_add_func ("/platform/bluesky-names/reserved", test_reserved);
  g_test_add_func ("/platform/bluesky-names/service-is-away", test_service_is_away);
  g_test_add_func ("/platform/bluesky-names/both-directions", test_both_directions);
  g_test_add_func ("/platform/bluesky-names/did-web", test_did_web);
  g_test_add_func ("/platform/bluesky-names/wrong-dids", test_wrong_dids);
  g_test_add_func ("/platform/bluesky-names/hostile-documents", test_hostile_documents);
  g_test_add_func ("/platform/bluesky-names/hostile-servers", test_hostile_servers);
  g_test_add_func ("/platform/bluesky-names/another-directory", test_another_directory);
  return g_test_run ();
}
