#include "bmn-error.h"
#include "bmn-instant.h"
#include "bmn-wall-time.h"

static void
test_parse (void)
{
  const char *good[][2] = {
    { "2026-12-01 09:00", "2026-12-01T09:00:00" },
    { "2026-12-01T09:00:30", "2026-12-01T09:00:30" },
    { "2028-02-29 23:59", "2028-02-29T23:59:00" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      BmnWallTime wall;
      g_assert_true (bmn_wall_time_parse (good[i][0], &wall, &error));
      g_autofree char *text = bmn_wall_time_format (&wall);
      g_assert_cmpstr (text, ==, good[i][1]);
    }
  const char *bad[] = { "",
                        "tomorrow",
                        "2026-02-29 10:00",
                        "2026-13-01 10:00",
                        "2026-12-01",
                        "2026-1-1 9:00",
                        "2026-12-01 24:00",
                        "2026-12-01 09:00:",
                        "2026-12-01 09:60",
                        "1969-12-31 10:00",
                        "2026-12-01 09:00Z",
                        "９０２６-12-01 09:00" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      BmnWallTime wall;
      g_assert_false (bmn_wall_time_parse (bad[i], &wall, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
}

static void
test_instant (void)
{
  const char *round[]
      = { "1970-01-01T00:00:00Z", "2026-12-01T09:00:00Z", "2026-12-01T09:00:00.000250Z" };
  for (gsize i = 0; i < G_N_ELEMENTS (round); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 instant;
      g_assert_true (bmn_instant_parse (round[i], &instant, &error));
      g_autofree char *text = bmn_instant_format (instant);
      g_assert_cmpstr (text, ==, round[i]);
    }
  g_autoptr (GError) error = NULL;
  gint64 instant;
  g_assert_true (bmn_instant_parse ("2026-12-01T09:00:00+02:00", &instant, &error));
  g_autofree char *text = bmn_instant_format (instant);
  g_assert_cmpstr (text, ==, "2026-12-01T07:00:00Z");
  /* Without an offset it is a wall-clock time, not an instant. */
  g_assert_false (bmn_instant_parse ("2026-12-01T09:00:00", &instant, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/wall-time/parse", test_parse);
  g_test_add_func ("/model/instant", test_instant);
  return g_test_run ();
}
