#pragma once

#include "bmn-platform-error.h"

G_BEGIN_DECLS

/**
 * BmnRetryAction:
 * @BMN_RETRY_AGAIN: try again at @at
 * @BMN_RETRY_GIVE_UP: it failed; certain that nothing is out
 * @BMN_RETRY_ASK: nobody knows whether it is out; look, or ask the user, and send nothing
 * @BMN_RETRY_NEEDS_LOGIN: the account must be signed in again first
 */
typedef enum
{
  BMN_RETRY_AGAIN,
  BMN_RETRY_GIVE_UP,
  BMN_RETRY_ASK,
  BMN_RETRY_NEEDS_LOGIN,
} BmnRetryAction;

/**
 * BmnRetryDecision:
 * @action: what to do
 * @at: µs since the epoch for %BMN_RETRY_AGAIN, else 0
 * @reason: (nullable): translated sentence that says why it ends here, to follow the
 *   error's own; only where the error alone does not tell. Static.
 */
typedef struct
{
  BmnRetryAction action;
  gint64 at;
  const char *reason;
} BmnRetryDecision;

/**
 * bmn_retry_decide:
 * @code: why the latest try failed
 * @server_retry_at: µs when the platform lets us try again
 *   (bmn_platform_error_get_retry_at()), 0 where it did not say
 * @tries: tries so far that failed, the latest included; at least 1
 * @now: µs
 * @random: 0 to 1 (g_random_double()), for the jitter
 *
 * | code            | first | then                    | tries | and then            |
 * |-----------------|-------|-------------------------|-------|---------------------|
 * | OFFLINE         |   5 s | × 3, at most 15 min     | any   | (missed policy)     |
 * | TIMED_OUT       |  10 s | × 3, at most 30 min     |  10   | give up             |
 * | SERVER          |  10 s | × 3, at most 30 min     |  10   | give up             |
 * | BAD_REPLY       |  10 s | × 3, at most 30 min     |   4   | give up             |
 * | RATE_LIMITED    | as the server says, else 5 min  |  10   | give up             |
 * | AUTH_EXPIRED    | —     | —                       |   1   | needs sign-in       |
 * | REJECTED        | —     | —                       |   1   | give up             |
 * | UNKNOWN_OUTCOME | —     | —                       |   1   | ask                 |
 *
 * Ten tries are about two and a half hours. Jitter spreads each wait evenly over 50 % to
 * 150 % of it, so that many posts that failed together do not come back together; after a
 * rate limit it is 0 to 15 s and only added, because a try before the server's time counts
 * against us. A server's time for SERVER (503 with Retry-After) is obeyed likewise: the
 * later of the two. A server that wants more than 24 h is not waited for: give up, and say
 * so. OFFLINE ends where bmn_missed_decide() does not let the post go out any more, which is
 * asked before each try. Any code not in the table: give up. Pure; any thread.
 */
BmnRetryDecision bmn_retry_decide (
    BmnPlatformError code, gint64 server_retry_at, int tries, gint64 now, double random);

G_END_DECLS
