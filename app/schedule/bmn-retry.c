#include "bmn-retry.h"

#include <glib/gi18n-lib.h>

/* One row of the table in the header. */
typedef struct
{
  int first_wait; /* seconds */
  int max_wait;   /* seconds */
  int max_tries;
  BmnRetryAction end;
} BmnRetryRule;

#define WAIT_FACTOR 3
#define ANY_NUMBER G_MAXINT
#define MAX_SERVER_WAIT (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define SERVER_JITTER (15 * G_USEC_PER_SEC)

static const BmnRetryRule retry_rules[BMN_PLATFORM_ERROR_LAST] = {
  [BMN_PLATFORM_ERROR_OFFLINE] = { 5, 15 * 60, ANY_NUMBER, BMN_RETRY_GIVE_UP },
  [BMN_PLATFORM_ERROR_TIMED_OUT] = { 10, 30 * 60, 10, BMN_RETRY_GIVE_UP },
  [BMN_PLATFORM_ERROR_SERVER] = { 10, 30 * 60, 10, BMN_RETRY_GIVE_UP },
  [BMN_PLATFORM_ERROR_BAD_REPLY] = { 10, 30 * 60, 4, BMN_RETRY_GIVE_UP },
  [BMN_PLATFORM_ERROR_RATE_LIMITED] = { 5 * 60, 5 * 60, 10, BMN_RETRY_GIVE_UP },
  [BMN_PLATFORM_ERROR_AUTH_EXPIRED] = { 0, 0, 1, BMN_RETRY_NEEDS_LOGIN },
  [BMN_PLATFORM_ERROR_REJECTED] = { 0, 0, 1, BMN_RETRY_GIVE_UP },
  [BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME] = { 0, 0, 1, BMN_RETRY_ASK },
};

static BmnRetryDecision
end_with (BmnRetryAction action, const char *reason)
{
  return (BmnRetryDecision){ action, 0, reason };
}

/* Returns: µs, without jitter */
static gint64
get_wait (const BmnRetryRule *rule, int tries)
{
  gint64 wait = rule->first_wait;
  for (int i = 1; i < tries && wait < rule->max_wait; i++)
    wait *= WAIT_FACTOR;
  return MIN (wait, rule->max_wait) * G_USEC_PER_SEC;
}

static gint64
choose_time (BmnPlatformError code, gint64 server_retry_at, gint64 wait, gint64 now, double random)
{
  gint64 server_jitter = SERVER_JITTER * random;
  gint64 spread = now + wait * (0.5 + random);
  if (code != BMN_PLATFORM_ERROR_RATE_LIMITED)
    return MAX (spread, server_retry_at + server_jitter);
  /* Our own wait stands in for a server's time that is missing or past. */
  return (server_retry_at > now ? server_retry_at : now + wait) + server_jitter;
}

BmnRetryDecision
bmn_retry_decide (
    BmnPlatformError code, gint64 server_retry_at, int tries, gint64 now, double random)
{
  if ((guint)code >= BMN_PLATFORM_ERROR_LAST)
    return end_with (BMN_RETRY_GIVE_UP, NULL);
  const BmnRetryRule *rule = &retry_rules[code];
  if (tries >= rule->max_tries)
    return end_with (rule->end, rule->max_tries == 1
                                    ? NULL
                                    : _ ("It was tried several times. Try it again when the "
                                         "platform works."));
  if (server_retry_at > now + MAX_SERVER_WAIT)
    return end_with (BMN_RETRY_GIVE_UP,
                     _ ("The platform takes nothing from this account for more than a day. "
                        "Choose a later time."));
  return (BmnRetryDecision){
    BMN_RETRY_AGAIN, choose_time (code, server_retry_at, get_wait (rule, tries), now, random), NULL
  };
}
