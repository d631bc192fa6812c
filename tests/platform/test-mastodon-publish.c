#include "bmn-error.h"
#include "bmn-mastodon-private.h"
#include "bmn-platform-error.h"
#include "mastodon-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#define ADD(name, func, ...)                                                                       \
  {                                                                                                \
    static const char *const options[] = { __VA_ARGS__ __VA_OPT__ (, ) NULL };                     \
    g_test_add ("/platform/mastodon/" name, MastodonFixture, options, mastodon_fixture_set_up,     \
                func, mastodon_fixture_tear_down);                                                 \
  }

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* Publishes all parts and leaves their receipts in @request. */
static void
publish_all (MastodonFixture *fixture, BmnPublishRequest *request)
{
  for (guint part = 0; part < request->parts->len; part++)
    {
      g_autoptr (GError) error = NULL;
      request->part = part;
      g_autoptr (GPtrArray) receipts = mastodon_publish (fixture, request, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (receipts->len, ==, 1);
      g_ptr_array_add (request->receipts, bmn_receipt_copy (receipts->pdata[0]));
    }
}

static const BmnReceipt *
receipt_of (const BmnPublishRequest *request, guint i)
{
  return request->receipts->pdata[i];
}

static void
test_features (MastodonFixture *fixture, gconstpointer data)
{
  static const char *const answers[] = { "Rye", "Wheat", NULL };
  g_autoptr (BmnPublishRequest) request
      = mastodon_request_new ("Which loaf? äöü 👩‍👩‍👧", NULL);
  request->post->content_warning = g_strdup ("Bread");
  request->post->language = g_strdup ("de");
  request->post->sensitive = TRUE;
  request->post->visibility = BMN_VISIBILITY_UNLISTED;
  request->post->poll = bmn_poll_new (answers, 3600);
  request->post->poll->multiple = TRUE;
  publish_all (fixture, request);
  g_autoptr (JsonNode) state = mastodon_fixture_state (fixture);
  JsonObject *status = mastodon_state_get (state, "statuses", 0);
  g_assert_cmpstr (bmn_json_get_string (status, "text"), ==,
                   "Which loaf? äöü 👩‍👩‍👧");
  g_assert_cmpstr (bmn_json_get_string (status, "spoiler_text"), ==, "Bread");
  g_assert_cmpstr (bmn_json_get_string (status, "language"), ==, "de");
  g_assert_cmpstr (bmn_json_get_string (status, "visibility"), ==, "unlisted");
  g_assert_true (bmn_json_get_bool (status, "sensitive"));
  g_assert_cmpuint (json_array_get_length (bmn_json_get_array (status, "poll")), ==, 2);
  g_assert_cmpstr (bmn_json_get_string (status, "id"), ==, receipt_of (request, 0)->remote_id);
  g_assert_cmpuint (mastodon_state_count (state, "complaints"), ==, 0);
}

static void
test_thread (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = mastodon_request_new ("One", "Two", "Three", NULL);
  g_autoptr (GError) error = NULL;
  request->part = 1;
  g_assert_null (mastodon_publish (fixture, request, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  publish_all (fixture, request);
  g_autoptr (JsonNode) state = mastodon_fixture_state (fixture);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpstr (
        bmn_json_get_string (mastodon_state_get (state, "statuses", i), "in_reply_to_id"), ==,
        receipt_of (request, i - 1)->remote_id);
  /* Removing begins at the end, and twice is once. */
  g_clear_error (&error);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (mastodon_remove (fixture, request, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, 0);
    }
}

/* A JPEG of noise in a temporary file. */
static BmnMedia *
make_picture (int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    pixels[i] = (i * 7919) >> 3;
  BmnMedia *media = bmn_media_new ();
  g_autofree char *name = NULL;
  int fd = g_file_open_tmp ("bellman-XXXXXX.jpg", &name, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (gdk_pixbuf_save (pixbuf, name, "jpeg", NULL, NULL));
  media->path = g_steal_pointer (&name);
  media->mime_type = g_strdup ("image/jpeg");
  media->alt = g_strdup ("Noise, ünbearable");
  media->focus_x = 0.5;
  media->focus_y = -0.25;
  return media;
}

static BmnPublishRequest *
make_picture_request (int width, int height)
{
  BmnPublishRequest *request = mastodon_request_new ("With a picture", NULL);
  BmnPart *part = request->parts->pdata[0];
  g_ptr_array_add (part->media, make_picture (width, height));
  return request;
}

static void
remove_picture (BmnPublishRequest *request)
{
  BmnPart *part = request->parts->pdata[0];
  g_remove (((BmnMedia *)part->media->pdata[0])->path);
}

static void
test_media (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = make_picture_request (300, 200);
  publish_all (fixture, request);
  g_autoptr (JsonNode) state = mastodon_fixture_state (fixture);
  JsonObject *medium = mastodon_state_get (state, "media", 0);
  gint64 width, height;
  g_assert_cmpstr (bmn_json_get_string (medium, "description"), ==, "Noise, ünbearable");
  g_assert_cmpfloat (json_object_get_double_member (medium, "focus_x"), ==, 0.5);
  g_assert_cmpfloat (json_object_get_double_member (medium, "focus_y"), ==, -0.25);
  g_assert_false (bmn_json_get_bool (medium, "has_metadata"));
  g_assert_true (bmn_json_get_int (medium, "width", &width));
  g_assert_true (bmn_json_get_int (medium, "height", &height));
  g_assert_cmpint (width * height, <=, 20000);
  g_assert_cmpstr (bmn_json_get_string (medium, "status_id"), ==,
                   receipt_of (request, 0)->remote_id);
  remove_picture (request);
}

static void
test_media_fails (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = make_picture_request (30, 20);
  g_autoptr (GError) error = NULL;
  g_assert_null (mastodon_publish (fixture, request, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, 0);
  remove_picture (request);
}

/* Media that are not ready within their time are no post, and certainly none. */
static void
test_media_slow (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = make_picture_request (30, 20);
  g_autoptr (GError) error = NULL;
  bmn_account_set_setting (bmn_platform_get_account (fixture->platform), "request-life", "3");
  g_assert_null (mastodon_publish (fixture, request, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_TIMED_OUT);
  g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, 0);
  remove_picture (request);
}

static void
test_edit (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = mastodon_request_new ("Before", "Second", NULL);
  g_autoptr (GError) error = NULL;
  publish_all (fixture, request);
  BmnPart *first = request->parts->pdata[0];
  g_free (first->text);
  first->text = g_strdup ("After");
  g_autoptr (GPtrArray) receipts = mastodon_edit (fixture, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 2);
  g_assert_cmpstr (((BmnReceipt *)receipts->pdata[0])->remote_id, ==,
                   receipt_of (request, 0)->remote_id);
  g_autoptr (JsonNode) state = mastodon_fixture_state (fixture);
  g_assert_cmpstr (bmn_json_get_string (mastodon_state_get (state, "statuses", 0), "text"), ==,
                   "After");
  g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, 2);
}

static void
test_no_edit (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = mastodon_request_new ("Before", NULL);
  g_autoptr (GError) error = NULL;
  publish_all (fixture, request);
  g_assert_true (bmn_platform_get_capabilities (fixture->platform)->can_edit);
  g_assert_null (mastodon_edit (fixture, request, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_assert_false (bmn_platform_get_capabilities (fixture->platform)->can_edit);
}

static void
advance (MastodonFixture *fixture, int seconds)
{
  g_autofree char *json = g_strdup_printf ("{\"seconds\":%d}", seconds);
  g_autoptr (JsonNode) ignored = mastodon_fixture_control (fixture, "advance", json);
}

static void
assert_same_held (const BmnReceipt *found, const BmnReceipt *expected)
{
  g_assert_true (found->held);
  g_assert_cmpstr (found->remote_id, ==, expected->remote_id);
  g_assert_cmpint (found->published_at, ==, expected->published_at);
}

static void
test_schedule (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = mastodon_request_new ("In an hour", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (bmn_platform_get_capabilities (fixture->platform)->can_schedule);
  request->schedule_at = g_get_real_time () + HOUR;
  publish_all (fixture, request);
  g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, 0);
  g_assert_null (receipt_of (request, 0)->url);
  g_assert_true (receipt_of (request, 0)->held);
  g_assert_cmpint (receipt_of (request, 0)->published_at / 1000, ==, request->schedule_at / 1000);

  /* Held, and it says so. */
  g_autoptr (GPtrArray) held = mastodon_read_back (fixture, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (held->len, ==, 1);
  assert_same_held (held->pdata[0], receipt_of (request, 0));

  /* Found without its receipt as well, among others. */
  g_autoptr (BmnPublishRequest) other = mastodon_request_new ("Another", NULL);
  other->schedule_at = request->schedule_at;
  publish_all (fixture, other);
  g_autoptr (BmnPublishRequest) lost = mastodon_request_new ("In an hour", NULL);
  lost->schedule_at = request->schedule_at;
  lost->first_sent_at = g_get_real_time ();
  g_autoptr (GPtrArray) found = mastodon_read_back (fixture, lost, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  assert_same_held (found->pdata[0], receipt_of (request, 0));
  lost->schedule_at += HOUR;
  g_autoptr (GPtrArray) none = mastodon_read_back (fixture, lost, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (mastodon_remove (fixture, other, &error));

  /* At its time what came out of it is found. */
  advance (fixture, 2 * 3600 + 60);
  g_autoptr (GPtrArray) out = mastodon_read_back (fixture, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (out->len, ==, 1);
  g_assert_nonnull (((BmnReceipt *)out->pdata[0])->url);
  g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, 1);
}

static void
test_schedule_cancel (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = mastodon_request_new ("Never", NULL);
  g_autoptr (GError) error = NULL;
  request->schedule_at = g_get_real_time () + HOUR;
  publish_all (fixture, request);
  g_assert_true (mastodon_remove (fixture, request, &error));
  g_assert_no_error (error);
  /* What is gone from the schedule may have gone out, so that is said. */
  g_assert_false (mastodon_remove (fixture, request, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  advance (fixture, 2 * 3600);
  g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, 0);
}

/* Posted at once: said as it is, and not asked for again. */
static void
test_schedule_ignored (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = mastodon_request_new ("At once", NULL);
  g_autoptr (GError) error = NULL;
  request->schedule_at = g_get_real_time () + HOUR;
  publish_all (fixture, request);
  g_assert_nonnull (receipt_of (request, 0)->url);
  g_assert_false (bmn_platform_get_capabilities (fixture->platform)->can_schedule);
  g_autoptr (BmnPublishRequest) again = mastodon_request_new ("Not again", NULL);
  again->schedule_at = request->schedule_at;
  g_assert_null (mastodon_publish (fixture, again, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_clear_error (&error);
  /* Neither does a check forget it. */
  g_autoptr (BmnAccountHealth) health = mastodon_check (fixture, &error);
  g_assert_no_error (error);
  g_assert_false (bmn_platform_get_capabilities (fixture->platform)->can_schedule);
  g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, 1);
}

static void
test_no_schedules (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = mastodon_request_new ("Not held", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_platform_get_capabilities (fixture->platform)->can_schedule);
  request->schedule_at = g_get_real_time () + HOUR;
  g_assert_null (mastodon_publish (fixture, request, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, 0);
}

/* What each fault means: certain or not, and never a second post by a repetition with the key. */
static void
test_faults (MastodonFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *kind;
    const char *more;
    int code;
    guint n_out;
  } cases[] = {
    { "reset-before", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 0 },
    { "close-before", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 0 },
    { "error-before", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 0 },
    { "error-before", ",\"arg\":\"422\"", BMN_PLATFORM_ERROR_REJECTED, 0 },
    { "error-before", ",\"arg\":\"401\"", BMN_PLATFORM_ERROR_AUTH_EXPIRED, 0 },
    { "html", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 0 },
    { "redirect-loop", NULL, BMN_PLATFORM_ERROR_BAD_REPLY, 0 },
    { "redirect-away", NULL, BMN_PLATFORM_ERROR_BAD_REPLY, 0 },
    { "reset-after", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "close-after", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "error-after", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "hang-after", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "cut", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "drip", ",\"arg\":\"100\"", BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "huge", ",\"arg\":\"64\"", BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "json-truncated", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "json-types", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "json-swapped", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "json-missing", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "json-null", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "json-nested", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "json-empty", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    { "json-binary", NULL, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, 1 },
    /* The last, as it closes the bucket of the rate limit. */
    { "busy", NULL, BMN_PLATFORM_ERROR_RATE_LIMITED, 0 },
  };
  bmn_account_set_setting (bmn_platform_get_account (fixture->platform), "request-life", "5");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("Case %zu of %s", i, cases[i].kind);
      g_autofree char *more
          = g_strconcat (",\"count\":1", cases[i].more ? cases[i].more : "", NULL);
      g_autoptr (BmnPublishRequest) request = mastodon_request_new (text, NULL);
      g_autoptr (GError) error = NULL;
      const guint before = mastodon_fixture_count_out (fixture);
      g_test_message ("%s", text);
      mastodon_fixture_fault (fixture, cases[i].kind, more);
      g_assert_null (mastodon_publish (fixture, request, &error));
      g_assert_error (error, BMN_PLATFORM_ERROR, cases[i].code);
      g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, before + cases[i].n_out);
      if (cases[i].code == BMN_PLATFORM_ERROR_RATE_LIMITED)
        break;
      /* The read-back knows what the answer did not say. */
      g_clear_error (&error);
      request->first_sent_at = g_get_real_time ();
      g_autoptr (GPtrArray) found = mastodon_read_back (fixture, request, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, cases[i].n_out);
      if (cases[i].n_out == 0)
        continue;
      g_autoptr (GPtrArray) again = mastodon_publish (fixture, request, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (((BmnReceipt *)again->pdata[0])->remote_id, ==,
                       ((BmnReceipt *)found->pdata[0])->remote_id);
      g_assert_cmpuint (mastodon_fixture_count_out (fixture), ==, before + 1);
    }
  g_autoptr (JsonNode) state = mastodon_fixture_state (fixture);
  g_assert_cmpuint (mastodon_state_count (state, "decoy"), ==, 0);
}

static void
test_refused (MastodonFixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (600, 'x');
  g_autoptr (BmnPublishRequest) request = mastodon_request_new (text, NULL);
  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_platform_validate (fixture->platform, request->post, request->parts, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_clear_error (&error);
  /* Sent all the same, the server's own words come back. */
  g_assert_null (mastodon_publish (fixture, request, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_assert_nonnull (strstr (error->message, "500"));
}

static void
test_validate (MastodonFixture *fixture, gconstpointer data)
{
  static const char *const two[] = { "a", "b", NULL };
  static const char *const one[] = { "a", NULL };
  const struct
  {
    const char *text;
    const char *warning;
    const char *const *answers;
    gint64 duration;
    gboolean fits;
  } cases[] = {
    { "0123456789", NULL, NULL, 0, TRUE },
    { "0123456789", "0123456789", NULL, 0, TRUE },
    { "0123456789", "01234567890123456789x", NULL, 0, FALSE },
    { "https://example.org/a/long/address/that/counts/as/23", NULL, NULL, 0, TRUE },
    { "@bob@a.very.long.domain.example.org and @carol@example.org", NULL, NULL, 0, TRUE },
    { "0123456789012345678901234567890", NULL, NULL, 0, FALSE },
    { "poll", NULL, two, 3600, TRUE },
    { "poll", NULL, two, 10, FALSE },
    { "poll", NULL, one, 3600, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnPublishRequest) request = mastodon_request_new (cases[i].text, NULL);
      g_autoptr (GError) error = NULL;
      request->post->content_warning = g_strdup (cases[i].warning);
      if (cases[i].answers)
        request->post->poll = bmn_poll_new (cases[i].answers, cases[i].duration);
      g_test_message ("%zu", i);
      g_assert_cmpint (
          bmn_platform_validate (fixture->platform, request->post, request->parts, &error), ==,
          cases[i].fits);
      g_assert_cmpint (error == NULL, ==, cases[i].fits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("features", test_features);
  ADD ("features-words", test_features, "--switch=ids-words", "--switch=close-connections");
  ADD ("thread", test_thread);
  ADD ("thread-ulid", test_thread, "--switch=ids-ulid", "--switch=https-links");
  ADD ("media", test_media, "--limit=image_matrix_limit=20000");
  ADD ("media-old", test_media, "--limit=image_matrix_limit=20000", "--switch=no-media-v2");
  ADD ("media-now", test_media, "--limit=image_matrix_limit=20000",
       "--limit=image_processing_ms=0");
  ADD ("media-fails", test_media_fails, "--switch=media-fails");
  ADD ("media-slow", test_media_slow, "--limit=image_processing_ms=60000");
  ADD ("edit", test_edit);
  ADD ("no-edit", test_no_edit, "--switch=no-edit");
  ADD ("schedule", test_schedule);
  ADD ("schedule-cancel", test_schedule_cancel);
  ADD ("schedule-ignored", test_schedule_ignored, "--switch=schedule-ignored");
  ADD ("no-schedules", test_no_schedules, "--switch=no-schedules");
  ADD ("faults", test_faults, "--limit=rate_requests=100000");
  ADD ("refused", test_refused);
  ADD ("refused-400", test_refused, "--switch=bad-request-400");
  ADD ("validate", test_validate, "--limit=max_characters=30");
  return g_test_run ();
}
