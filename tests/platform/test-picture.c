#include "bmn-picture-private.h"
#include "bmn-platform-error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *dir; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("bellman-picture-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
      g_remove (path);
    }
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
}

/* The left half is red and the right half noise; @alpha makes the right half half-transparent. */
static GdkPixbuf *
make_pixbuf (int width, int height, gboolean alpha)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int n_channels = alpha ? 4 : 3;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guchar *pixel = pixels + y * gdk_pixbuf_get_rowstride (pixbuf) + x * n_channels;
        gboolean left = x < width / 2;
        pixel[0] = left ? 255 : g_rand_int_range (rand, 0, 256);
        pixel[1] = pixel[2] = left ? 0 : g_rand_int_range (rand, 0, 256);
        if (alpha)
          pixel[3] = left ? 255 : 128;
      }
  return pixbuf;
}

static char *
write_bytes (Fixture *fixture, const char *name, const void *data, gsize size)
{
  char *path = g_build_filename (fixture->dir, name, NULL);
  g_assert_true (g_file_set_contents (path, data, size, NULL));
  return path;
}

static char *
write_png (Fixture *fixture, int width, int height, gboolean alpha)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (width, height, alpha);
  g_autofree char *buffer = NULL;
  gsize size;
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", NULL, "tEXt::Comment",
                                            "a secret place", NULL));
  return write_bytes (fixture, "picture.png", buffer, size);
}

/* An EXIF block (TIFF, big-endian) with orientation 6 (turn right) and a description. */
static const guint8 exif[] = {
  0xff, 0xe1, 0x00, 0x40, 'E',  'x',  'i',  'f',  0,    0,    'M',  'M',  0x00, 0x2a,
  0x00, 0x00, 0x00, 0x08, 0x00, 0x02, 0x01, 0x0e, 0x00, 0x02, 0x00, 0x00, 0x00, 0x10,
  0x00, 0x00, 0x00, 0x26, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, 0x06,
  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 's',  'e',  'c',  'r',  'e',  't',  ' ',  'p',
  'l',  'a',  'c',  'e',  '!',  '!',  '!',  0,    0,    0,
};

static char *
write_jpeg (Fixture *fixture, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (width, height, FALSE);
  g_autofree char *buffer = NULL;
  gsize size;
  g_assert_true (
      gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", NULL, "quality", "95", NULL));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (guint8 *)buffer, 2);
  g_byte_array_append (bytes, exif, sizeof exif);
  g_byte_array_append (bytes, (guint8 *)buffer + 2, size - 2);
  return write_bytes (fixture, "picture.jpg", bytes->data, bytes->len);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static BmnPicture *
prepare (const char *path, const BmnPictureLimits *limits, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_picture_prepare_async (path, limits, NULL, on_done, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return bmn_picture_prepare_finish (result, error);
}

static GdkPixbuf *
decode (const BmnPicture *picture)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (picture->bytes);
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  g_assert_nonnull (pixbuf);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, picture->width);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, picture->height);
  g_assert_null (gdk_pixbuf_get_option (pixbuf, "orientation"));
  return pixbuf;
}

static void
assert_no_secret (const BmnPicture *picture)
{
  gsize size;
  const char *data = g_bytes_get_data (picture->bytes, &size);
  g_assert_null (memmem (data, size, "secret", 6));
}

static void
test_png_stays (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_png (fixture, 60, 40, TRUE);
  const BmnPictureLimits limits = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPicture) picture = prepare (path, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (picture->mime_type, ==, "image/png");
  assert_no_secret (picture);
  g_autoptr (GdkPixbuf) pixbuf = decode (picture);
  g_assert_true (gdk_pixbuf_get_has_alpha (pixbuf));
  g_assert_cmpint (picture->width, ==, 60);
  g_assert_cmpint (picture->height, ==, 40);
}

static void
test_upright_and_clean (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_jpeg (fixture, 80, 40);
  const BmnPictureLimits limits = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPicture) picture = prepare (path, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (picture->mime_type, ==, "image/jpeg");
  assert_no_secret (picture);
  g_autoptr (GdkPixbuf) pixbuf = decode (picture);
  g_assert_cmpint (picture->width, ==, 40);
  g_assert_cmpint (picture->height, ==, 80);
  /* Turned right, what was left is on top. */
  const guchar *top = gdk_pixbuf_read_pixels (pixbuf) + 4 * gdk_pixbuf_get_rowstride (pixbuf)
                      + 20 * gdk_pixbuf_get_n_channels (pixbuf);
  g_assert_cmpint (top[0], >, 220);
  g_assert_cmpint (top[1], <, 40);
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_png (fixture, 400, 300, TRUE);
  const gint64 sizes[] = { 40000, 20000, 10000, 2000 };
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const BmnPictureLimits limits = { .max_bytes = sizes[i] };
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnPicture) picture = prepare (path, &limits, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (picture->mime_type, ==, "image/jpeg");
      g_assert_cmpuint (g_bytes_get_size (picture->bytes), <=, sizes[i]);
      /* The room is used: a picture is not made poorer than it has to be. */
      g_assert_cmpuint (g_bytes_get_size (picture->bytes), >, sizes[i] / 2);
      g_autoptr (GdkPixbuf) pixbuf = decode (picture);
      g_assert_cmpint (ABS (picture->width * 3 - picture->height * 4), <=, 8);
    }
}

static void
test_pixels (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_jpeg (fixture, 400, 200);
  const BmnPictureLimits limits = { .max_pixels = 20000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPicture) picture = prepare (path, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture->width * picture->height, <=, 20000);
  g_assert_cmpint (picture->width * picture->height, >, 19000);
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_png (fixture, 60, 40, FALSE);
  const char *const jpeg_only[] = { "image/jpeg", NULL };
  const char *const gif_only[] = { "image/gif", NULL };
  const BmnPictureLimits jpeg = { .mime_types = jpeg_only };
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPicture) picture = prepare (path, &jpeg, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (picture->mime_type, ==, "image/jpeg");
  const BmnPictureLimits gif = { .mime_types = gif_only };
  g_assert_null (prepare (path, &gif, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

/* Two frames of one pixel. */
static const guint8 moving_gif[] = {
  'G', 'I', 'F',  '8',  '9', 'a',  1,    0, 1,    0,    0x80, 0,    0,    255, 0,    0, 0,
  0,   255, 0x21, 0xf9, 4,   0,    10,   0, 0,    0,    0x2c, 0,    0,    0,   0,    1, 0,
  1,   0,   0,    2,    2,   0x44, 0x01, 0, 0x21, 0xf9, 4,    0,    10,   0,   0,    0, 0x2c,
  0,   0,   0,    0,    1,   0,    1,    0, 0,    2,    2,    0x4c, 0x01, 0,   0x3b,
};

static void
test_moving (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_bytes (fixture, "moving.gif", moving_gif, sizeof moving_gif);
  const BmnPictureLimits any = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPicture) picture = prepare (path, &any, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (picture->mime_type, ==, "image/gif");
  g_assert_cmpmem (g_bytes_get_data (picture->bytes, NULL), g_bytes_get_size (picture->bytes),
                   moving_gif, sizeof moving_gif);
  const BmnPictureLimits tiny = { .max_bytes = 20 };
  g_assert_null (prepare (path, &tiny, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

/* A PNG header that claims 60000 × 60000 pixels. */
static const guint8 bomb[] = {
  0x89, 'P',  'N',  'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I',  'H',  'D',  'R',  0,
  0,    0xea, 0x60, 0,   0,    0xea, 0x60, 8,    2, 0, 0, 0,  0x84, 0x7c, 0x06, 0x6b,
};

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *name;
    const void *data;
    gsize size;
  } cases[] = {
    { "empty.jpg", "", 0 },
    { "text.png", "hello", 5 },
    { "cut.gif", moving_gif, 20 },
    { "bomb.png", bomb, sizeof bomb },
    { "vector.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", 62 },
  };
  const BmnPictureLimits any = { 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_bytes (fixture, cases[i].name, cases[i].data, cases[i].size);
      g_autoptr (GError) error = NULL;
      g_test_message ("%s", cases[i].name);
      g_assert_null (prepare (path, &any, &error));
      g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
    }
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = g_build_filename (fixture->dir, "missing.png", NULL);
  g_assert_null (prepare (missing, &any, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

/* One pixel, without loss. */
static const guint8 tiny_webp[] = {
  'R', 'I', 'F', 'F',  26, 0, 0, 0,    'W', 'E', 'B', 'P',  'V',  'P',  '8',  'L', 13,
  0,   0,   0,   0x2f, 0,  0, 0, 0x10, 7,   16,  17,  0x11, 0x88, 0x88, 0xfe, 7,   0,
};

/* Recoded where a loader is installed; otherwise it is said to be unreadable. */
static void
test_optional_types (Fixture *fixture, gconstpointer data)
{
  g_assert_true (bmn_picture_can_read ("image/jpeg"));
  g_assert_true (bmn_picture_can_read ("image/png"));
  g_assert_true (bmn_picture_can_read ("image/gif"));
  g_assert_false (bmn_picture_can_read ("image/svg+xml"));
  g_assert_false (bmn_picture_can_read ("image/x-nothing"));
  g_autofree char *path = write_bytes (fixture, "tiny.webp", tiny_webp, sizeof tiny_webp);
  const BmnPictureLimits any = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPicture) picture = prepare (path, &any, &error);
  if (bmn_picture_can_read ("image/webp"))
    {
      g_assert_no_error (error);
      g_assert_true (g_str_equal (picture->mime_type, "image/jpeg")
                     || g_str_equal (picture->mime_type, "image/png"));
      g_assert_cmpint (picture->width, ==, 1);
    }
  else
    g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_png (fixture, 60, 40, FALSE);
  const BmnPictureLimits any = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  bmn_picture_prepare_async (path, &any, cancellable, on_done, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (bmn_picture_prepare_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/platform/picture/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("png-stays", test_png_stays);
  ADD ("upright-and-clean", test_upright_and_clean);
  ADD ("bytes", test_bytes);
  ADD ("pixels", test_pixels);
  ADD ("types", test_types);
  ADD ("moving", test_moving);
  ADD ("unreadable", test_unreadable);
  ADD ("optional-types", test_optional_types);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
