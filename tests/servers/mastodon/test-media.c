#include "test-support.h"

#include <string.h>

static char *
upload_png (Fixture *fixture)
{
  g_autoptr (GBytes) png = png_new (640, 480);
  gsize size;
  const void *data = g_bytes_get_data (png, &size);
  g_autoptr (Reply) reply
      = upload (fixture, "/api/v2/media", "image/png", data, size, "description=A+cat");
  g_assert_no_error (reply->error);
  g_assert_cmpuint (reply->status, ==, 202);
  g_assert_null (member_string (reply->json, "url"));
  return g_strdup (member_string (reply->json, "id"));
}

static void
test_processing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = upload_png (fixture);
  g_autofree char *path = g_strdup_printf ("/api/v1/media/%s", id);
  g_autofree char *body = g_strdup_printf ("media_ids[]=%s", id);
  g_free (expect (fixture, "GET", path, NULL, 206));
  g_free (expect (fixture, "POST", "/api/v1/statuses", body, 422));
  bmn_fake_mastodon_advance (fixture->fake, 1);
  g_autoptr (Reply) ready = request (fixture, "GET", path, NULL);
  g_assert_cmpuint (ready->status, ==, 200);
  g_assert_nonnull (member_string (ready->json, "url"));
  g_assert_cmpint (member_int (ready->json, "meta.original.width"), ==, 640);
  g_assert_cmpstr (member_string (ready->json, "description"), ==, "A cat");
  g_free (expect (fixture, "PUT", path, "description=A+dog&focus=-0.5,1", 200));
  g_free (expect (fixture, "PUT", path, "focus=2,0", 422));

  g_autoptr (Reply) status = request (fixture, "POST", "/api/v1/statuses", body);
  g_assert_cmpuint (status->status, ==, 200);
  g_assert_cmpstr (member_string (status->json, "media_attachments.0.description"), ==, "A dog");
  /* It is used up, and no longer loose. */
  g_free (expect (fixture, "POST", "/api/v1/statuses", body, 422));
  g_free (expect (fixture, "GET", path, NULL, 404));
  /* A deleted status gives its files back. */
  g_autofree char *status_path
      = g_strdup_printf ("/api/v1/statuses/%s", member_string (status->json, "id"));
  g_free (expect (fixture, "DELETE", status_path, NULL, 200));
  g_free (expect (fixture, "POST", "/api/v1/statuses", body, 200));
}

static void
test_ownership (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = upload_png (fixture);
  g_autofree char *path = g_strdup_printf ("/api/v1/media/%s", id);
  g_autofree char *body = g_strdup_printf ("media_ids[]=%s", id);
  bmn_fake_mastodon_advance (fixture->fake, 1);
  g_free (fixture->token);
  fixture->token = bmn_fake_mastodon_create_token (fixture->fake, "write", "bob");
  g_free (expect (fixture, "GET", path, NULL, 404));
  g_free (expect (fixture, "POST", "/api/v1/statuses", body, 422));
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) big = png_new (10000, 10000);
  g_autoptr (GBytes) png = png_new (8, 8);
  const char *png_data = g_bytes_get_data (png, NULL);
  const struct
  {
    const char *type;
    const void *data;
    gsize size;
    const char *fields;
    guint status;
  } cases[] = {
    { "image/png", png_data, 33, NULL, 202 },
    { "image/jpeg", png_data, 33, NULL, 202 }, /* the same class of media */
    { "video/mp4", png_data, 33, NULL, 422 },
    { NULL, png_data, 33, NULL, 422 },
    { "image/png", g_bytes_get_data (big, NULL), 33, NULL, 422 },
    { "image/png", "plain text", 10, NULL, 422 },
    { "image/png", png_data, 33, "focus=1", 422 },
    { "image/png", png_data, 33, "focus=0,1.5", 422 },
    { "image/png", png_data, 33, "description=12345678901", 422 },
    { "image/png", png_data, 33, "description=1234567890", 202 },
  };
  bmn_fake_mastodon_set_limit (fixture->fake, "description_limit=10", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Reply) reply = upload (fixture, "/api/v2/media", cases[i].type, cases[i].data,
                                        cases[i].size, cases[i].fields);
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
    }
  g_free (expect (fixture, "POST", "/api/v2/media", "description=x", 422));
  bmn_fake_mastodon_set_limit (fixture->fake, "image_size_limit=32", NULL);
  g_autoptr (Reply) heavy = upload (fixture, "/api/v2/media", "image/png", png_data, 33, NULL);
  g_assert_cmpuint (heavy->status, ==, 422);
  bmn_fake_mastodon_set_limit (fixture->fake, "upload_size_limit=32", NULL);
  g_autoptr (Reply) refused = upload (fixture, "/api/v2/media", "image/png", png_data, 33, NULL);
  g_assert_cmpuint (refused->status, ==, 413);
}

static void
test_number_and_mix (Fixture *fixture, gconstpointer data)
{
  static const char mp4[] = "\0\0\0\x18"
                            "ftypisom\0\0\0\0";
  g_autoptr (GString) body = g_string_new ("status=x");
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *id = upload_png (fixture);
      bmn_fake_mastodon_advance (fixture->fake, 1);
      g_string_append_printf (body, "&media_ids[]=%s", id);
    }
  g_free (expect (fixture, "POST", "/api/v1/statuses", body->str, 422));

  g_autofree char *picture = upload_png (fixture);
  g_autoptr (Reply) video
      = upload (fixture, "/api/v1/media", "video/mp4", mp4, sizeof mp4 - 1, NULL);
  g_assert_cmpuint (video->status, ==, 200);
  g_assert_cmpstr (member_string (video->json, "type"), ==, "video");
  bmn_fake_mastodon_advance (fixture->fake, 1);
  g_autofree char *mixed = g_strdup_printf ("{\"media_ids\":[\"%s\",\"%s\"]}", picture,
                                            member_string (video->json, "id"));
  g_free (expect (fixture, "POST", "/api/v1/statuses", mixed, 422));
  g_autofree char *polled = g_strdup_printf (
      "media_ids[]=%s&poll[options][]=a&poll[options][]=b&poll[expires_in]=300", picture);
  g_free (expect (fixture, "POST", "/api/v1/statuses", polled, 422));
  g_autofree char *alone = g_strdup_printf ("{\"media_ids\":[\"%s\"]}", picture);
  g_free (expect (fixture, "POST", "/api/v1/statuses", alone, 200));
}

static void
test_sniffing (Fixture *fixture, gconstpointer data)
{
  static const char jpeg[] = "\xff\xd8\xff\xe1\x00\x08"
                             "Exif\x00\x00\xff\xc0\x00\x11\x08\x01\xe0\x02\x80\x03\x01\x22\x00";
  static const char gif[] = "GIF89a\x10\x00\x08\x00\x00\x00\x00"
                            "\x21\xf9\x04\x00\x00\x00\x00\x00"
                            "\x21\xf9\x04\x00\x00\x00\x00\x00";
  g_autoptr (Reply) photo
      = upload (fixture, "/api/v1/media", "image/jpeg", jpeg, sizeof jpeg - 1, NULL);
  g_assert_cmpint (member_int (photo->json, "meta.original.width"), ==, 640);
  g_assert_cmpint (member_int (photo->json, "meta.original.height"), ==, 480);
  g_assert_true (state_int (fixture, "media.0.has_metadata"));
  g_autoptr (Reply) animation
      = upload (fixture, "/api/v1/media", "image/gif", gif, sizeof gif - 1, NULL);
  g_assert_cmpstr (member_string (animation->json, "type"), ==, "gifv");
  g_assert_cmpint (member_int (animation->json, "meta.original.width"), ==, 16);
}

void
add_media_tests (void)
{
  add ("media/processing", test_processing);
  add ("media/ownership", test_ownership);
  add ("media/refusals", test_refusals);
  add ("media/number-and-mix", test_number_and_mix);
  add ("media/sniffing", test_sniffing);
}
