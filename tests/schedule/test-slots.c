#include "bmn-error.h"
#include "bmn-instant.h"
#include "bmn-slot-time.h"

#include <stdio.h>

#define DAY (24 * 3600 * (gint64)G_USEC_PER_SEC)

static gint64
parse_instant (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 instant = 0;
  bmn_instant_parse (text, &instant, &error);
  g_assert_no_error (error);
  return instant;
}

/* @text: `1 09:00, 3 17:30`: weekday and time of the day */
static GPtrArray *
parse_slots (const char *text)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_slot_free);
  g_auto (GStrv) items = g_strsplit (text, ", ", -1);
  for (int i = 0; items[i]; i++)
    {
      int weekday, hour, minute;
      g_assert_cmpint (sscanf (items[i], "%d %d:%d", &weekday, &hour, &minute), ==, 3);
      g_ptr_array_add (slots, bmn_slot_new (1, weekday, hour * 60 + minute));
    }
  return slots;
}

/* @text: instants with blanks between; empty for none */
static GArray *
parse_taken (const char *text)
{
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) items = g_strsplit (text, " ", -1);
  for (int i = 0; items[i]; i++)
    {
      gint64 instant = parse_instant (items[i]);
      g_array_append_val (taken, instant);
    }
  return taken;
}

typedef struct
{
  const char *what;
  const char *slots;
  const char *zone;
  const char *after;
  const char *taken;
  gint64 min_gap; /* seconds */
  const char *instant;
  const char *wall;
} SlotCase;

static const SlotCase cases[] = {
  { "later today", "2 09:00, 2 17:00", "UTC", "2026-12-01T10:00:00Z", "", 0, "2026-12-01T17:00:00Z",
    "2026-12-01T17:00:00" },
  { "strictly after", "2 09:00", "UTC", "2026-12-01T09:00:00Z", "", 0, "2026-12-08T09:00:00Z",
    "2026-12-08T09:00:00" },
  { "just before", "2 09:00", "UTC", "2026-12-01T08:59:59.999999Z", "", 0, "2026-12-01T09:00:00Z",
    "2026-12-01T09:00:00" },
  { "unsorted slots", "5 09:00, 3 17:00, 3 08:00", "UTC", "2026-12-01T10:00:00Z", "", 0,
    "2026-12-02T08:00:00Z", "2026-12-02T08:00:00" },
  { "the zone's weekday", "3 08:00", "Pacific/Kiritimati", "2026-12-01T10:00:00Z", "", 0,
    "2026-12-01T18:00:00Z", "2026-12-02T08:00:00" },

  { "taken", "3 08:00, 3 12:00", "UTC", "2026-12-01T10:00:00Z", "2026-12-02T08:00:00Z", 0,
    "2026-12-02T12:00:00Z", "2026-12-02T12:00:00" },
  { "taken in the same minute", "3 08:00, 3 12:00", "UTC", "2026-12-01T10:00:00Z",
    "2026-12-02T08:00:59Z", 0, "2026-12-02T12:00:00Z", "2026-12-02T12:00:00" },
  { "a minute off is free", "3 08:00", "UTC", "2026-12-01T10:00:00Z",
    "2026-12-02T07:59:59Z 2026-12-02T08:01:00Z", 0, "2026-12-02T08:00:00Z", "2026-12-02T08:00:00" },
  { "gap before", "3 08:00, 3 12:00", "UTC", "2026-12-01T10:00:00Z", "2026-12-02T07:00:01Z", 3600,
    "2026-12-02T12:00:00Z", "2026-12-02T12:00:00" },
  { "gap after", "3 08:00, 3 12:00", "UTC", "2026-12-01T10:00:00Z", "2026-12-02T08:59:59Z", 3600,
    "2026-12-02T12:00:00Z", "2026-12-02T12:00:00" },
  { "gap just kept", "3 08:00", "UTC", "2026-12-01T10:00:00Z",
    "2026-12-02T09:00:00Z 2026-12-02T07:00:00Z", 3600, "2026-12-02T08:00:00Z",
    "2026-12-02T08:00:00" },
  { "weeks of taken ones", "3 08:00", "UTC", "2026-12-01T10:00:00Z",
    "2026-12-16T08:00:00Z 2026-12-02T08:00:00Z 2026-12-09T08:00:00Z", 0, "2026-12-23T08:00:00Z",
    "2026-12-23T08:00:00" },

  { "same wall time after the change", "1 09:00", "America/New_York", "2026-03-02T14:00:00Z", "", 0,
    "2026-03-09T13:00:00Z", "2026-03-09T09:00:00" },
  { "and after the change back", "1 09:00", "America/New_York", "2026-10-26T13:00:00Z", "", 0,
    "2026-11-02T14:00:00Z", "2026-11-02T09:00:00" },
  { "in a gap", "7 02:30", "America/New_York", "2026-03-02T00:00:00Z", "", 0,
    "2026-03-08T07:30:00Z", "2026-03-08T03:30:00" },
  { "moved past another", "7 02:30, 7 03:15", "America/New_York", "2026-03-08T00:00:00Z", "", 0,
    "2026-03-08T07:15:00Z", "2026-03-08T03:15:00" },
  { "an overlap is one place", "7 01:30", "America/New_York", "2026-11-01T05:30:00Z", "", 0,
    "2026-11-08T06:30:00Z", "2026-11-08T01:30:00" },
  { "half an hour's gap", "7 02:10", "Australia/Lord_Howe", "2026-10-01T00:00:00Z", "", 0,
    "2026-10-03T15:40:00Z", "2026-10-04T02:40:00" },
  { "Ramadan", "7 02:30", "Africa/Casablanca", "2026-03-20T00:00:00Z", "", 0,
    "2026-03-22T02:30:00Z", "2026-03-22T03:30:00" },
  { "no change", "7 02:30", "Asia/Kolkata", "2026-03-27T00:00:00Z", "", 0, "2026-03-28T21:00:00Z",
    "2026-03-29T02:30:00" },
  { "a day left out", "5 12:00", "Pacific/Apia", "2011-12-29T00:00:00Z", "", 0,
    "2011-12-30T22:00:00Z", "2011-12-31T12:00:00" },
  { "midnight that is not", "7 00:00", "America/Sao_Paulo", "2018-11-03T12:00:00Z", "", 0,
    "2018-11-04T03:00:00Z", "2018-11-04T01:00:00" },
};

static void
test_next_free (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SlotCase *c = &cases[i];
      g_test_message ("%s", c->what);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) slots = parse_slots (c->slots);
      g_autoptr (GArray) taken = parse_taken (c->taken);
      BmnSlotTime place = { 0 };
      bmn_slots_next_free (slots, c->zone, parse_instant (c->after), taken, c->min_gap, &place,
                           &error);
      g_assert_no_error (error);
      g_autofree char *instant = bmn_instant_format (place.instant);
      g_autofree char *wall = bmn_wall_time_format (&place.wall);
      g_assert_cmpstr (instant, ==, c->instant);
      g_assert_cmpstr (wall, ==, c->wall);
    }
}

static void
test_none_free (void)
{
  gint64 after = parse_instant ("2026-12-01T10:00:00Z");
  g_autoptr (GError) error = NULL;
  BmnSlotTime place;
  g_autoptr (GPtrArray) none = parse_slots ("");
  g_assert_false (bmn_slots_next_free (none, "UTC", after, NULL, 0, &place, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_autoptr (GPtrArray) slots = parse_slots ("3 08:00");
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 first = parse_instant ("2026-12-02T08:00:00Z");
  for (int week = 0; week < 53; week++)
    {
      gint64 instant = first + week * 7 * DAY;
      g_array_append_val (taken, instant);
    }
  g_assert_false (bmn_slots_next_free (slots, "UTC", after, taken, 0, &place, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* The last one within a year is found. */
  g_array_set_size (taken, 52);
  g_assert_true (bmn_slots_next_free (slots, "UTC", after, taken, 0, &place, &error));
  g_assert_cmpint (place.instant, ==, first + 52 * 7 * DAY);
}

static void
expect_invalid (GPtrArray *slots, const char *zone, gint64 after)
{
  g_autoptr (GError) error = NULL;
  BmnSlotTime place;
  g_assert_false (bmn_slots_next_free (slots, zone, after, NULL, 0, &place, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (bmn_slots_list_free (slots, zone, after, after, NULL, 0, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

static void
test_invalid (void)
{
  gint64 now = parse_instant ("2026-12-01T10:00:00Z");
  g_autoptr (GPtrArray) good = parse_slots ("3 08:00");
  expect_invalid (good, "No/Where", now);
  expect_invalid (good, "UTC", G_MAXINT64);
  expect_invalid (good, "UTC", G_MININT64);
  const char *const bad[] = { "0 08:00", "8 08:00", "1 24:00", "1 -1:00" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GPtrArray) slots = parse_slots (bad[i]);
      expect_invalid (slots, "UTC", now);
    }
}

static char *
list (const char *slots_text,
      const char *zone,
      const char *from,
      const char *until,
      const char *taken_text,
      gint64 min_gap)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = parse_slots (slots_text);
  g_autoptr (GArray) taken = parse_taken (taken_text);
  g_autoptr (GArray) places = bmn_slots_list_free (slots, zone, parse_instant (from),
                                                   parse_instant (until), taken, min_gap, &error);
  g_assert_no_error (error);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *instant
          = bmn_instant_format (g_array_index (places, BmnSlotTime, i).instant);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", instant);
    }
  return g_strdup (text->str);
}

static void
test_list_free (void)
{
  /* The first moment is in, the last is not. */
  g_autofree char *week
      = list ("2 10:00, 4 09:00", "UTC", "2026-12-01T10:00:00Z", "2026-12-10T09:00:00Z", "", 0);
  g_assert_cmpstr (week, ==, "2026-12-01T10:00:00Z 2026-12-03T09:00:00Z 2026-12-08T10:00:00Z");

  /* What is near a taken one is left out, but not what is near another free one. */
  g_autofree char *near = list ("2 10:00, 2 10:30, 2 11:00, 2 12:00", "UTC", "2026-12-01T00:00:00Z",
                                "2026-12-02T00:00:00Z", "2026-12-01T12:10:00Z", 1800);
  g_assert_cmpstr (near, ==, "2026-12-01T10:00:00Z 2026-12-01T10:30:00Z 2026-12-01T11:00:00Z");

  /* Two slots meet behind a gap: one place. */
  g_autofree char *met = list ("7 03:30, 7 02:30", "America/New_York", "2026-03-08T00:00:00Z",
                               "2026-03-09T00:00:00Z", "", 0);
  g_assert_cmpstr (met, ==, "2026-03-08T07:30:00Z");

  /* The same twice. */
  g_autofree char *twice
      = list ("2 10:00, 2 10:00", "UTC", "2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z", "", 0);
  g_assert_cmpstr (twice, ==, "2026-12-01T10:00:00Z");

  g_autofree char *nothing
      = list ("2 10:00", "UTC", "2026-12-02T00:00:00Z", "2026-12-01T00:00:00Z", "", 0);
  g_assert_cmpstr (nothing, ==, "");

  /* At most a year and a day: 53 Tuesdays. */
  g_autofree char *year
      = list ("2 10:00", "UTC", "2026-12-01T00:00:00Z", "9000-12-01T00:00:00Z", "", 0);
  g_auto (GStrv) places = g_strsplit (year, " ", -1);
  g_assert_cmpuint (g_strv_length (places), ==, 53);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/slots/next-free", test_next_free);
  g_test_add_func ("/schedule/slots/none-free", test_none_free);
  g_test_add_func ("/schedule/slots/invalid", test_invalid);
  g_test_add_func ("/schedule/slots/list-free", test_list_free);
  return g_test_run ();
}
