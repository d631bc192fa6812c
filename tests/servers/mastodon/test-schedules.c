#include "test-support.h"

#include <string.h>

static char *
schedule (Fixture *fixture, const char *text, gint64 ahead, guint status)
{
  g_autofree char *when = time_ahead (fixture, ahead);
  g_autofree char *body
      = g_strdup_printf ("{\"status\":\"%s\",\"scheduled_at\":\"%s\"}", text, when);
  return expect (fixture, "POST", "/api/v1/statuses", body, status);
}

static void
test_fires (Fixture *fixture, gconstpointer data)
{
  g_autofree char *when = time_ahead (fixture, 3600);
  g_autofree char *body
      = g_strdup_printf ("status=later&scheduled_at=%s&visibility=unlisted", when);
  fixture->key = g_strdup ("k");
  g_autoptr (Reply) reply = request (fixture, "POST", "/api/v1/statuses", body);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_null (member (reply->json, "uri"));
  g_assert_nonnull (member_string (reply->json, "scheduled_at"));
  g_assert_cmpstr (member_string (reply->json, "params.text"), ==, "later");
  g_assert_cmpstr (member_string (reply->json, "params.visibility"), ==, "unlisted");
  g_assert_cmpint (member_length (reply->json, "media_attachments"), ==, 0);
  g_autofree char *again = expect (fixture, "POST", "/api/v1/statuses", body, 200);
  g_assert_cmpstr (again, ==, member_string (reply->json, "id"));

  bmn_fake_mastodon_advance (fixture->fake, 3599);
  g_assert_cmpint (state_length (fixture, "statuses"), ==, 0);
  bmn_fake_mastodon_advance (fixture->fake, 2);
  g_autofree char *source = state_string (fixture, "statuses.0.source");
  g_autofree char *created = state_string (fixture, "statuses.0.created_at");
  g_assert_cmpstr (source, ==, "scheduled");
  g_assert_true (g_str_has_prefix (created, "2"));
  g_assert_cmpint (state_length (fixture, "statuses"), ==, 1);
  g_assert_cmpint (state_length (fixture, "scheduled"), ==, 0);
}

static void
test_times (Fixture *fixture, gconstpointer data)
{
  g_free (schedule (fixture, "a", 299, 422));
  g_free (schedule (fixture, "a", 301, 200));
  g_free (schedule (fixture, "a", -60, 422));
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=a&scheduled_at=tomorrow", 422));
  g_free (
      expect (fixture, "POST", "/api/v1/statuses", "status=a&scheduled_at=2099-01-01T10:00", 422));
  g_free (expect (fixture, "POST", "/api/v1/statuses",
                  "status=a&scheduled_at=2099-01-01T10:00:00%2B02:00", 200));
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=&scheduled_at=2099-01-01T10:00:00Z",
                  422));
}

static void
test_list_move_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = schedule (fixture, "a", 4000, 200);
  g_autofree char *path = g_strdup_printf ("/api/v1/scheduled_statuses/%s", id);
  g_autofree char *soon = time_ahead (fixture, 10);
  g_autofree char *late = time_ahead (fixture, 8000);
  g_autofree char *bad = g_strdup_printf ("scheduled_at=%s", soon);
  g_autofree char *good = g_strdup_printf ("scheduled_at=%s", late);
  g_autoptr (Reply) list = request (fixture, "GET", "/api/v1/scheduled_statuses", NULL);
  g_assert_cmpint (member_length (list->json, ""), ==, 1);
  g_free (expect (fixture, "GET", path, NULL, 200));
  g_free (expect (fixture, "PUT", path, bad, 422));
  g_free (expect (fixture, "PUT", path, good, 200));
  bmn_fake_mastodon_advance (fixture->fake, 5000);
  g_assert_cmpint (state_length (fixture, "statuses"), ==, 0);
  g_free (expect (fixture, "DELETE", path, NULL, 200));
  g_free (expect (fixture, "DELETE", path, NULL, 404));
  g_free (expect (fixture, "GET", path, NULL, 404));
  bmn_fake_mastodon_advance (fixture->fake, 5000);
  g_assert_cmpint (state_length (fixture, "statuses"), ==, 0);
}

static void
test_caps (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 25; i++)
    g_free (expect (fixture, "POST", "/api/v1/statuses",
                    "status=a&scheduled_at=2099-01-01T10:00:00Z", 200));
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=a&scheduled_at=2099-01-01T23:59:59Z",
                  422));
  bmn_fake_mastodon_set_limit (fixture->fake, "schedule_total=26", NULL);
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=a&scheduled_at=2099-01-02T00:00:00Z",
                  200));
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=a&scheduled_at=2099-01-03T00:00:00Z",
                  422));
}

static void
test_limits_shrink (Fixture *fixture, gconstpointer data)
{
  g_free (schedule (fixture, "much too long", 4000, 200));
  g_free (schedule (fixture, "short", 4001, 200));
  g_free (expect (fixture, "POST", "/_control/config", "{\"max_characters\":5}", 200));
  bmn_fake_mastodon_advance (fixture->fake, 5000);
  g_assert_cmpint (state_length (fixture, "statuses"), ==, 1);
  g_assert_cmpint (state_length (fixture, "lost"), ==, 1);
  g_autofree char *reason = state_string (fixture, "lost.0.reason");
  g_assert_nonnull (strstr (reason, "limit of 5"));
}

void
add_schedule_tests (void)
{
  add ("schedules/fires", test_fires);
  add ("schedules/times", test_times);
  add ("schedules/list-move-cancel", test_list_move_cancel);
  add ("schedules/caps", test_caps);
  add ("schedules/limits-shrink", test_limits_shrink);
}
