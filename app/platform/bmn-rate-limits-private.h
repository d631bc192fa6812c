#pragma once

#include "bmn-http-client.h"

/*
 * What servers said about how often they may be asked: a bucket for each host and account.
 * Forgotten with the program; servers say it again with each answer.
 */
typedef struct _BmnRateLimits BmnRateLimits;

BmnRateLimits *bmn_rate_limits_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_rate_limits_free (BmnRateLimits *limits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnRateLimits, bmn_rate_limits_free)

/**
 * bmn_rate_limits_admit:
 * @host: with its port
 * @now: µs
 *
 * Asks for one request. Where the bucket is nearly empty, what syncs waits for what publishes:
 * it leaves a tenth of the limit, at least one and at most thirty; what a user waits for leaves
 * one; publishing may use the last.
 *
 * Returns: 0 if it may go now, and is counted; else when to try again, µs
 */
gint64 bmn_rate_limits_admit (BmnRateLimits *limits,
                              const char *host,
                              gint64 account_id,
                              BmnHttpPriority priority,
                              gint64 now);

/**
 * bmn_rate_limits_learn:
 *
 * Reads `RateLimit-*` and `X-RateLimit-*` (Limit, Remaining, Reset as an epoch, a date or
 * seconds from now) and, where the server refused, `Retry-After`.
 */
void bmn_rate_limits_learn (BmnRateLimits *limits,
                            const char *host,
                            gint64 account_id,
                            const BmnHttpResponse *response,
                            gint64 now);
