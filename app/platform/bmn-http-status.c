#include "bmn-http-status-private.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

/* RFC 6585; libsoup has no name for it. */
#define TOO_MANY_REQUESTS 429

/* Seconds, or one of HTTP's dates (RFC 9110, section 5.6.7), which have a comma themselves. */
#define RETRY_AFTER_VALUE "[A-Z][a-z]+, [0-9A-Za-z :-]+|[0-9]+"

/* Returns: µs, or 0 for what is neither seconds nor a date */
static gint64
parse_retry_after (const char *value, gint64 now)
{
  guint64 seconds;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &seconds, NULL))
    return now + (gint64)seconds * G_USEC_PER_SEC;
  if (g_ascii_isdigit (value[0]))
    return now + BMN_HTTP_MAX_WAIT;
  g_autoptr (GDateTime) time = soup_date_time_new_from_http_string (value);
  return time ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

gint64
bmn_http_retry_at (const BmnHttpResponse *response, gint64 now)
{
  const char *header = bmn_http_response_get_header (response, "retry-after");
  gint64 latest = 0;
  if (!header)
    return 0;
  g_autoptr (GRegex) regex = g_regex_new (RETRY_AFTER_VALUE, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  for (g_regex_match (regex, header, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *value = g_match_info_fetch (match, 0);
      latest = MAX (latest, parse_retry_after (value, now));
    }
  return MIN (latest, now + BMN_HTTP_MAX_WAIT);
}

gboolean
bmn_http_is_rate_limited (const BmnHttpResponse *response)
{
  return response->status == TOO_MANY_REQUESTS
         || (response->status == SOUP_STATUS_SERVICE_UNAVAILABLE
             && bmn_http_response_get_header (response, "retry-after"));
}

/* @fallback: translated, for when the server has no words of its own */
static GError *
new_error (BmnPlatformError code, const char *detail, const char *fallback)
{
  return g_error_new_literal (BMN_PLATFORM_ERROR, code, detail && *detail ? detail : fallback);
}

GError *
bmn_http_response_to_error (const BmnHttpRequest *request,
                            const BmnHttpResponse *response,
                            const char *detail)
{
  if (response->status < 300)
    return NULL;
  if (bmn_http_is_rate_limited (response))
    return bmn_platform_error_new_rate_limited (
        bmn_http_retry_at (response, g_get_real_time ()), "%s",
        detail && *detail ? detail : _ ("The server asks to wait before trying again."));
  if (response->status == SOUP_STATUS_UNAUTHORIZED)
    return new_error (BMN_PLATFORM_ERROR_AUTH_EXPIRED, detail,
                      _ ("The server no longer accepts this account's sign-in. Sign in again."));
  if (response->status >= 500 && request->creates)
    return new_error (BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, detail,
                      _ ("The server failed and did not say whether it accepted the request."));
  if (response->status >= 500)
    return new_error (BMN_PLATFORM_ERROR_SERVER, detail, _ ("The server failed. Try again later."));
  if (response->status >= 400)
    return new_error (BMN_PLATFORM_ERROR_REJECTED, detail,
                      _ ("The server refused the request. Check the post and the account."));
  return new_error (BMN_PLATFORM_ERROR_BAD_REPLY, detail,
                    _ ("The server sent us elsewhere. Check the account's address."));
}
