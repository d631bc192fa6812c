#include "fake-rate.h"

typedef struct
{
  gint64 ends_at;
  gint64 used;
} Bucket;

typedef struct
{
  const char *name;
  gint64 limit;
  gint64 seconds;
} Rule;

static Bucket *
bucket_of (FakeCall *call, const Rule *rule)
{
  gint64 now = fake_now (call->fake);
  g_autofree char *key
      = g_strdup_printf ("%s/%s", rule->name, call->account ? call->account->id : "anonymous");
  Bucket *bucket = g_hash_table_lookup (call->fake->buckets, key);
  if (!bucket)
    {
      bucket = g_new0 (Bucket, 1);
      g_hash_table_insert (call->fake->buckets, g_steal_pointer (&key), bucket);
    }
  if (bucket->ends_at <= now)
    {
      bucket->ends_at = now + rule->seconds * G_TIME_SPAN_SECOND;
      bucket->used = 0;
    }
  return bucket;
}

static gboolean
is_media_upload (FakeCall *call)
{
  const char *path = fake_call_get_path (call);
  return soup_server_message_get_method (call->message) == SOUP_METHOD_POST
         && (g_str_equal (path, "/api/v1/media") || g_str_equal (path, "/api/v2/media"));
}

static gboolean
is_deletion (FakeCall *call)
{
  return soup_server_message_get_method (call->message) == SOUP_METHOD_DELETE
         && g_str_has_prefix (fake_call_get_path (call), "/api/v1/statuses/");
}

static void
add_headers (FakeCall *call, const Rule *rule, const Bucket *bucket)
{
  const FakeConfig *config = &call->fake->config;
  if (fake_config_has (config, FAKE_SWITCH_NO_RATE_HEADERS))
    return;
  g_autofree char *limit = g_strdup_printf ("%" G_GINT64_FORMAT, rule->limit);
  g_autofree char *remaining
      = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (rule->limit - bucket->used, 0));
  g_autofree char *reset
      = fake_config_has (config, FAKE_SWITCH_RESET_EPOCH)
            ? g_strdup_printf ("%" G_GINT64_FORMAT, bucket->ends_at / G_TIME_SPAN_SECOND)
            : fake_instant_to_text (bucket->ends_at);
  soup_message_headers_replace (call->headers, "X-RateLimit-Limit", limit);
  soup_message_headers_replace (call->headers, "X-RateLimit-Remaining", remaining);
  soup_message_headers_replace (call->headers, "X-RateLimit-Reset", reset);
}

void
fake_rate_add_retry_after (FakeCall *call, gint64 seconds)
{
  g_autofree char *relative = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  g_autoptr (GDateTime) time
      = g_date_time_new_from_unix_utc (fake_now (call->fake) / G_TIME_SPAN_SECOND + seconds);
  g_autofree char *date = soup_date_time_to_string (time, SOUP_DATE_HTTP);
  soup_message_headers_append (call->headers, "Retry-After", relative);
  soup_message_headers_append (call->headers, "Retry-After", date);
}

static void
refuse (FakeCall *call, const Bucket *bucket)
{
  const FakeConfig *config = &call->fake->config;
  gint64 left = bucket->ends_at - fake_now (call->fake);
  gint64 seconds = (left + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND;
  if (fake_config_has (config, FAKE_SWITCH_THROTTLE_503))
    {
      fake_rate_add_retry_after (call, seconds);
      fake_call_fail (call, 503, "Service Unavailable");
      return;
    }
  if (fake_config_has (config, FAKE_SWITCH_RETRY_AFTER))
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
      soup_message_headers_replace (call->headers, "Retry-After", text);
    }
  fake_call_fail (call, 429, "Too many requests");
}

gboolean
fake_rate_take (FakeCall *call)
{
  const FakeConfig *config = &call->fake->config;
  Rule rules[2] = { { "requests", config->rate_requests, config->rate_requests_seconds } };
  int n_rules = 1;
  if (is_media_upload (call))
    rules[n_rules++] = (Rule){ "media", config->rate_media, config->rate_media_seconds };
  else if (is_deletion (call))
    rules[n_rules++] = (Rule){ "deletes", config->rate_deletes, config->rate_deletes_seconds };

  int closest = 0;
  Bucket *buckets[2];
  for (int i = 0; i < n_rules; i++)
    {
      buckets[i] = bucket_of (call, &rules[i]);
      buckets[i]->used++;
      if (rules[i].limit - buckets[i]->used < rules[closest].limit - buckets[closest]->used)
        closest = i;
    }
  add_headers (call, &rules[closest], buckets[closest]);
  if (buckets[closest]->used <= rules[closest].limit)
    return TRUE;
  refuse (call, buckets[closest]);
  return FALSE;
}
