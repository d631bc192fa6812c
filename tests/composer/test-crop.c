#include "bench.h"

#include "bmn-session-crop.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define WIDTH 80
#define HEIGHT 40

/* Left half red, right half blue. Returns: (transfer full): in the library */
static BmnMedia *
add_picture (Bench *bench, const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  g_autoptr (GdkPixbuf) right = gdk_pixbuf_new_subpixbuf (pixbuf, WIDTH / 2, 0, WIDTH / 2, HEIGHT);
  gdk_pixbuf_fill (right, 0x0000ffff);
  g_autofree char *path = g_build_filename (bench->root, type, NULL);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, type, &error, NULL));
  BmnMedia *media = bmn_session_add_media (bench->session, path, "Two halves", NULL, &error);
  g_assert_no_error (error);
  return media;
}

static BmnMedia *
crop (Bench *bench, const BmnMedia *media, double x, double y, double width, double height)
{
  g_autoptr (GError) error = NULL;
  const BmnCropArea area = { x, y, width, height };
  BmnMedia *cropped = bmn_session_crop_media (bench->session, media, &area, &error);
  g_assert_no_error (error);
  return cropped;
}

static void
test_part_of_it (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  const char *const types[] = { "png", "jpeg" };
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (BmnMedia) media = add_picture (bench, types[i]);
      media->focus_x = 0.5;
      g_autoptr (BmnMedia) cropped = crop (bench, media, 0.5, 0.25, 0.5, 0.5);
      g_assert_cmpint (cropped->width, ==, WIDTH / 2);
      g_assert_cmpint (cropped->height, ==, HEIGHT / 2);
      g_assert_cmpstr (cropped->alt, ==, "Two halves");
      g_assert_cmpstr (cropped->mime_type, ==, media->mime_type);
      g_assert_cmpstr (cropped->path, !=, media->path);
      g_assert_true (g_file_test (media->path, G_FILE_TEST_EXISTS));
      g_assert_cmpfloat_with_epsilon (cropped->focus_x, 0, 0.001);
      g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (cropped->path, &error);
      g_assert_no_error (error);
      const guint8 *pixel = gdk_pixbuf_read_pixels (pixbuf);
      g_assert_cmpuint (pixel[0], <, 60);
      g_assert_cmpuint (pixel[2], >, 200);
    }
}

static void
test_focus_stays_inside (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (BmnMedia) media = add_picture (bench, "png");
  media->focus_x = -1;
  media->focus_y = 1;
  g_autoptr (BmnMedia) cropped = crop (bench, media, 0.5, 0.5, 0.5, 0.5);
  g_assert_cmpfloat (cropped->focus_x, ==, -1);
  g_assert_cmpfloat (cropped->focus_y, ==, 1);
  media->focus_x = 0;
  media->focus_y = -0.5;
  g_autoptr (BmnMedia) below = crop (bench, media, 0, 0.5, 1, 0.5);
  g_assert_cmpfloat_with_epsilon (below->focus_y, 0, 0.001);
}

static void
test_edges (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (BmnMedia) media = add_picture (bench, "png");
  g_autoptr (BmnMedia) beyond = crop (bench, media, 0.9, 0.9, 5, 5);
  g_assert_cmpint (beyond->width, ==, 8);
  g_assert_cmpint (beyond->height, ==, 4);
  g_autoptr (BmnMedia) dot = crop (bench, media, 1, 1, 1e-9, 1e-9);
  g_assert_cmpint (dot->width, ==, 1);
  g_assert_cmpint (dot->height, ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (Bench) bench = bench_new ();
  const BmnCropArea area = { 0, 0, 1, 1 };
  const struct
  {
    const char *name;
    int code;
  } cases[] = { { "damaged.png", BMN_ERROR_INVALID }, { "gone.png", BMN_ERROR_NOT_FOUND } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnMedia) media = add_picture (bench, "png");
      g_free (media->path);
      media->path = g_build_filename (bench->root, cases[i].name, NULL);
      if (i == 0)
        g_assert_true (g_file_set_contents (media->path, "\x89PNG\r\n\x1a\nbroken", -1, NULL));
      g_assert_null (bmn_session_crop_media (bench->session, media, &area, &error));
      g_assert_error (error, BMN_ERROR, cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/composer/crop/part-of-it", test_part_of_it);
  g_test_add_func ("/composer/crop/focus", test_focus_stays_inside);
  g_test_add_func ("/composer/crop/edges", test_edges);
  g_test_add_func ("/composer/crop/refused", test_refused);
  return g_test_run ();
}
