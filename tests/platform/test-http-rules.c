#include "bmn-http-status-private.h"
#include "bmn-platform-error.h"
#include "bmn-public-address-private.h"
#include "bmn-rate-limits-private.h"

#define SECONDS(n) ((gint64)(n)*G_USEC_PER_SEC)

/* 2026-12-01T09:00:00Z */
#define NOW SECONDS (1796115600)

/* Then names and values of headers, and %NULL. */
static BmnHttpResponse *
answer (int status, ...)
{
  BmnHttpResponse *response = g_new0 (BmnHttpResponse, 1);
  va_list args;
  response->status = status;
  response->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  response->body = g_bytes_new_static ("", 0);
  va_start (args, status);
  for (const char *name; (name = va_arg (args, const char *));)
    g_hash_table_insert (response->headers, g_strdup (name),
                         g_strdup (va_arg (args, const char *)));
  va_end (args);
  return response;
}

static void
test_retry_after (void)
{
  const struct
  {
    const char *header;
    gint64 retry_at;
  } cases[] = {
    { "120", NOW + SECONDS (120) },
    { "0", NOW },
    { "Tue, 01 Dec 2026 09:05:00 GMT", NOW + SECONDS (300) },
    { "120, Tue, 01 Dec 2026 09:05:00 GMT", NOW + SECONDS (300) },
    { "Tue, 01 Dec 2026 09:05:00 GMT, 600", NOW + SECONDS (600) },
    { "10, 20, 15", NOW + SECONDS (20) },
    { "Tuesday, 01-Dec-26 09:05:00 GMT", NOW + SECONDS (300) },
    { "Tue Dec  1 09:05:00 2026", 0 },
    { "99999999", NOW + SECONDS (86400) },
    { "99999999999999999999999999", NOW + SECONDS (86400) },
    { "Tue, 01 Dec 2099 09:05:00 GMT", NOW + SECONDS (86400) },
    { "soon", 0 },
    { "", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnHttpResponse) response = answer (429, "retry-after", cases[i].header, NULL);
      g_test_message ("Retry-After: %s", cases[i].header);
      if (cases[i].retry_at != 0)
        g_assert_cmpint (bmn_http_retry_at (response, NOW), ==, cases[i].retry_at);
      else
        g_assert_cmpint (bmn_http_retry_at (response, NOW), <=, NOW + SECONDS (2026));
    }
  g_autoptr (BmnHttpResponse) none = answer (429, NULL);
  g_assert_cmpint (bmn_http_retry_at (none, NOW), ==, 0);
}

static void
test_status (void)
{
  const struct
  {
    int status;
    const char *retry_after;
    gboolean creates;
    int code;
  } cases[] = {
    { 200, NULL, TRUE, -1 },
    { 204, NULL, FALSE, -1 },
    { 299, NULL, FALSE, -1 },
    { 301, NULL, FALSE, BMN_PLATFORM_ERROR_BAD_REPLY },
    { 400, NULL, TRUE, BMN_PLATFORM_ERROR_REJECTED },
    { 401, NULL, TRUE, BMN_PLATFORM_ERROR_AUTH_EXPIRED },
    { 403, NULL, FALSE, BMN_PLATFORM_ERROR_REJECTED },
    { 404, NULL, FALSE, BMN_PLATFORM_ERROR_REJECTED },
    { 422, NULL, TRUE, BMN_PLATFORM_ERROR_REJECTED },
    { 429, NULL, TRUE, BMN_PLATFORM_ERROR_RATE_LIMITED },
    { 429, "60", TRUE, BMN_PLATFORM_ERROR_RATE_LIMITED },
    { 500, NULL, TRUE, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME },
    { 500, NULL, FALSE, BMN_PLATFORM_ERROR_SERVER },
    { 503, NULL, TRUE, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME },
    { 503, "60", TRUE, BMN_PLATFORM_ERROR_RATE_LIMITED },
    { 503, "60", FALSE, BMN_PLATFORM_ERROR_RATE_LIMITED },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnHttpRequest) request = bmn_http_request_new ("POST", "https://a/", "publish");
      g_autoptr (BmnHttpResponse) response
          = cases[i].retry_after
                ? answer (cases[i].status, "retry-after", cases[i].retry_after, NULL)
                : answer (cases[i].status, NULL);
      request->creates = cases[i].creates;
      g_autoptr (GError) error = bmn_http_response_to_error (request, response, NULL);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, BMN_PLATFORM_ERROR, cases[i].code);
      if (cases[i].retry_after)
        g_assert_cmpint (bmn_platform_error_get_retry_at (error), >,
                         g_get_real_time () + SECONDS (30));
      g_autoptr (GError) worded = bmn_http_response_to_error (request, response, "in its words %s");
      if (worded)
        g_assert_cmpstr (worded->message, ==, "in its words %s");
    }
}

static void
test_rate_limit_headers (void)
{
  const struct
  {
    const char *prefix;
    const char *reset;
    gint64 reset_at;
  } cases[] = {
    { "x-ratelimit-", "1796115900", NOW + SECONDS (300) },
    { "x-ratelimit-", "2026-12-01T09:05:00.000000Z", NOW + SECONDS (300) },
    { "x-ratelimit-", "2026-12-01T09:05:00+00:00", NOW + SECONDS (300) },
    { "ratelimit-", "300", NOW + SECONDS (300) },
    { "ratelimit-", "1796115900", NOW + SECONDS (300) },
    { "ratelimit-", "999999999", NOW + SECONDS (86400) },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *limit = g_strconcat (cases[i].prefix, "limit", NULL);
      g_autofree char *remaining = g_strconcat (cases[i].prefix, "remaining", NULL);
      g_autofree char *reset = g_strconcat (cases[i].prefix, "reset", NULL);
      g_autoptr (BmnHttpResponse) response
          = answer (200, limit, "100", remaining, "10", reset, cases[i].reset, NULL);
      g_autoptr (BmnRateLimits) limits = bmn_rate_limits_new ();
      bmn_rate_limits_learn (limits, "a:443", 1, response, NOW);
      /* A tenth is left to publishing, the last but one to people. */
      g_assert_cmpint (bmn_rate_limits_admit (limits, "a:443", 1, BMN_HTTP_PRIORITY_SYNC, NOW), ==,
                       cases[i].reset_at);
      for (int j = 0; j < 9; j++)
        g_assert_cmpint (bmn_rate_limits_admit (limits, "a:443", 1, BMN_HTTP_PRIORITY_USER, NOW),
                         ==, 0);
      g_assert_cmpint (bmn_rate_limits_admit (limits, "a:443", 1, BMN_HTTP_PRIORITY_USER, NOW), ==,
                       cases[i].reset_at);
      g_assert_cmpint (bmn_rate_limits_admit (limits, "a:443", 1, BMN_HTTP_PRIORITY_PUBLISH, NOW),
                       ==, 0);
      g_assert_cmpint (bmn_rate_limits_admit (limits, "a:443", 1, BMN_HTTP_PRIORITY_PUBLISH, NOW),
                       ==, cases[i].reset_at);
      /* Other hosts and accounts are others' business, and time heals. */
      g_assert_cmpint (bmn_rate_limits_admit (limits, "a:443", 2, BMN_HTTP_PRIORITY_SYNC, NOW), ==,
                       0);
      g_assert_cmpint (bmn_rate_limits_admit (limits, "b:443", 1, BMN_HTTP_PRIORITY_SYNC, NOW), ==,
                       0);
      g_assert_cmpint (
          bmn_rate_limits_admit (limits, "a:443", 1, BMN_HTTP_PRIORITY_SYNC, cases[i].reset_at), ==,
          0);
    }
}

static void
test_refusals (void)
{
  g_autoptr (BmnRateLimits) limits = bmn_rate_limits_new ();
  g_autoptr (BmnHttpResponse) refusal = answer (503, "retry-after", "90", NULL);
  bmn_rate_limits_learn (limits, "a:443", 1, refusal, NOW);
  g_assert_cmpint (bmn_rate_limits_admit (limits, "a:443", 1, BMN_HTTP_PRIORITY_PUBLISH, NOW), ==,
                   NOW + SECONDS (90));
  g_autoptr (BmnHttpResponse) silent = answer (429, NULL);
  bmn_rate_limits_learn (limits, "b:443", 1, silent, NOW);
  g_assert_cmpint (bmn_rate_limits_admit (limits, "b:443", 1, BMN_HTTP_PRIORITY_PUBLISH, NOW), >,
                   NOW);
  g_autoptr (BmnHttpResponse) nonsense
      = answer (200, "ratelimit-remaining", "0", "ratelimit-reset", "-5", NULL);
  bmn_rate_limits_learn (limits, "c:443", 1, nonsense, NOW);
  g_assert_cmpint (bmn_rate_limits_admit (limits, "c:443", 1, BMN_HTTP_PRIORITY_SYNC, NOW), ==, 0);
}

static void
test_addresses (void)
{
  const char *public[] = { "8.8.8.8",         "93.184.216.34",     "100.63.255.255",
                           "100.128.0.1",     "172.15.0.1",        "172.32.0.1",
                           "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8",
                           "64:ff9b::8.8.8.8" };
  const char *private[] = { "0.0.0.0",
                            "0.1.2.3",
                            "10.0.0.1",
                            "100.64.0.1",
                            "100.127.255.255",
                            "127.0.0.1",
                            "127.255.0.1",
                            "169.254.169.254",
                            "172.16.0.1",
                            "172.31.255.255",
                            "192.168.1.1",
                            "192.0.0.1",
                            "198.18.0.1",
                            "224.0.0.1",
                            "240.0.0.1",
                            "255.255.255.255",
                            "::",
                            "::1",
                            "fe80::1",
                            "fc00::1",
                            "fd12:3456::1",
                            "ff02::1",
                            "fec0::1",
                            "::ffff:127.0.0.1",
                            "::ffff:10.0.0.1",
                            "::127.0.0.1",
                            "64:ff9b::7f00:1",
                            "2002:7f00:1::",
                            "2001::1",
                            "2001:db8::1",
                            "100::1" };
  for (gsize i = 0; i < G_N_ELEMENTS (public); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (public[i]);
      g_test_message ("%s", public[i]);
      g_assert_true (bmn_address_is_public (address));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (private); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (private[i]);
      g_test_message ("%s", private[i]);
      g_assert_false (bmn_address_is_public (address));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/http-rules/retry-after", test_retry_after);
  g_test_add_func ("/platform/http-rules/status", test_status);
  g_test_add_func ("/platform/http-rules/rate-limit-headers", test_rate_limit_headers);
  g_test_add_func ("/platform/http-rules/refusals", test_refusals);
  g_test_add_func ("/platform/http-rules/addresses", test_addresses);
  return g_test_run ();
}
