#include "test-support.h"

#include <string.h>

static void
turn_on (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  bmn_fake_mastodon_set_switch (fixture->fake, name, TRUE, &error);
  g_assert_no_error (error);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *name;
    const char *method;
    const char *path;
  } cases[] = {
    { "no-instance-v2", "GET", "/api/v2/instance" },
    { "no-instance", "GET", "/api/v1/instance" },
    { "no-instance", "GET", "/api/v2/instance" },
    { "no-edit", "PUT", "/api/v1/statuses/1" },
    { "no-media-v2", "POST", "/api/v2/media" },
    { "no-notifications", "GET", "/api/v1/notifications" },
    { "no-trends", "GET", "/api/v1/trends/tags" },
    { "no-search", "GET", "/api/v2/search?q=x" },
    { "no-tag-timeline", "GET", "/api/v1/timelines/tag/x" },
    { "no-followed-tags", "GET", "/api/v1/followed_tags" },
    { "no-schedules", "GET", "/api/v1/scheduled_statuses" },
    { "no-oauth-metadata", "GET", "/.well-known/oauth-authorization-server" },
    { "no-revoke", "POST", "/oauth/revoke" },
    { "no-context", "GET", "/api/v1/statuses/1/context" },
    { "no-source", "GET", "/api/v1/statuses/1/source" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      turn_on (fixture, cases[i].name);
      g_free (expect (fixture, cases[i].method, cases[i].path, NULL, 404));
      bmn_fake_mastodon_set_switch (fixture->fake, cases[i].name, FALSE, NULL);
    }
  turn_on (fixture, "no-instance-v2");
  g_free (expect (fixture, "GET", "/api/v1/instance", NULL, 200));
}

static void
test_key_ignored (Fixture *fixture, gconstpointer data)
{
  turn_on (fixture, "key-ignored");
  fixture->key = g_strdup ("k");
  g_autofree char *first = expect (fixture, "POST", "/api/v1/statuses", "status=a", 200);
  g_autofree char *second = expect (fixture, "POST", "/api/v1/statuses", "status=a", 200);
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpint (state_length (fixture, "duplicates"), ==, 1);
}

static void
test_schedule_ignored (Fixture *fixture, gconstpointer data)
{
  turn_on (fixture, "schedule-ignored");
  g_autoptr (Reply) reply
      = request (fixture, "POST", "/api/v1/statuses", "status=a&scheduled_at=2099-01-01T00:00:00Z");
  g_assert_nonnull (member_string (reply->json, "uri"));
  g_assert_cmpint (state_length (fixture, "statuses"), ==, 1);
}

static void
test_answers (Fixture *fixture, gconstpointer data)
{
  turn_on (fixture, "bad-request-400");
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=", 400));
  turn_on (fixture, "close-connections");
  turn_on (fixture, "https-links");
  turn_on (fixture, "unlisted-as-private");
  g_autoptr (Reply) reply
      = request (fixture, "POST", "/api/v1/statuses", "status=a&visibility=unlisted");
  g_assert_cmpstr (member_string (reply->json, "visibility"), ==, "private");
  g_assert_true (g_str_has_prefix (member_string (reply->json, "url"), "https://127.0.0.1:"));
  g_assert_cmpstr (reply_header (reply, "Connection"), ==, "close");
}

static void
test_throttling (Fixture *fixture, gconstpointer data)
{
  turn_on (fixture, "throttle-503");
  turn_on (fixture, "reset-epoch");
  bmn_fake_mastodon_set_limit (fixture->fake, "rate_requests=1", NULL);
  g_free (expect (fixture, "GET", "/api/v1/notifications", NULL, 200));
  g_autoptr (Reply) reply = request (fixture, "GET", "/api/v1/notifications", NULL);
  g_assert_cmpuint (reply->status, ==, 503);
  g_assert_true (g_str_has_prefix (reply_header (reply, "Retry-After"), "300, "));
  g_assert_nonnull (strstr (reply_header (reply, "Retry-After"), "GMT"));
  g_assert_cmpint (g_ascii_strtoll (reply_header (reply, "X-RateLimit-Reset"), NULL, 10), >,
                   1600000000);
}

static void
test_ids (Fixture *fixture, gconstpointer data)
{
  turn_on (fixture, "ids-ulid");
  g_autofree char *first = expect (fixture, "POST", "/api/v1/statuses", "status=a", 200);
  g_autofree char *second = expect (fixture, "POST", "/api/v1/statuses", "status=b", 200);
  g_assert_cmpuint (strlen (first), ==, 26);
  g_assert_cmpstr (first, <, second);
  bmn_fake_mastodon_set_switch (fixture->fake, "ids-ulid", FALSE, NULL);
  turn_on (fixture, "ids-words");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < 100; i++)
    g_assert_true (
        g_hash_table_add (seen, expect (fixture, "POST", "/api/v1/statuses", "status=c", 200)));
}

static void
test_configuration (Fixture *fixture, gconstpointer data)
{
  turn_on (fixture, "no-configuration");
  g_autoptr (Reply) reply = request (fixture, "GET", "/api/v2/instance", NULL);
  g_assert_null (member (reply->json, "configuration"));
  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_fake_mastodon_set_switch (fixture->fake, "no-such", TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_free (expect (fixture, "POST", "/_control/config", "{\"no-such\":true}", 400));
  g_free (expect (fixture, "POST", "/_control/config", "{\"max_characters\":-1}", 400));
}

static void
test_control (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Reply) token
      = request (fixture, "POST", "/_control/token", "{\"scopes\":\"read\",\"account\":\"bob\"}");
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=a", 200));
  g_free (expect (fixture, "POST", "/_control/expire-tokens", NULL, 200));
  g_free (expect (fixture, "GET", "/api/v1/notifications", NULL, 401));
  g_free (fixture->token);
  fixture->token = g_strdup (member_string (token->json, "access_token"));
  g_free (expect (fixture, "GET", "/api/v1/notifications", NULL, 401));
  g_autoptr (Reply) log = request (fixture, "GET", "/_control/requests", NULL);
  g_assert_cmpint (member_length (log->json, ""), ==, 3);
  g_free (expect (fixture, "POST", "/_control/reset", NULL, 200));
  g_assert_cmpint (state_length (fixture, "statuses"), ==, 0);
  g_autofree char *before = state_string (fixture, "now");
  g_free (expect (fixture, "POST", "/_control/advance", "{\"seconds\":90.5}", 200));
  g_autofree char *after = state_string (fixture, "now");
  g_assert_cmpstr (before, <, after);
}

static void
test_visibility_and_past (Fixture *fixture, gconstpointer data)
{
  turn_on (fixture, "private-as-unlisted");
  turn_on (fixture, "past-schedule-posts");
  g_autoptr (Reply) status = request (fixture, "POST", "/api/v1/statuses",
                                      "status=a&visibility=private&scheduled_at="
                                      "2001-01-01T00:00:00Z");
  g_assert_nonnull (member_string (status->json, "uri"));
  g_assert_cmpstr (member_string (status->json, "visibility"), ==, "unlisted");
}

static void
test_media (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) png = png_new (8, 8);
  turn_on (fixture, "jpeg-png-only");
  turn_on (fixture, "media-fails");
  g_autoptr (Reply) instance = request (fixture, "GET", "/api/v2/instance", NULL);
  g_assert_cmpint (
      member_length (instance->json, "configuration.media_attachments.supported_mime_types"), ==,
      2);
  g_autoptr (Reply) gif = upload (fixture, "/api/v2/media", "image/gif", "GIF89a1234", 10, NULL);
  g_assert_cmpuint (gif->status, ==, 422);
  g_autoptr (Reply) taken
      = upload (fixture, "/api/v2/media", "image/png", g_bytes_get_data (png, NULL), 33, NULL);
  g_assert_cmpuint (taken->status, ==, 202);
  const char *id = member_string (taken->json, "id");
  g_autofree char *path = g_strdup_printf ("/api/v1/media/%s", id);
  g_autofree char *body = g_strdup_printf ("media_ids[]=%s", id);
  g_free (expect (fixture, "GET", path, NULL, 206));
  bmn_fake_mastodon_advance (fixture->fake, 1);
  g_free (expect (fixture, "GET", path, NULL, 422));
  g_free (expect (fixture, "POST", "/api/v1/statuses", body, 422));
}

static void
test_headers (Fixture *fixture, gconstpointer data)
{
  g_free (expect (fixture, "POST", "/_control/status", "text=S&account=bob&count=3", 200));
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=%23a", 200));
  g_autoptr (Reply) linked = request (fixture, "GET", "/api/v1/timelines/tag/a", NULL);
  g_assert_nonnull (reply_header (linked, "Link"));
  turn_on (fixture, "no-link-header");
  turn_on (fixture, "no-rate-headers");
  turn_on (fixture, "retry-after");
  bmn_fake_mastodon_set_limit (fixture->fake, "rate_requests=3", NULL);
  g_autoptr (Reply) plain = request (fixture, "GET", "/api/v1/timelines/tag/a", NULL);
  g_assert_null (reply_header (plain, "Link"));
  g_assert_null (reply_header (plain, "X-RateLimit-Limit"));
  g_autoptr (Reply) refused = request (fixture, "GET", "/api/v1/timelines/tag/a", NULL);
  g_assert_cmpuint (refused->status, ==, 429);
  g_assert_cmpstr (reply_header (refused, "Retry-After"), ==, "300");
}

void
add_switch_tests (void)
{
  add ("switches/visibility-and-past", test_visibility_and_past);
  add ("switches/media", test_media);
  add ("switches/headers", test_headers);
  add ("switches/missing", test_missing);
  add ("switches/key-ignored", test_key_ignored);
  add ("switches/schedule-ignored", test_schedule_ignored);
  add ("switches/answers", test_answers);
  add ("switches/throttling", test_throttling);
  add ("switches/ids", test_ids);
  add ("switches/configuration", test_configuration);
  add ("switches/control", test_control);
}
