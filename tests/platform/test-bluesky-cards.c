/* What is shown of a page that a post links to, and that fetching it reaches nothing private. */
#include "bmn-bluesky-draft-private.h"
#include "bmn-bluesky-record-private.h"
#include "fake-internet.h"
#include "memory-host.h"
#include "raw-server.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define PDS "https://bsky.social"
#define PAGE "https://page.test/bread"
#define PICTURE "https://pictures.test/rye.png"
#define UPLOAD PDS "/xrpc/com.atproto.repo.uploadBlob"
#define HTML "Content-Type: text/html; charset=utf-8\r\n"

typedef struct
{
  FakeInternet *net;
  Http *http;
  MemoryHost *host;
  BmnBlueskyClient *client;
} Cards;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
}

static void
keep_credentials (MemoryHost *host)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_host_save_credentials_async (
      BMN_PLATFORM_HOST (host),
      "{\"did\":\"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\",\"access\":\"a\",\"refresh\":\"b\"}", NULL,
      keep_result, &result);
  wait_for (&result);
  g_assert_true (
      bmn_platform_host_save_credentials_finish (BMN_PLATFORM_HOST (host), result, NULL));
}

static Cards *
cards_new (void)
{
  Cards *cards = g_new0 (Cards, 1);
  cards->net = fake_internet_new ();
  cards->http = http_new ();
  cards->host = memory_host_new ();
  keep_credentials (cards->host);
  cards->client
      = bmn_bluesky_client_new (cards->http->client, BMN_PLATFORM_HOST (cards->host), PDS, 1);
  fake_internet_trust (cards->net, cards->http->client);
  fake_internet_serve (cards->net, UPLOAD, "200 OK", "Content-Type: application/json\r\n",
                       "{\"blob\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"bafkrei\"},"
                       "\"mimeType\":\"image/png\",\"size\":100}}");
  return cards;
}

static void
cards_free (Cards *cards)
{
  g_object_unref (cards->client);
  g_object_unref (cards->host);
  http_free (cards->http);
  fake_internet_free (cards->net);
  g_free (cards);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cards, cards_free)

/* Returns: (transfer full): the only part of a post that links to @url */
static GPtrArray *
draft (Cards *cards, const char *url, gboolean with_cards)
{
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_autofree char *text = g_strconcat ("Read ", url, NULL);
  g_ptr_array_add (post->parts, bmn_part_new (text));
  g_autoptr (BmnPublishRequest) request
      = bmn_publish_request_new (post, post->parts, "3jzfcijpj2z2a");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_bluesky_draft_async (cards->client, cards->http->client, request, with_cards, NULL,
                           keep_result, &result);
  wait_for (&result);
  GPtrArray *parts = bmn_bluesky_draft_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (parts->len, ==, 1);
  return parts;
}

/* @title: (nullable): %NULL for no card at all */
static void
assert_card (Cards *cards, const char *url, const char *title, gboolean has_thumb)
{
  g_autoptr (GPtrArray) parts = draft (cards, url, TRUE);
  const BmnBlueskyPart *part = parts->pdata[0];
  g_assert_cmpint (part->card != NULL, ==, title != NULL);
  if (!title)
    return;
  g_assert_cmpstr (part->card->title, ==, title);
  g_assert_cmpstr (part->card->url, ==, url);
  g_assert_cmpint (part->card->thumb != NULL, ==, has_thumb);
}

static void
serve_page (Cards *cards, const char *url, const char *picture)
{
  g_autofree char *html
      = g_strdup_printf ("<title>Rye</title><meta property='og:image' content='%s'>", picture);
  fake_internet_serve (cards->net, url, "200 OK", HTML, html);
}

/* A picture with @padding bytes after its end, which its readers do not mind. */
static void
serve_picture (Cards *cards, const char *url, gsize padding)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 60, 40);
  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_autofree char *data = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "png", &error, NULL);
  g_assert_no_error (error);
  data = g_realloc (data, length + padding);
  memset (data + length, 0, padding);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length + padding);
  fake_internet_serve_bytes (cards->net, url, "200 OK", "Content-Type: image/png\r\n", bytes);
}

static void
test_page_and_picture (void)
{
  g_autoptr (Cards) cards = cards_new ();
  serve_page (cards, PAGE, PICTURE);
  serve_picture (cards, PICTURE, 0);
  assert_card (cards, PAGE, "Rye", TRUE);
  g_assert_cmpuint (fake_internet_n_requests (cards->net, UPLOAD), ==, 1);

  g_autoptr (GPtrArray) parts = draft (cards, PAGE, FALSE);
  g_assert_null (((BmnBlueskyPart *)parts->pdata[0])->card);
  g_assert_cmpuint (fake_internet_n_requests (cards->net, PAGE), ==, 1);
}

/* The card leads to what the user wrote, wherever that leads. */
static void
test_redirects (void)
{
  g_autoptr (Cards) cards = cards_new ();
  fake_internet_redirect (cards->net, PAGE, "https://other.test/there");
  serve_page (cards, "https://other.test/there", "/rye.png");
  fake_internet_redirect (cards->net, "https://other.test/rye.png", PICTURE);
  serve_picture (cards, PICTURE, 0);
  assert_card (cards, PAGE, "Rye", TRUE);

  fake_internet_redirect (cards->net, "https://other.test/there", PAGE);
  assert_card (cards, PAGE, NULL, FALSE);
  g_assert_cmpuint (fake_internet_n_requests (cards->net, PAGE), <=, 5);
}

static void
test_sizes (void)
{
  g_autofree char *blanks = g_strnfill (1024 * 1024, ' ');
  const struct
  {
    gsize page;
    gsize picture;
    const char *title;
    gboolean has_thumb;
  } cases[] = {
    { 500 * 1024, 1024, "Rye", TRUE },
    { 520 * 1024, 1024, NULL, FALSE },
    { 1024, 7 * 1024 * 1024, "Rye", TRUE },
    { 1024, 9 * 1024 * 1024 - 1, "Rye", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Cards) cards = cards_new ();
      g_autofree char *html = g_strdup_printf (
          "<title>Rye</title><meta property='og:image' content='" PICTURE "'>%.*s",
          (int)cases[i].page, blanks);
      fake_internet_serve (cards->net, PAGE, "200 OK", HTML, html);
      serve_picture (cards, PICTURE, cases[i].picture);
      assert_card (cards, PAGE, cases[i].title, cases[i].has_thumb);
    }
}

static void
test_no_page (void)
{
  const struct
  {
    const char *status;
    const char *headers;
    const char *body;
  } cases[] = {
    { "404 Not Found", HTML, "<title>x</title>" },
    { "500 Internal Server Error", HTML, "<title>x</title>" },
    { "200 OK", "Content-Type: text/plain\r\n", "<title>x</title>" },
    { "200 OK", NULL, "<title>x</title>" },
    { "200 OK", HTML, "" },
    { "200 OK", HTML, "<p>nothing" },
    { "200 OK", HTML, "\xff\xfe\x01" },
    { "200 OK", HTML "Content-Encoding: gzip\r\n", "no gzip" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Cards) cards = cards_new ();
      g_test_message ("%s %s", cases[i].status, cases[i].headers ? cases[i].headers : "");
      fake_internet_serve (cards->net, PAGE, cases[i].status, cases[i].headers, cases[i].body);
      assert_card (cards, PAGE, NULL, FALSE);
    }
}

static void
test_no_picture (void)
{
  g_autoptr (Cards) cards = cards_new ();
  serve_page (cards, PAGE, PICTURE);
  assert_card (cards, PAGE, "Rye", FALSE);
  fake_internet_serve (cards->net, PICTURE, "200 OK", "Content-Type: image/png\r\n", "no picture");
  assert_card (cards, PAGE, "Rye", FALSE);
  /* A server that does not take the picture costs the picture alone. */
  serve_picture (cards, PICTURE, 0);
  fake_internet_serve (cards->net, UPLOAD, "413 Payload Too Large",
                       "Content-Type: application/json\r\n", "{\"error\":\"BlobTooLarge\"}");
  assert_card (cards, PAGE, "Rye", FALSE);
}

/*
 * Private addresses.
 */

static void
serve_secret (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  raw_write (connection, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 22\r\n\r\n"
                         "<title>Secret</title>\n");
}

static const char *const private_addresses[]
    = { "127.0.0.1",       "127.8.0.1",      "0.0.0.0",       "10.1.2.3",
        "172.16.5.5",      "172.31.255.254", "192.168.178.1", "100.64.0.1",
        "169.254.169.254", "198.18.0.1",     "::1",           "::",
        "fc00::1",         "fd12:3456::1",   "fe80::1",       "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "::127.0.0.1" };

/* Whichever way a private place is named, nothing is sent there: no card, or no picture. (From
 * https to http no redirect is followed at all, so that the targets here are https.) */
static void
assert_unreached (Cards *cards, const char *target)
{
  g_test_message ("%s", target);
  assert_card (cards, target, NULL, FALSE);
  g_assert_cmpint (http_last (cards->http)->bytes_sent, ==, 0);

  fake_internet_redirect (cards->net, PAGE, target);
  assert_card (cards, PAGE, NULL, FALSE);
  g_assert_cmpint (http_last (cards->http)->bytes_sent, ==, 0);

  serve_page (cards, PAGE, target);
  assert_card (cards, PAGE, "Rye", FALSE);
  g_assert_cmpint (http_last (cards->http)->bytes_sent, ==, 0);

  serve_page (cards, PAGE, PICTURE);
  fake_internet_redirect (cards->net, PICTURE, target);
  assert_card (cards, PAGE, "Rye", FALSE);
  g_assert_cmpint (http_last (cards->http)->bytes_sent, ==, 0);
}

static void
test_private_names (void)
{
  g_autoptr (RawServer) server = raw_server_new (serve_secret, NULL);
  g_autofree char *target = g_strdup_printf ("https://inside.test:%u/", raw_server_port (server));
  for (gsize i = 0; i < G_N_ELEMENTS (private_addresses); i++)
    {
      g_autoptr (Cards) cards = cards_new ();
      g_test_message ("%s", private_addresses[i]);
      fake_internet_add_address (cards->net, "inside.test", private_addresses[i]);
      assert_unreached (cards, target);
    }
  g_assert_cmpuint (raw_server_n_connections (server), ==, 0);
}

static void
test_private_addresses (void)
{
  g_autoptr (RawServer) server = raw_server_new (serve_secret, NULL);
  g_autoptr (Cards) cards = cards_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (private_addresses); i++)
    {
      const gboolean is_6 = strchr (private_addresses[i], ':') != NULL;
      g_autofree char *target
          = g_strdup_printf ("https://%s%s%s:%u/", is_6 ? "[" : "", private_addresses[i],
                             is_6 ? "]" : "", raw_server_port (server));
      /* As a link in a text it may be none; as a redirect or a picture it is always one. */
      fake_internet_redirect (cards->net, PAGE, target);
      g_test_message ("%s", target);
      assert_card (cards, PAGE, NULL, FALSE);
      g_assert_cmpint (http_last (cards->http)->bytes_sent, ==, 0);
      serve_page (cards, PAGE, target);
      assert_card (cards, PAGE, "Rye", FALSE);
      g_assert_cmpint (http_last (cards->http)->bytes_sent, ==, 0);
    }
  g_assert_cmpuint (raw_server_n_connections (server), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/bluesky-cards/page-and-picture", test_page_and_picture);
  g_test_add_func ("/platform/bluesky-cards/redirects", test_redirects);
  g_test_add_func ("/platform/bluesky-cards/sizes", test_sizes);
  g_test_add_func ("/platform/bluesky-cards/no-page", test_no_page);
  g_test_add_func ("/platform/bluesky-cards/no-picture", test_no_picture);
  g_test_add_func ("/platform/bluesky-cards/private-names", test_private_names);
  g_test_add_func ("/platform/bluesky-cards/private-addresses", test_private_addresses);
  return g_test_run ();
}
