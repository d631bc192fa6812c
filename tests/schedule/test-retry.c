#include "bmn-retry.h"

#define SECOND ((gint64)G_USEC_PER_SEC)
#define HOUR (3600 * SECOND)
#define NOW (G_GINT64_CONSTANT (20000) * 24 * HOUR)

typedef struct
{
  BmnPlatformError code;
  gint64 server; /* seconds after NOW, 0 for none */
  int tries;
  double random;
  BmnRetryAction action;
  gint64 wait; /* seconds after NOW */
} RetryCase;

static const RetryCase cases[] = {
  { BMN_PLATFORM_ERROR_OFFLINE, 0, 1, 0.5, BMN_RETRY_AGAIN, 5 },
  { BMN_PLATFORM_ERROR_OFFLINE, 0, 2, 0.5, BMN_RETRY_AGAIN, 15 },
  { BMN_PLATFORM_ERROR_OFFLINE, 0, 3, 0.5, BMN_RETRY_AGAIN, 45 },
  { BMN_PLATFORM_ERROR_OFFLINE, 0, 5, 0.5, BMN_RETRY_AGAIN, 405 },
  { BMN_PLATFORM_ERROR_OFFLINE, 0, 6, 0.5, BMN_RETRY_AGAIN, 900 },
  { BMN_PLATFORM_ERROR_OFFLINE, 0, 1000000, 0.5, BMN_RETRY_AGAIN, 900 },
  { BMN_PLATFORM_ERROR_OFFLINE, 0, G_MAXINT - 1, 1.0, BMN_RETRY_AGAIN, 1350 },

  { BMN_PLATFORM_ERROR_TIMED_OUT, 0, 1, 0.5, BMN_RETRY_AGAIN, 10 },
  { BMN_PLATFORM_ERROR_TIMED_OUT, 0, 1, 0.0, BMN_RETRY_AGAIN, 5 },
  { BMN_PLATFORM_ERROR_TIMED_OUT, 0, 1, 1.0, BMN_RETRY_AGAIN, 15 },
  { BMN_PLATFORM_ERROR_TIMED_OUT, 0, 5, 0.5, BMN_RETRY_AGAIN, 810 },
  { BMN_PLATFORM_ERROR_TIMED_OUT, 0, 6, 0.5, BMN_RETRY_AGAIN, 1800 },
  { BMN_PLATFORM_ERROR_TIMED_OUT, 0, 9, 0.5, BMN_RETRY_AGAIN, 1800 },
  { BMN_PLATFORM_ERROR_TIMED_OUT, 0, 10, 0.5, BMN_RETRY_GIVE_UP },
  { BMN_PLATFORM_ERROR_SERVER, 0, 2, 0.5, BMN_RETRY_AGAIN, 30 },
  { BMN_PLATFORM_ERROR_SERVER, 0, 10, 0.5, BMN_RETRY_GIVE_UP },
  { BMN_PLATFORM_ERROR_SERVER, 120, 1, 0.0, BMN_RETRY_AGAIN, 120 },
  { BMN_PLATFORM_ERROR_SERVER, 120, 1, 1.0, BMN_RETRY_AGAIN, 135 },
  { BMN_PLATFORM_ERROR_SERVER, 5, 6, 0.5, BMN_RETRY_AGAIN, 1800 },
  { BMN_PLATFORM_ERROR_SERVER, 86401, 1, 0.5, BMN_RETRY_GIVE_UP },
  { BMN_PLATFORM_ERROR_BAD_REPLY, 0, 3, 0.5, BMN_RETRY_AGAIN, 90 },
  { BMN_PLATFORM_ERROR_BAD_REPLY, 0, 4, 0.5, BMN_RETRY_GIVE_UP },

  { BMN_PLATFORM_ERROR_RATE_LIMITED, 7, 1, 0.0, BMN_RETRY_AGAIN, 7 },
  { BMN_PLATFORM_ERROR_RATE_LIMITED, 7, 5, 1.0, BMN_RETRY_AGAIN, 22 },
  { BMN_PLATFORM_ERROR_RATE_LIMITED, 86400, 1, 0.0, BMN_RETRY_AGAIN, 86400 },
  { BMN_PLATFORM_ERROR_RATE_LIMITED, 86401, 1, 0.0, BMN_RETRY_GIVE_UP },
  { BMN_PLATFORM_ERROR_RATE_LIMITED, 0, 1, 0.0, BMN_RETRY_AGAIN, 300 },
  { BMN_PLATFORM_ERROR_RATE_LIMITED, 0, 9, 1.0, BMN_RETRY_AGAIN, 315 },
  { BMN_PLATFORM_ERROR_RATE_LIMITED, -60, 1, 0.0, BMN_RETRY_AGAIN, 300 },
  { BMN_PLATFORM_ERROR_RATE_LIMITED, 7, 10, 0.5, BMN_RETRY_GIVE_UP },

  { BMN_PLATFORM_ERROR_AUTH_EXPIRED, 0, 1, 0.5, BMN_RETRY_NEEDS_LOGIN },
  { BMN_PLATFORM_ERROR_REJECTED, 0, 1, 0.5, BMN_RETRY_GIVE_UP },
  { BMN_PLATFORM_ERROR_REJECTED, 60, 1, 0.5, BMN_RETRY_GIVE_UP },
  { BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 0, 1, 0.5, BMN_RETRY_ASK },
  { BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 60, 9, 0.5, BMN_RETRY_ASK },
  { BMN_PLATFORM_ERROR_LAST, 0, 1, 0.5, BMN_RETRY_GIVE_UP },
  { -1, 0, 1, 0.5, BMN_RETRY_GIVE_UP },
};

static void
test_decide (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const RetryCase *c = &cases[i];
      g_test_message ("code %d, try %d", (int)c->code, c->tries);
      BmnRetryDecision decision = bmn_retry_decide (
          c->code, c->server == 0 ? 0 : NOW + c->server * SECOND, c->tries, NOW, c->random);
      g_assert_cmpint (decision.action, ==, c->action);
      g_assert_cmpint (decision.at, ==, c->action == BMN_RETRY_AGAIN ? NOW + c->wait * SECOND : 0);
    }
}

/* Every code ends, but for being offline; whoever gives up after several tries says why. */
static void
test_all_end (void)
{
  for (int code = 0; code < BMN_PLATFORM_ERROR_LAST; code++)
    {
      gint64 now = NOW;
      int tries = 1;
      BmnRetryDecision decision = bmn_retry_decide (code, 0, tries, now, 0.5);
      for (; decision.action == BMN_RETRY_AGAIN && tries < 1000; tries++)
        {
          g_assert_cmpint (decision.at, >, now);
          g_assert_null (decision.reason);
          now = decision.at;
          decision = bmn_retry_decide (code, 0, tries + 1, now, 0.5);
        }
      if (code == BMN_PLATFORM_ERROR_OFFLINE)
        {
          g_assert_cmpint (tries, ==, 1000);
          continue;
        }
      g_assert_cmpint (tries, <=, 10);
      g_assert_cmpint (now - NOW, <, 3 * HOUR);
      g_assert_cmpint (decision.reason != NULL, ==, tries > 1);
    }
  BmnRetryDecision far
      = bmn_retry_decide (BMN_PLATFORM_ERROR_RATE_LIMITED, NOW + 25 * HOUR, 1, NOW, 0.5);
  g_assert_nonnull (far.reason);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/retry/decide", test_decide);
  g_test_add_func ("/schedule/retry/all-end", test_all_end);
  return g_test_run ();
}
