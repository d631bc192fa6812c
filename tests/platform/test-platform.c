#include "bmn-error.h"
#include "bmn-platform-table.h"

/* A platform that can do nothing but has limits. */
#define TEST_TYPE_PLATFORM (test_platform_get_type ())
G_DECLARE_FINAL_TYPE (TestPlatform, test_platform, TEST, PLATFORM, BmnPlatform)

struct _TestPlatform
{
  BmnPlatform parent_instance;
};

G_DEFINE_FINAL_TYPE (TestPlatform, test_platform, BMN_TYPE_PLATFORM)

static const BmnLimits *
test_platform_get_limits (BmnPlatform *platform)
{
  static const char *const types[] = { "image/png", "video/mp4", NULL };
  static const BmnLimits limits = { .rule = BMN_COUNT_GRAPHEMES,
                                    .max_length = 10,
                                    .max_media = 2,
                                    .max_alt_length = 5,
                                    .max_image_bytes = 100,
                                    .max_video_bytes = 1000,
                                    .max_parts = 3,
                                    .max_poll_options = 3,
                                    .max_poll_option_length = 4,
                                    .mime_types = (GStrv)types };
  return &limits;
}

static const BmnCapabilities *
test_platform_get_capabilities (BmnPlatform *platform)
{
  static const BmnCapabilities none = { 0 };
  return &none;
}

static void
test_platform_class_init (TestPlatformClass *klass)
{
  BMN_PLATFORM_CLASS (klass)->get_capabilities = test_platform_get_capabilities;
  BMN_PLATFORM_CLASS (klass)->get_limits = test_platform_get_limits;
}

static void
test_platform_init (TestPlatform *self)
{
}

static BmnPlatform *
test_platform_new (void)
{
  g_autoptr (BmnAccount) account = bmn_account_new ("test", "Test");
  return g_object_new (TEST_TYPE_PLATFORM, "account", account, NULL);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_table (void)
{
  g_autoptr (GError) error = NULL;
  const BmnPlatformRow *website = bmn_platform_table_find ("website");
  g_assert_nonnull (website);
  g_assert_true (website == bmn_platform_table ());
  g_assert_cmpstr (website->inputs[0].name, ==, "dir");
  g_assert_true (website->inputs[0].required);
  g_assert_null (bmn_platform_table_find ("nothing"));
  g_assert_null (bmn_platform_table_find (NULL));
  g_autoptr (BmnAccount) account = bmn_account_new ("nothing", "x");
  g_assert_null (bmn_platform_new (account, NULL, NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  /* Each row can be made, and says what it can. */
  for (const BmnPlatformRow *row = bmn_platform_table (); row->id; row++)
    {
      g_autoptr (BmnAccount) each = bmn_account_new (row->id, "x");
      g_autoptr (BmnPlatform) platform = bmn_platform_new (each, NULL, NULL, NULL);
      g_assert_nonnull (bmn_platform_get_capabilities (platform));
      g_assert_nonnull (bmn_platform_get_limits (platform));
      g_assert_cmpstr (bmn_platform_get_account (platform)->platform, ==, row->id);
    }
}

static void
test_unsupported (void)
{
  g_autoptr (BmnPlatform) platform = test_platform_new ();
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_autoptr (BmnPublishRequest) request = bmn_publish_request_new (post, post->parts, "key");
  g_autoptr (GAsyncResult) check = NULL;
  g_autoptr (GAsyncResult) remove = NULL;
  g_autoptr (GError) error = NULL;
  bmn_platform_check_async (platform, NULL, keep_result, &check);
  g_assert_null (bmn_platform_check_finish (platform, wait_for (&check), &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_clear_error (&error);
  bmn_platform_remove_async (platform, request, NULL, keep_result, &remove);
  g_assert_false (bmn_platform_remove_finish (platform, wait_for (&remove), &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_autofree char *key = bmn_platform_make_key (platform);
  g_assert_true (g_uuid_string_is_valid (key));
}

static BmnPost *
post_with (const char *text, const char *mime_type, gint64 size, const char *alt)
{
  BmnPost *post = bmn_post_new ();
  BmnPart *part = bmn_part_new (text);
  g_ptr_array_add (post->parts, part);
  if (mime_type)
    {
      BmnMedia *media = bmn_media_new ();
      media->mime_type = g_strdup (mime_type);
      media->size = size;
      media->alt = g_strdup (alt);
      g_ptr_array_add (part->media, media);
    }
  return post;
}

static void
test_validate (void)
{
  const struct
  {
    const char *text;
    const char *mime_type;
    gint64 size;
    const char *alt;
    gboolean good;
  } cases[] = {
    { "fine", NULL, 0, NULL, TRUE },
    { "1234567890", NULL, 0, NULL, TRUE },
    { "12345678901", NULL, 0, NULL, FALSE },
    { "👨‍👩‍👧🇩🇪é8901234", NULL, 0, NULL, TRUE },
    { "bad \xff", NULL, 0, NULL, FALSE },
    { "", "image/png", 100, "12345", TRUE },
    { "", "image/png", 100, "äöüß€", TRUE },
    { "", "image/png", 101, NULL, FALSE },
    { "", "image/png", 10, "123456", FALSE },
    { "", "video/mp4", 1000, NULL, TRUE },
    { "", "video/mp4", 1001, NULL, FALSE },
    { "", "image/tiff", 1, NULL, FALSE },
  };
  g_autoptr (BmnPlatform) platform = test_platform_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnPost) post
          = post_with (cases[i].text, cases[i].mime_type, cases[i].size, cases[i].alt);
      g_autoptr (GError) error = NULL;
      g_assert_cmpint (bmn_platform_validate (platform, post, post->parts, &error), ==,
                       cases[i].good);
      if (!cases[i].good)
        g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
    }
}

static void
test_validate_counts (void)
{
  g_autoptr (BmnPlatform) platform = test_platform_new ();
  g_autoptr (BmnPost) post = post_with ("a", "image/png", 1, NULL);
  g_autoptr (GPtrArray) none = bmn_parts_new ();
  BmnPart *part = post->parts->pdata[0];
  g_assert_false (bmn_platform_validate (platform, post, none, NULL));
  for (guint n = 2; n <= 3; n++)
    {
      g_ptr_array_add (part->media, bmn_media_copy (part->media->pdata[0]));
      g_assert_cmpint (bmn_platform_validate (platform, post, post->parts, NULL), ==, n <= 2);
    }
  g_ptr_array_set_size (part->media, 0);
  for (guint n = 2; n <= 4; n++)
    {
      g_ptr_array_add (post->parts, bmn_part_new ("b"));
      g_assert_cmpint (bmn_platform_validate (platform, post, post->parts, NULL), ==, n <= 3);
    }
  g_ptr_array_set_size (post->parts, 1);
  const char *const polls[][5] = { { "yes", "no" }, { "a", "b", "c", "d" }, { "yes", "never" } };
  for (gsize i = 0; i < G_N_ELEMENTS (polls); i++)
    {
      g_clear_pointer (&post->poll, bmn_poll_free);
      post->poll = bmn_poll_new (polls[i], 3600);
      g_assert_cmpint (bmn_platform_validate (platform, post, post->parts, NULL), ==, i == 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/platform/table", test_table);
  g_test_add_func ("/platform/platform/unsupported", test_unsupported);
  g_test_add_func ("/platform/platform/validate", test_validate);
  g_test_add_func ("/platform/platform/validate-counts", test_validate_counts);
  return g_test_run ();
}
