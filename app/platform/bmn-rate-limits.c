#include "bmn-rate-limits-private.h"
#include "bmn-http-status-private.h"
#include "bmn-instant.h"

/* A number of seconds below this counts from now, above since 1970. */
#define LEAST_EPOCH (1000 * 1000 * 1000)

/* A refusal without a time of its own holds us back for this long. */
#define DEFAULT_WAIT (60 * G_USEC_PER_SEC)

#define MAX_RESERVE 30

struct _BmnRateLimits
{
  GHashTable *buckets; /* (owned) (element-type utf8 BmnBucket) */
};

typedef struct
{
  gint64 limit;
  gint64 remaining;
  gint64 reset_at;
  gint64 blocked_until;
} BmnBucket;

BmnRateLimits *
bmn_rate_limits_new (void)
{
  BmnRateLimits *limits = g_new0 (BmnRateLimits, 1);
  limits->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return limits;
}

void
bmn_rate_limits_free (BmnRateLimits *limits)
{
  g_hash_table_unref (limits->buckets);
  g_free (limits);
}

static char *
bucket_name (const char *host, gint64 account_id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", account_id, host);
}

static gint64
reserve_for (const BmnBucket *bucket, BmnHttpPriority priority)
{
  if (priority == BMN_HTTP_PRIORITY_PUBLISH)
    return 0;
  if (priority == BMN_HTTP_PRIORITY_USER)
    return 1;
  return CLAMP (bucket->limit / 10, 1, MAX_RESERVE);
}

gint64
bmn_rate_limits_admit (BmnRateLimits *limits,
                       const char *host,
                       gint64 account_id,
                       BmnHttpPriority priority,
                       gint64 now)
{
  g_autofree char *name = bucket_name (host, account_id);
  BmnBucket *bucket = g_hash_table_lookup (limits->buckets, name);
  if (!bucket)
    return 0;
  if (now < bucket->blocked_until)
    return bucket->blocked_until;
  if (now >= bucket->reset_at)
    return 0;
  if (bucket->remaining <= reserve_for (bucket, priority))
    return bucket->reset_at;
  bucket->remaining--;
  return 0;
}

/* Returns: whether the header is there, under its standard or its older name, as a number */
static gboolean
get_number (const BmnHttpResponse *response, const char *what, gint64 *number)
{
  g_autofree char *standard = g_strconcat ("ratelimit-", what, NULL);
  g_autofree char *older = g_strconcat ("x-ratelimit-", what, NULL);
  const char *value = bmn_http_response_get_header (response, standard);
  if (!value)
    value = bmn_http_response_get_header (response, older);
  return value && g_ascii_string_to_signed (value, 10, 0, G_MAXINT64 / 2, number, NULL);
}

/* Returns: µs; 0 where the server does not say */
static gint64
get_reset (const BmnHttpResponse *response, gint64 now)
{
  gint64 seconds, instant;
  if (get_number (response, "reset", &seconds))
    {
      if (seconds >= G_MAXINT64 / 2 / G_USEC_PER_SEC)
        return 0;
      return (seconds < LEAST_EPOCH ? now : 0) + seconds * G_USEC_PER_SEC;
    }
  const char *names[] = { "ratelimit-reset", "x-ratelimit-reset" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = bmn_http_response_get_header (response, names[i]);
      if (value && bmn_instant_parse (value, &instant, NULL))
        return instant;
    }
  return 0;
}

void
bmn_rate_limits_learn (BmnRateLimits *limits,
                       const char *host,
                       gint64 account_id,
                       const BmnHttpResponse *response,
                       gint64 now)
{
  const gboolean refused = bmn_http_is_rate_limited (response);
  gint64 remaining = 0;
  const gint64 reset_at = get_reset (response, now);
  const gboolean counted = get_number (response, "remaining", &remaining) && reset_at > 0;
  if (!refused && !counted)
    return;

  char *name = bucket_name (host, account_id);
  BmnBucket *bucket = g_hash_table_lookup (limits->buckets, name);
  if (bucket)
    g_free (name);
  else
    {
      bucket = g_new0 (BmnBucket, 1);
      g_hash_table_insert (limits->buckets, name, bucket);
    }
  if (counted)
    {
      get_number (response, "limit", &bucket->limit);
      bucket->remaining = remaining;
      bucket->reset_at = MIN (reset_at, now + BMN_HTTP_MAX_WAIT);
    }
  if (refused)
    {
      gint64 retry_at = bmn_http_retry_at (response, now);
      if (retry_at == 0)
        retry_at = counted && remaining == 0 ? bucket->reset_at : now + DEFAULT_WAIT;
      bucket->blocked_until = retry_at;
    }
}
