#include "bmn-error.h"
#include "bmn-instant.h"
#include "bmn-zone.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static BmnWallTime
parse_wall (const char *text)
{
  g_autoptr (GError) error = NULL;
  BmnWallTime wall = { 0 };
  bmn_wall_time_parse (text, &wall, &error);
  g_assert_no_error (error);
  return wall;
}

typedef struct
{
  const char *zone;
  const char *wall;
  const char *instant;
  BmnZoneHint hint;
  const char *shown; /* (nullable): what the clock shows then, where it is not @wall */
} ZoneCase;

static const ZoneCase zone_cases[] = {
  { "UTC", "2026-12-01 09:00", "2026-12-01T09:00:00Z", BMN_ZONE_EXACT },

  /* One hour, at 02:00, forward in March and back in November. */
  { "America/New_York", "2026-03-08 01:59:59", "2026-03-08T06:59:59Z", BMN_ZONE_EXACT },
  { "America/New_York", "2026-03-08 02:00", "2026-03-08T07:00:00Z", BMN_ZONE_GAP,
    "2026-03-08T03:00:00" },
  { "America/New_York", "2026-03-08 02:30", "2026-03-08T07:30:00Z", BMN_ZONE_GAP,
    "2026-03-08T03:30:00" },
  { "America/New_York", "2026-03-08 02:59:59", "2026-03-08T07:59:59Z", BMN_ZONE_GAP,
    "2026-03-08T03:59:59" },
  { "America/New_York", "2026-03-08 03:00", "2026-03-08T07:00:00Z", BMN_ZONE_EXACT },
  { "America/New_York", "2026-11-01 00:59:59", "2026-11-01T04:59:59Z", BMN_ZONE_EXACT },
  { "America/New_York", "2026-11-01 01:00", "2026-11-01T05:00:00Z", BMN_ZONE_OVERLAP },
  { "America/New_York", "2026-11-01 01:30", "2026-11-01T05:30:00Z", BMN_ZONE_OVERLAP },
  { "America/New_York", "2026-11-01 02:00", "2026-11-01T07:00:00Z", BMN_ZONE_EXACT },

  /* Half an hour only. */
  { "Australia/Lord_Howe", "2026-10-04 01:59", "2026-10-03T15:29:00Z", BMN_ZONE_EXACT },
  { "Australia/Lord_Howe", "2026-10-04 02:10", "2026-10-03T15:40:00Z", BMN_ZONE_GAP,
    "2026-10-04T02:40:00" },
  { "Australia/Lord_Howe", "2026-10-04 02:30", "2026-10-03T15:30:00Z", BMN_ZONE_EXACT },
  { "Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00Z", BMN_ZONE_OVERLAP },
  { "Australia/Lord_Howe", "2026-04-05 02:00", "2026-04-04T15:30:00Z", BMN_ZONE_EXACT },

  /* No changes, and half an hour off. */
  { "Asia/Kolkata", "2026-03-29 02:30", "2026-03-28T21:00:00Z", BMN_ZONE_EXACT },
  { "Asia/Kolkata", "2026-10-25 02:30", "2026-10-24T21:00:00Z", BMN_ZONE_EXACT },

  /* Goes back an hour for Ramadan, and forward again after it. */
  { "Africa/Casablanca", "2026-02-15 01:59", "2026-02-15T00:59:00Z", BMN_ZONE_EXACT },
  { "Africa/Casablanca", "2026-02-15 02:30", "2026-02-15T01:30:00Z", BMN_ZONE_OVERLAP },
  { "Africa/Casablanca", "2026-02-15 03:00", "2026-02-15T03:00:00Z", BMN_ZONE_EXACT },
  { "Africa/Casablanca", "2026-03-01 09:00", "2026-03-01T09:00:00Z", BMN_ZONE_EXACT },
  { "Africa/Casablanca", "2026-03-22 02:30", "2026-03-22T02:30:00Z", BMN_ZONE_GAP,
    "2026-03-22T03:30:00" },
  { "Africa/Casablanca", "2026-03-22 03:00", "2026-03-22T02:00:00Z", BMN_ZONE_EXACT },

  /* Its standard time is the one of summer. */
  { "Europe/Dublin", "2026-03-29 01:30", "2026-03-29T01:30:00Z", BMN_ZONE_GAP,
    "2026-03-29T02:30:00" },
  { "Europe/Dublin", "2026-10-25 01:30", "2026-10-25T00:30:00Z", BMN_ZONE_OVERLAP },

  /* Left out 30 December 2011. */
  { "Pacific/Apia", "2011-12-29 23:59", "2011-12-30T09:59:00Z", BMN_ZONE_EXACT },
  { "Pacific/Apia", "2011-12-30 12:00", "2011-12-30T22:00:00Z", BMN_ZONE_GAP,
    "2011-12-31T12:00:00" },
  { "Pacific/Apia", "2011-12-31 00:00", "2011-12-30T10:00:00Z", BMN_ZONE_EXACT },

  /* The gap is at midnight: that day began at 01:00. */
  { "America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04T03:00:00Z", BMN_ZONE_GAP,
    "2018-11-04T01:00:00" },
  { "America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04T03:30:00Z", BMN_ZONE_GAP,
    "2018-11-04T01:30:00" },
  { "America/Sao_Paulo", "2019-02-16 23:30", "2019-02-17T01:30:00Z", BMN_ZONE_OVERLAP },

  /* Farthest offsets. */
  { "Pacific/Kiritimati", "2026-01-01 00:00", "2025-12-31T10:00:00Z", BMN_ZONE_EXACT },
  { "Pacific/Niue", "2026-01-01 00:00", "2026-01-01T11:00:00Z", BMN_ZONE_EXACT },

  /* By rule, long after the last listed change. */
  { "America/New_York", "2050-07-01 09:00", "2050-07-01T13:00:00Z", BMN_ZONE_EXACT },
  { "America/New_York", "2799-12-31 23:00", "2800-01-01T04:00:00Z", BMN_ZONE_EXACT },
  { "America/New_York", "2800-01-01 00:00", "2800-01-01T05:00:00Z", BMN_ZONE_EXACT },
  /* 2999 and 9998 have 10 and 8 March as second Sundays. */
  { "America/New_York", "2999-03-10 02:30", "2999-03-10T07:30:00Z", BMN_ZONE_GAP,
    "2999-03-10T03:30:00" },
  { "America/New_York", "9998-03-08 02:30", "9998-03-08T07:30:00Z", BMN_ZONE_GAP,
    "9998-03-08T03:30:00" },
  { "America/New_York", "9998-12-31 23:59", "9999-01-01T04:59:00Z", BMN_ZONE_EXACT },
};

static void
test_resolve (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zone_cases); i++)
    {
      const ZoneCase *c = &zone_cases[i];
      g_test_message ("%s %s", c->zone, c->wall);
      g_autoptr (GError) error = NULL;
      BmnWallTime wall = parse_wall (c->wall);
      gint64 instant = 0;
      BmnZoneHint hint = BMN_ZONE_EXACT;
      bmn_zone_resolve (c->zone, &wall, &instant, &hint, &error);
      g_assert_no_error (error);
      g_autofree char *text = bmn_instant_format (instant);
      g_assert_cmpstr (text, ==, c->instant);
      g_assert_cmpint (hint, ==, c->hint);

      BmnWallTime back = { 0 };
      bmn_zone_to_wall (c->zone, instant, &back, &error);
      g_assert_no_error (error);
      BmnWallTime expected = c->shown ? parse_wall (c->shown) : wall;
      g_assert_cmpint (bmn_wall_time_compare (&back, &expected), ==, 0);
    }
}

/* Instants of more than a year, at all quarters of an hour, come back from their wall-clock times,
 * but for the second pass of an overlap. */
static void
test_round_trip (void)
{
  const char *const zones[] = { "America/New_York",  "Australia/Lord_Howe", "Asia/Kolkata",
                                "Africa/Casablanca", "Europe/Dublin",       "America/Santiago" };
  const gint64 step = G_GINT64_CONSTANT (195300) * G_USEC_PER_SEC;
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      gint64 start = G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC;
      for (gint64 t = start; t < start + 200 * step; t += step)
        {
          g_autoptr (GError) error = NULL;
          BmnWallTime wall;
          gint64 back = 0;
          BmnZoneHint hint = BMN_ZONE_GAP;
          bmn_zone_to_wall (zones[i], t, &wall, &error);
          g_assert_no_error (error);
          bmn_zone_resolve (zones[i], &wall, &back, &hint, &error);
          g_assert_no_error (error);
          g_assert_cmpint (hint, !=, BMN_ZONE_GAP);
          if (hint == BMN_ZONE_EXACT)
            g_assert_cmpint (back, ==, t);
          else
            g_assert_cmpint (back, <=, t);
        }
    }
}

static void
test_unknown (void)
{
  const char *const names[] = { "",
                                "Europe/Bielefeld",
                                "Europe",
                                "+02:00",
                                "CET-1CEST",
                                "../../../etc/passwd",
                                "/usr/share/zoneinfo/Europe/Berlin",
                                "right/Europe/Berlin",
                                "leapseconds",
                                "tzdata.zi",
                                "Europe/Berlin ",
                                "Europe/Berlin\n",
                                "\xff\xfe",
                                "europe" };
  BmnWallTime wall = parse_wall ("2026-12-01 09:00");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 instant = 0;
      g_assert_false (bmn_zone_is_known (names[i]));
      g_assert_false (bmn_zone_resolve (names[i], &wall, &instant, NULL, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_clear_error (&error);
      g_assert_false (bmn_zone_to_wall (names[i], 0, &wall, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
}

static void
test_bad_times (void)
{
  const BmnWallTime walls[] = {
    { 2026, 2, 29, 9, 0, 0 },  { 2026, 13, 1, 9, 0, 0 },  { 2026, 0, 1, 9, 0, 0 },
    { 2026, 1, 256, 9, 0, 0 }, { 2026, 1, 1, 24, 0, 0 },  { 2026, 1, 1, -1, 0, 0 },
    { 1969, 1, 1, 9, 0, 0 },   { 9999, 1, 1, 9, 0, 0 },   { 2026, 1, 1, 9, 60, 0 },
    { 2026, 1, 1, 9, 0, 60 },  { 2026, 257, 1, 9, 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (walls); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 instant;
      g_assert_false (bmn_zone_resolve ("UTC", &walls[i], &instant, NULL, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
  const gint64 instants[] = { G_MAXINT64, G_MININT64, -1, G_GINT64_CONSTANT (253400000000000000) };
  for (gsize i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autoptr (GError) error = NULL;
      BmnWallTime wall;
      g_assert_false (bmn_zone_to_wall ("UTC", instants[i], &wall, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
}

static void
test_fraction (void)
{
  g_autoptr (GError) error = NULL;
  BmnWallTime wall;
  g_assert_true (bmn_zone_to_wall ("UTC", 1999999, &wall, &error));
  g_autofree char *text = bmn_wall_time_format (&wall);
  g_assert_cmpstr (text, ==, "1970-01-01T00:00:01");
}

/* The variable is this process's own; g_setenv () is safe as no thread runs yet. */
static void
test_local_name (void)
{
  const char *const cases[][2] = {
    { "Europe/Berlin", "Europe/Berlin" },
    { ":Europe/Berlin", "Europe/Berlin" },
    { "UTC", "UTC" },
    { "", "UTC" },
    { "/usr/share/zoneinfo/America/New_York", "America/New_York" },
    { ":/usr/share/zoneinfo/Asia/Kolkata", "Asia/Kolkata" },
    { "/usr/share/zoneinfo/right/Asia/Kolkata", "Asia/Kolkata" },
  };
  g_autofree char *before = g_strdup (g_getenv ("TZ"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_setenv ("TZ", cases[i][0], TRUE);
      g_autofree char *name = bmn_zone_local_name ();
      g_assert_cmpstr (name, ==, cases[i][1]);
    }

  /* A link to the data, as /etc/localtime is one. */
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("bmn-zone-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (dir, "localtime", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_file_make_symbolic_link (file, "/usr/share/zoneinfo/Australia/Lord_Howe", NULL, &error);
  g_assert_no_error (error);
  g_autofree char *variable = g_strconcat (":", path, NULL);
  g_setenv ("TZ", variable, TRUE);
  g_autofree char *linked = bmn_zone_local_name ();
  g_assert_cmpstr (linked, ==, "Australia/Lord_Howe");
  g_file_delete (file, NULL, NULL);
  g_rmdir (dir);

  /* What names no zone leaves it to the computer; always a zone that works. */
  const char *const odd[] = { ":/etc/localtime", "CET-1CEST", "No/Where", "/nowhere", NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      if (odd[i])
        g_setenv ("TZ", odd[i], TRUE);
      else
        g_unsetenv ("TZ");
      g_autofree char *name = bmn_zone_local_name ();
      g_assert_true (bmn_zone_is_known (name));
    }
  if (before)
    g_setenv ("TZ", before, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/zone/resolve", test_resolve);
  g_test_add_func ("/schedule/zone/round-trip", test_round_trip);
  g_test_add_func ("/schedule/zone/unknown", test_unknown);
  g_test_add_func ("/schedule/zone/bad-times", test_bad_times);
  g_test_add_func ("/schedule/zone/fraction", test_fraction);
  g_test_add_func ("/schedule/zone/local-name", test_local_name);
  return g_test_run ();
}
