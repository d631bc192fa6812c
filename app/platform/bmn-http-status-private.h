#pragma once

#include "bmn-http-client.h"

/* No server may hold us back for longer: it would be a mistake or an attack. */
#define BMN_HTTP_MAX_WAIT (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/**
 * bmn_http_retry_at:
 * @now: µs
 *
 * Returns: when `Retry-After` lets us try again, µs; 0 where there is none that can be read. It
 *   may stand several times, in seconds or as a date: the latest counts, at most a day from @now
 */
gint64 bmn_http_retry_at (const BmnHttpResponse *response, gint64 now);

/* Returns: whether the server says that we ask too often: 429, or 503 with `Retry-After` */
gboolean bmn_http_is_rate_limited (const BmnHttpResponse *response);
