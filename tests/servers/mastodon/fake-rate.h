#pragma once

#include "fake-call.h"

G_BEGIN_DECLS

/* Counts the call against its limits and adds the X-RateLimit headers of the one that is closest
 * to being exceeded. FALSE, with the answer set, where one of them is exceeded already.
 * A window begins with its first request.
 * https://docs.joinmastodon.org/api/rate-limits/ */
gboolean fake_rate_take (FakeCall *call);

/* Retry-After twice, in seconds and as a date, as some servers send it. */
void fake_rate_add_retry_after (FakeCall *call, gint64 seconds);

G_END_DECLS
