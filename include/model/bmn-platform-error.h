#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnPlatformError:
 * @BMN_PLATFORM_ERROR_OFFLINE: nothing was sent: no network, no name, connection refused
 * @BMN_PLATFORM_ERROR_TIMED_OUT: nothing was sent in time; certain that nothing was accepted
 * @BMN_PLATFORM_ERROR_RATE_LIMITED: refused for now; see bmn_platform_error_get_retry_at()
 * @BMN_PLATFORM_ERROR_AUTH_EXPIRED: the account must be signed in again
 * @BMN_PLATFORM_ERROR_REJECTED: the platform refuses this content; sending it again will not help
 * @BMN_PLATFORM_ERROR_SERVER: the server failed and says that it did not accept anything
 * @BMN_PLATFORM_ERROR_BAD_REPLY: an answer that we do not understand, to a request that changes
 * nothing
 * @BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME: the request may or may not have been accepted
 *
 * The one error domain of all platforms. Retry decisions use these, never HTTP numbers.
 * An operation that creates something reports %BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME whenever
 * it cannot be certain that nothing was created: a time-out after the first byte, a reset,
 * a cut or meaningless answer, a 5xx.
 */
typedef enum
{
  BMN_PLATFORM_ERROR_OFFLINE,
  BMN_PLATFORM_ERROR_TIMED_OUT,
  BMN_PLATFORM_ERROR_RATE_LIMITED,
  BMN_PLATFORM_ERROR_AUTH_EXPIRED,
  BMN_PLATFORM_ERROR_REJECTED,
  BMN_PLATFORM_ERROR_SERVER,
  BMN_PLATFORM_ERROR_BAD_REPLY,
  BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME,
} BmnPlatformError;

#define BMN_PLATFORM_ERROR_LAST (BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME + 1)

#define BMN_PLATFORM_ERROR (bmn_platform_error_quark ())
GQuark bmn_platform_error_quark (void);

/**
 * bmn_platform_error_to_nick:
 *
 * Returns: a stable name for the store and `--json`, such as `rate-limited`; never %NULL
 */
const char *bmn_platform_error_to_nick (BmnPlatformError code);

/**
 * bmn_platform_error_from_nick:
 * @code: (out): the code, if @nick names one
 *
 * Returns: whether @nick names a code
 */
gboolean bmn_platform_error_from_nick (const char *nick, BmnPlatformError *code);

/**
 * bmn_platform_error_new_rate_limited:
 * @retry_at: µs since the epoch when the platform lets us try again, or 0 where it did not say
 *
 * Returns: (transfer full): an error of %BMN_PLATFORM_ERROR_RATE_LIMITED that carries @retry_at
 */
GError *bmn_platform_error_new_rate_limited (gint64 retry_at, const char *format, ...)
    G_GNUC_PRINTF (2, 3) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_platform_error_get_retry_at:
 *
 * Returns: µs since the epoch, or 0 where @error carries no such time (also for other domains)
 */
gint64 bmn_platform_error_get_retry_at (const GError *error);

G_END_DECLS
