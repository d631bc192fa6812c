#include "bmn-crop-frame.h"

/* Of a picture of 400 by 200 pixels. */
static void
assert_frame (const BmnCropFrame *frame, double x, double y, double width, double height)
{
  g_assert_cmpfloat_with_epsilon (frame->x, x, 0.001);
  g_assert_cmpfloat_with_epsilon (frame->y, y, 0.001);
  g_assert_cmpfloat_with_epsilon (frame->width, width, 0.001);
  g_assert_cmpfloat_with_epsilon (frame->height, height, 0.001);
}

static void
test_ratio (void)
{
  const struct
  {
    double ratio, x, y, width, height;
  } cases[] = {
    { 0, 0, 0, 400, 200 },
    { 1, 100, 0, 200, 200 },
    { 0.8, 120, 0, 160, 200 },
    { 4, 0, 50, 400, 100 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnCropFrame frame;
      bmn_crop_frame_init (&frame, 400, 200);
      bmn_crop_frame_set_ratio (&frame, cases[i].ratio);
      assert_frame (&frame, cases[i].x, cases[i].y, cases[i].width, cases[i].height);
    }
}

static void
test_move (void)
{
  BmnCropFrame frame;
  bmn_crop_frame_init (&frame, 400, 200);
  bmn_crop_frame_set_ratio (&frame, 1);
  bmn_crop_frame_move (&frame, 30, 50);
  assert_frame (&frame, 130, 0, 200, 200);
  bmn_crop_frame_move (&frame, 1000, 0);
  assert_frame (&frame, 200, 0, 200, 200);
  bmn_crop_frame_move (&frame, -1000, 0);
  assert_frame (&frame, 0, 0, 200, 200);
}

static void
test_resize (void)
{
  const struct
  {
    double ratio;
    BmnCropSides sides;
    double dx, dy;
    double x, y, width, height;
  } cases[] = {
    { 0, BMN_CROP_LEFT, 100, 0, 100, 0, 300, 200 },
    { 0, BMN_CROP_RIGHT | BMN_CROP_BOTTOM, -100, -50, 0, 0, 300, 150 },
    { 0, BMN_CROP_RIGHT, -1000, 0, 0, 0, 10, 200 },
    { 0, BMN_CROP_LEFT, -50, 0, 0, 0, 400, 200 },
    { 1, BMN_CROP_RIGHT, -100, 0, 100, 0, 100, 100 },
    { 1, BMN_CROP_BOTTOM, 0, -100, 100, 0, 100, 100 },
    { 1, BMN_CROP_LEFT | BMN_CROP_TOP, 50, 100, 150, 50, 150, 150 },
    { 1, BMN_CROP_RIGHT, 500, 0, 100, 0, 200, 200 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnCropFrame frame;
      bmn_crop_frame_init (&frame, 400, 200);
      bmn_crop_frame_set_ratio (&frame, cases[i].ratio);
      bmn_crop_frame_resize (&frame, cases[i].sides, cases[i].dx, cases[i].dy);
      assert_frame (&frame, cases[i].x, cases[i].y, cases[i].width, cases[i].height);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/composer/crop-frame/ratio", test_ratio);
  g_test_add_func ("/composer/crop-frame/move", test_move);
  g_test_add_func ("/composer/crop-frame/resize", test_resize);
  return g_test_run ();
}
