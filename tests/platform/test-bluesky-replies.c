/* What a Bluesky server's answers mean. */
#include "bmn-platform-error.h"
#include "bmn-xrpc-private.h"

#include <string.h>

#define FINE (-1)

typedef struct
{
  int status;
  const char *body;
  gboolean creates;
  int code;
  const char *words; /* (nullable) of what the user is told */
} Case;

static const Case cases[] = {
  { 200, "{\"uri\":\"at://x\"}", TRUE, FINE, NULL },
  { 200, "", TRUE, FINE, NULL },
  { 200, "<html>", FALSE, BMN_PLATFORM_ERROR_BAD_REPLY, "cannot be understood" },
  /* Whether a write was accepted nobody knows then. */
  { 200, "<html>", TRUE, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, "cannot be understood" },
  { 500, "{\"error\":\"InternalServerError\"}", TRUE, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, NULL },
  { 502, "<html>Bad Gateway</html>", TRUE, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, NULL },
  { 500, "{\"error\":\"InternalServerError\"}", FALSE, BMN_PLATFORM_ERROR_SERVER, NULL },
  /* The sign-in, whatever the number. */
  { 400, "{\"error\":\"ExpiredToken\",\"message\":\"Token has expired\"}", TRUE,
    BMN_PLATFORM_ERROR_AUTH_EXPIRED, "Sign in again" },
  { 400, "{\"error\":\"InvalidToken\"}", TRUE, BMN_PLATFORM_ERROR_AUTH_EXPIRED, "Sign in again" },
  { 401, "{\"error\":\"AuthMissing\"}", TRUE, BMN_PLATFORM_ERROR_AUTH_EXPIRED, "Sign in again" },
  { 401, "{\"error\":\"invalid_token\"}", TRUE, BMN_PLATFORM_ERROR_AUTH_EXPIRED, "Sign in again" },
  { 400, "{\"error\":\"invalid_grant\",\"error_description\":\"Refresh token replayed\"}", FALSE,
    BMN_PLATFORM_ERROR_AUTH_EXPIRED, "Sign in again" },
  { 401, "", TRUE, BMN_PLATFORM_ERROR_AUTH_EXPIRED, NULL },
  { 401, "{\"error\":\"AccountTakedown\"}", TRUE, BMN_PLATFORM_ERROR_AUTH_EXPIRED, "suspended" },
  { 403, "{\"error\":\"AccountDeactivated\"}", TRUE, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
    "deactivated" },
  { 400, "{\"error\":\"invalid_dpop_proof\"}", TRUE, BMN_PLATFORM_ERROR_REJECTED, "clock" },
  { 429, "{\"error\":\"RateLimitExceeded\",\"message\":\"Rate Limit Exceeded\"}", TRUE,
    BMN_PLATFORM_ERROR_RATE_LIMITED, NULL },
  { 429, "", TRUE, BMN_PLATFORM_ERROR_RATE_LIMITED, NULL },
  { 413, "{\"error\":\"PayloadTooLarge\"}", FALSE, BMN_PLATFORM_ERROR_REJECTED,
    "as large as this one" },
  { 400, "{\"error\":\"BlobTooLarge\",\"message\":\"too big\"}", FALSE, BMN_PLATFORM_ERROR_REJECTED,
    "as large as this one" },
  { 400, "{\"error\":\"InvalidRequest\",\"message\":\"too big at $.record.text\"}", TRUE,
    BMN_PLATFORM_ERROR_REJECTED, "because of its text" },
  { 400, "{\"error\":\"InvalidRequest\",\"message\":\"Record/embed/images must be shorter\"}", TRUE,
    BMN_PLATFORM_ERROR_REJECTED, "because of its pictures" },
  { 400, "{\"error\":\"InvalidRequest\",\"message\":\"at $.record.embed.external.uri\"}", TRUE,
    BMN_PLATFORM_ERROR_REJECTED, "because of its link or quote" },
  { 400, "{\"error\":\"InvalidRequest\",\"message\":\"something else\"}", TRUE,
    BMN_PLATFORM_ERROR_REJECTED, "“something else”" },
  { 400, "{\"error\":5,\"message\":[]}", TRUE, BMN_PLATFORM_ERROR_REJECTED, NULL },
  { 400, "not JSON", TRUE, BMN_PLATFORM_ERROR_REJECTED, NULL },
  { 302, "", FALSE, BMN_PLATFORM_ERROR_BAD_REPLY, NULL },
};

static void
test_meanings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnHttpRequest) request
          = bmn_http_request_new ("POST", "https://pds.test/xrpc/x", "publish");
      request->creates = cases[i].creates;
      g_autoptr (BmnHttpResponse) response = g_new0 (BmnHttpResponse, 1);
      response->status = cases[i].status;
      response->headers = g_hash_table_new (g_str_hash, g_str_equal);
      response->body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      g_test_message ("%d %s", cases[i].status, cases[i].body);
      g_autoptr (BmnXrpcReply) reply = bmn_xrpc_reply_new (request, response);
      if (cases[i].code == FINE)
        {
          g_assert_no_error (reply->failure);
          continue;
        }
      g_assert_error (reply->failure, BMN_PLATFORM_ERROR, cases[i].code);
      g_assert_cmpuint (strlen (reply->failure->message), >, 10);
      if (cases[i].words)
        g_assert_nonnull (strstr (reply->failure->message, cases[i].words));
    }
}

static void
test_addresses (void)
{
  const char *const wrong[]
      = { "",          "at://",         "at://did/collection", "at://did/collection/",
          "at:///c/k", "https://a/b/c", "at://a/b/c/d",        "did/collection/key" };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (bmn_at_uri_parse (wrong[i]));
  g_auto (GStrv) words = bmn_at_uri_parse ("at://did:plc:a/app.bsky.feed.post/3k");
  g_assert_cmpstr (words[0], ==, "did:plc:a");
  g_assert_cmpstr (words[1], ==, "app.bsky.feed.post");
  g_assert_cmpstr (words[2], ==, "3k");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/bluesky-replies/meanings", test_meanings);
  g_test_add_func ("/platform/bluesky-replies/addresses", test_addresses);
  return g_test_run ();
}
