#include "bmn-platform-error.h"
#include "http-fixture.h"
#include "raw-server.h"
#include "rebinding-resolver.h"

#include <string.h>

/* Each connection gets one answer: the text that the server was made with. */
static void
serve_text (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  raw_write (connection, raw_server_data (server));
}

#define TEXT_SERVER(text) raw_server_new (serve_text, (gpointer)(text))

static BmnHttpRequest *
get_request (RawServer *server, const char *path)
{
  g_autofree char *url = raw_server_url (server, path);
  return bmn_http_request_new ("GET", url, "check");
}

static BmnHttpRequest *
create_request (RawServer *server)
{
  g_autofree char *url = raw_server_url (server, "/create");
  return http_create_request (url);
}

static void
serve_echo (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  g_autofree char *answer
      = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
                         "X-Two: a\r\nx-two: b\r\nContent-Length: %zu\r\n\r\n%s",
                         strlen (request), request);
  raw_write (connection, answer);
}

static void
test_answer (void)
{
  g_autoptr (RawServer) server = raw_server_new (serve_echo, NULL);
  g_autoptr (Http) http = http_new ();
  g_autoptr (GError) error = NULL;
  BmnHttpRequest *request = create_request (server);
  bmn_http_request_set_header (request, "Authorization", "Bearer xyzzy");
  g_autoptr (BmnHttpResponse) response = http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (response->status, ==, 200);
  g_assert_cmpstr (response->content_type, ==, "text/plain");
  g_assert_cmpstr (bmn_http_response_get_header (response, "x-two"), ==, "a, b");
  g_autofree char *sent
      = g_strndup (g_bytes_get_data (response->body, NULL), g_bytes_get_size (response->body));
  g_assert_true (g_str_has_prefix (sent, "POST /create HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (sent, "User-Agent: Bellman/"));
  g_assert_nonnull (strstr (sent, "Authorization: Bearer xyzzy\r\n"));
  g_assert_nonnull (strstr (sent, "\r\n\r\n{\"a\":1}"));
  g_assert_null (strstr (sent, "Cookie"));

  const BmnLedgerEntry *line = http_last (http);
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%u", raw_server_port (server));
  g_assert_cmpstr (line->host, ==, host);
  g_assert_cmpstr (line->purpose, ==, "publish");
  g_assert_cmpint (line->account_id, ==, 7);
  g_assert_cmpint (line->status, ==, 200);
  g_assert_cmpint (line->bytes_sent, ==, (gint64)strlen (sent));
  g_assert_cmpint (line->bytes_received, >, (gint64)strlen (sent));
  g_assert_cmpuint (http->ledger->len, ==, 1);
}

/* Whoever cuts the line, and when: what creates is unknown, what reads is a bad answer. */
static void
test_cut (void)
{
  const char *answers[] = {
    "",
    "HTTP/1.1 200 OK\r\nContent-Le",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort",
    "this is not HTTP\r\n\r\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_test_message ("answer %zu", i);
      g_autoptr (RawServer) server = TEXT_SERVER (answers[i]);
      g_autoptr (Http) http = http_new ();
      http_assert_fails (http, create_request (server), BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
      http_assert_fails (http, get_request (server, "/"), BMN_PLATFORM_ERROR_BAD_REPLY);
      g_assert_cmpuint (http->ledger->len, ==, 2);
      g_assert_cmpint (http_last (http)->bytes_sent, >, 0);
    }
}

static void
serve_reset (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  raw_reset (connection);
}

static void
test_reset (void)
{
  g_autoptr (RawServer) server = raw_server_new (serve_reset, NULL);
  g_autoptr (Http) http = http_new ();
  http_assert_fails (http, create_request (server), BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
  http_assert_fails (http, get_request (server, "/"), BMN_PLATFORM_ERROR_BAD_REPLY);
  const char *methods[] = { "POST", "DELETE", "PUT", "PATCH" };
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *url = raw_server_url (server, "/");
      guint before = raw_server_n_requests (server);
      http_assert_fails (http, bmn_http_request_new (methods[i], url, "publish"),
                         BMN_PLATFORM_ERROR_BAD_REPLY);
      g_assert_cmpuint (raw_server_n_requests (server), ==, before + 1);
    }
}

/* The first answer keeps the connection, the next request on it finds it dead. */
static void
serve_then_die (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *first = raw_read_request (server, connection);
  raw_write (connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  g_autofree char *second = raw_read_request (server, connection);
}

static void
test_never_sent_twice (void)
{
  const char *methods[] = { "POST", "DELETE", "PUT", "PATCH" };
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (serve_then_die, NULL);
      g_autoptr (Http) http = http_new ();
      g_autoptr (GError) error = NULL;
      for (guint j = 1; j <= 3; j++)
        {
          g_autofree char *url = raw_server_url (server, "/");
          BmnHttpRequest *request = bmn_http_request_new (methods[i], url, "publish");
          g_autoptr (BmnHttpResponse) response = http_send (http, request, NULL, &error);
          g_assert_no_error (error);
          /* A connection each: none of them could meet a dead one. */
          g_assert_cmpuint (raw_server_n_requests (server), ==, j);
          g_assert_cmpuint (raw_server_n_connections (server), ==, j);
        }
    }
}

static void
serve_drip (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  raw_write (connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
  for (int i = 0; i < 100; i++)
    {
      raw_write (connection, "x");
      g_usleep (G_USEC_PER_SEC / 20);
    }
}

/* A server that always says a little more does not hold us for ever. */
static void
test_slow_drip (void)
{
  g_autoptr (RawServer) server = raw_server_new (serve_drip, NULL);
  g_autoptr (Http) http = http_new ();
  BmnHttpRequest *request = get_request (server, "/");
  request->timeout = 1;
  http_assert_fails (http, request, BMN_PLATFORM_ERROR_TIMED_OUT);
  request = create_request (server);
  request->timeout = 1;
  http_assert_fails (http, request, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME);
}

static void
test_nobody_listens (void)
{
  RawServer *server = TEXT_SERVER ("");
  g_autofree char *url = raw_server_url (server, "/");
  raw_server_free (server);
  g_autoptr (Http) http = http_new ();
  http_assert_fails (http, http_create_request (url), BMN_PLATFORM_ERROR_OFFLINE);
  g_assert_cmpint (http_last (http)->bytes_sent, ==, 0);
  g_assert_cmpint (http_last (http)->status, ==, 0);
  /* RFC 6761: this name never exists. */
  http_assert_fails (http, http_create_request ("http://nobody.invalid/"),
                     BMN_PLATFORM_ERROR_OFFLINE);
  g_assert_cmpstr (http_last (http)->host, ==, "nobody.invalid:80");
}

static void
test_cancel_before (void)
{
  g_autoptr (RawServer) server = TEXT_SERVER ("");
  g_autoptr (Http) http = http_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (http_send (http, create_request (server), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (http->ledger->len, ==, 0);
  g_assert_cmpuint (raw_server_n_connections (server), ==, 0);
}

static void
serve_cancel (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  g_cancellable_cancel (raw_server_data (server));
  g_autofree char *never = raw_read_request (server, connection);
}

static void
test_cancel_after (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RawServer) server = raw_server_new (serve_cancel, cancellable);
  g_autoptr (Http) http = http_new ();
  g_autoptr (GError) error = NULL;
  g_assert_null (http_send (http, create_request (server), cancellable, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME);
  g_clear_error (&error);
  g_cancellable_reset (cancellable);
  g_assert_null (http_send (http, get_request (server, "/"), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
serve_huge (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  g_autofree char *chunk = g_strnfill (64 * 1024, 'x');
  raw_write (connection, "HTTP/1.1 200 OK\r\n\r\n");
  for (int i = 0; i < 1024; i++)
    raw_write (connection, chunk);
}

static void
test_huge (void)
{
  g_autoptr (RawServer) server = raw_server_new (serve_huge, NULL);
  g_autoptr (Http) http = http_new ();
  http_assert_fails (http, get_request (server, "/"), BMN_PLATFORM_ERROR_BAD_REPLY);
  http_assert_fails (http, create_request (server), BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME);
}

/* 64 MiB of blanks, compressed to some 64 KiB. */
static void
serve_bomb (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  g_autoptr (GConverter) gzip
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  raw_write (connection, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
  g_autoptr (GOutputStream) output
      = g_converter_output_stream_new (g_io_stream_get_output_stream (connection), gzip);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (output), FALSE);
  g_autofree char *chunk = g_strnfill (1024 * 1024, ' ');
  for (int i = 0; i < 64; i++)
    g_output_stream_write_all (output, chunk, 1024 * 1024, NULL, NULL, NULL);
  g_output_stream_close (output, NULL, NULL);
}

static void
test_bomb (void)
{
  g_autoptr (RawServer) server = raw_server_new (serve_bomb, NULL);
  g_autoptr (Http) http = http_new ();
  http_assert_fails (http, get_request (server, "/"), BMN_PLATFORM_ERROR_BAD_REPLY);
  g_assert_cmpint (http_last (http)->bytes_received, <, 4 * 1024 * 1024);
}

static void
serve_to_data (RawServer *server, GIOStream *connection, guint n)
{
  g_autofree char *request = raw_read_request (server, connection);
  g_autofree char *answer
      = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
                         (const char *)raw_server_data (server));
  raw_write (connection, answer);
}

static void
test_redirects (void)
{
  g_autoptr (RawServer) other = raw_server_new (serve_echo, NULL);
  g_autofree char *target = raw_server_url (other, "/there");
  g_autoptr (RawServer) server = raw_server_new (serve_to_data, target);
  g_autoptr (Http) http = http_new ();
  g_autoptr (GError) error = NULL;

  /* Nobody asked to follow: the redirect itself is the answer, and nothing leaks. */
  BmnHttpRequest *request = get_request (server, "/");
  bmn_http_request_set_header (request, "Authorization", "Bearer xyzzy");
  bmn_http_request_set_header (request, "DPoP", "plugh");
  g_autoptr (BmnHttpResponse) held = http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (held->status, ==, 302);
  g_assert_cmpuint (raw_server_n_connections (other), ==, 0);

  /* With credentials, following is refused before anything is sent. */
  const char *names[] = { "Authorization", "dpop", "COOKIE" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      request = get_request (server, "/");
      bmn_http_request_set_header (request, names[i], "xyzzy");
      request->follow_redirects = TRUE;
      http_assert_fails (http, request, BMN_PLATFORM_ERROR_REJECTED);
    }
  g_assert_cmpuint (raw_server_n_connections (server), ==, 1);

  request = get_request (server, "/");
  request->follow_redirects = TRUE;
  g_autoptr (BmnHttpResponse) followed = http_send (http, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (followed->status, ==, 200);
  g_assert_cmpstr (followed->url, ==, target);
  g_assert_cmpuint (http->ledger->len, ==, 3);
}

static void
test_redirects_end (void)
{
  const char *targets[] = { "/again", "file:///etc/passwd", "ftp://127.0.0.1/", "http://", "" };
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (serve_to_data, (gpointer)targets[i]);
      g_autoptr (Http) http = http_new ();
      BmnHttpRequest *request = get_request (server, "/");
      request->follow_redirects = TRUE;
      http_assert_fails (http, request, BMN_PLATFORM_ERROR_BAD_REPLY);
      g_assert_cmpuint (raw_server_n_requests (server), <=, 6);
    }
}

static void
test_public_only (void)
{
  g_autoptr (RawServer) server = TEXT_SERVER ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  g_autoptr (Http) http = http_new ();
  const char *hosts[] = { "127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433" };
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *url = g_strdup_printf ("http://%s:%u/", hosts[i], raw_server_port (server));
      BmnHttpRequest *request = bmn_http_request_new ("GET", url, "link-card");
      g_autoptr (GError) error = NULL;
      request->public_only = TRUE;
      g_assert_null (http_send (http, request, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (http->ledger->len, ==, i + 1);
      g_assert_cmpint (http_last (http)->bytes_sent, ==, 0);
    }
  g_assert_cmpuint (raw_server_n_connections (server), ==, 0);
}

/* A name that was public when we looked and is this computer when we connect. */
static void
test_rebinding (void)
{
  g_autoptr (RawServer) server = TEXT_SERVER ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  g_autoptr (Http) http = http_new ();
  g_autoptr (GResolver) before = g_resolver_get_default ();
  g_autoptr (GResolver) liar = rebinding_resolver_new ();
  g_autofree char *url = g_strdup_printf ("http://rebinding.example:%u/", raw_server_port (server));
  BmnHttpRequest *request = bmn_http_request_new ("GET", url, "link-card");
  request->public_only = TRUE;
  g_resolver_set_default (liar);
  http_assert_fails (http, request, BMN_PLATFORM_ERROR_REJECTED);
  g_assert_cmpuint (rebinding_resolver_n_lookups (liar), >=, 2);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 0);

  /* Without the guard the same name would have been reached. */
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnHttpResponse) response
      = http_send (http, bmn_http_request_new ("GET", url, "check"), NULL, &error);
  g_assert_no_error (error);
  g_resolver_set_default (before);
}

static void
test_refused_requests (void)
{
  const char *urls[] = { "",
                         "no address",
                         "ftp://a/",
                         "http://",
                         "https:///path",
                         "http://u:p@host/",
                         "file:///etc/passwd" };
  g_autoptr (Http) http = http_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    http_assert_fails (http, bmn_http_request_new ("GET", urls[i], "check"),
                       BMN_PLATFORM_ERROR_REJECTED);
  BmnHttpRequest *put = bmn_http_request_new ("PUT", "http://127.0.0.1/", "publish");
  put->creates = TRUE;
  http_assert_fails (http, put, BMN_PLATFORM_ERROR_REJECTED);
  BmnHttpRequest *split = bmn_http_request_new ("GET", "http://127.0.0.1/", "check");
  bmn_http_request_set_header (split, "Authorization", "a\r\nX-Other: b");
  http_assert_fails (http, split, BMN_PLATFORM_ERROR_REJECTED);
  g_assert_cmpuint (http->ledger->len, ==, 0);
}

/* What the server said once is kept for the next request, and publishing goes first. */
static void
test_rate_limit_is_kept (void)
{
  g_autofree char *reset
      = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC + 600);
  g_autofree char *answer
      = g_strdup_printf ("HTTP/1.1 200 OK\r\nX-RateLimit-Limit: 300\r\nX-RateLimit-Remaining: 5\r\n"
                         "X-RateLimit-Reset: %s\r\nContent-Length: 0\r\n\r\n",
                         reset);
  g_autoptr (RawServer) server = TEXT_SERVER (answer);
  g_autoptr (Http) http = http_new ();
  g_autoptr (GError) error = NULL;
  BmnHttpRequest *request = create_request (server);
  request->priority = BMN_HTTP_PRIORITY_PUBLISH;
  g_autoptr (BmnHttpResponse) first = http_send (http, request, NULL, &error);
  g_assert_no_error (error);

  request = get_request (server, "/");
  request->account_id = 7;
  request->priority = BMN_HTTP_PRIORITY_SYNC;
  g_assert_null (http_send (http, request, NULL, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_RATE_LIMITED);
  g_assert_cmpint (bmn_platform_error_get_retry_at (error), >, g_get_real_time ());
  g_clear_error (&error);
  g_assert_cmpuint (http->ledger->len, ==, 1);

  request = create_request (server);
  request->priority = BMN_HTTP_PRIORITY_PUBLISH;
  g_autoptr (BmnHttpResponse) second = http_send (http, request, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/http/answer", test_answer);
  g_test_add_func ("/platform/http/cut", test_cut);
  g_test_add_func ("/platform/http/reset", test_reset);
  g_test_add_func ("/platform/http/never-sent-twice", test_never_sent_twice);
  g_test_add_func ("/platform/http/slow-drip", test_slow_drip);
  g_test_add_func ("/platform/http/nobody-listens", test_nobody_listens);
  g_test_add_func ("/platform/http/cancel-before", test_cancel_before);
  g_test_add_func ("/platform/http/cancel-after", test_cancel_after);
  g_test_add_func ("/platform/http/huge", test_huge);
  g_test_add_func ("/platform/http/bomb", test_bomb);
  g_test_add_func ("/platform/http/redirects", test_redirects);
  g_test_add_func ("/platform/http/redirects-end", test_redirects_end);
  g_test_add_func ("/platform/http/public-only", test_public_only);
  g_test_add_func ("/platform/http/rebinding", test_rebinding);
  g_test_add_func ("/platform/http/refused-requests", test_refused_requests);
  g_test_add_func ("/platform/http/rate-limit-is-kept", test_rate_limit_is_kept);
  return g_test_run ();
}
