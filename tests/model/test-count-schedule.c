#include "bmn-count-schedule.h"

#define H G_TIME_SPAN_HOUR
#define D G_TIME_SPAN_DAY

/* Times are counted from publishing. */
static void
test_next (void)
{
  const gint64 published_at = 1780000000 * G_TIME_SPAN_SECOND;
  const struct
  {
    gint64 read_after; /* −1 for never */
    gint64 next_after; /* 0 for never */
  } cases[] = {
    { -1, H },
    { 0, H },
    { H - 1, H },
    { H, 6 * H },
    { 6 * H - 1, 6 * H },
    { 6 * H, 24 * H },
    { 24 * H, 3 * D },
    { 3 * D, 7 * D },
    { 7 * D, 30 * D },
    { 30 * D - 1, 30 * D },
    { 30 * D, 0 },
    { 400 * D, 0 },
    /* One reading stands for all that were missed. */
    { 5 * D, 7 * D },
    { 26 * H, 3 * D },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 read_at = cases[i].read_after < 0 ? 0 : published_at + cases[i].read_after;
      gint64 expected = cases[i].next_after == 0 ? 0 : published_at + cases[i].next_after;
      g_test_message ("case %u", (guint)i);
      g_assert_cmpint (bmn_count_schedule_next (published_at, read_at), ==, expected);
    }
}

/* Who looks whenever it is due reads six times. */
static void
test_whole_life (void)
{
  const gint64 published_at = 1780000000 * G_TIME_SPAN_SECOND;
  const gint64 delays[] = { H, 6 * H, 24 * H, 3 * D, 7 * D, 30 * D };
  gint64 at = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      at = bmn_count_schedule_next (published_at, at);
      g_assert_cmpint (at, ==, published_at + delays[i]);
    }
  g_assert_cmpint (bmn_count_schedule_next (published_at, at), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/count-schedule/next", test_next);
  g_test_add_func ("/model/count-schedule/whole-life", test_whole_life);
  return g_test_run ();
}
