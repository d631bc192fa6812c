#include "bmn-error.h"
#include "bmn-instant.h"
#include "bmn-recurrence.h"
#include "bmn-zone.h"

static BmnWallTime
parse_wall (const char *text)
{
  g_autoptr (GError) error = NULL;
  BmnWallTime wall = { 0 };
  bmn_wall_time_parse (text, &wall, &error);
  g_assert_no_error (error);
  return wall;
}

static BmnRecurrence *
parse (const char *rule)
{
  g_autoptr (GError) error = NULL;
  BmnRecurrence *recurrence = bmn_recurrence_parse (rule, &error);
  g_assert_no_error (error);
  return recurrence;
}

typedef struct
{
  const char *rule;
  const char *zone;
  const char *first;
  const char *dates; /* the first of them, without their time of day; `.` is the end */
} DatesCase;

static const DatesCase dates_cases[] = {
  { "FREQ=DAILY;COUNT=3", "UTC", "2026-12-30 09:00", "2026-12-30 2026-12-31 2027-01-01 ." },
  { "FREQ=DAILY;INTERVAL=10", "UTC", "2026-12-30 09:00", "2026-12-30 2027-01-09 2027-01-19" },
  { "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=3", "UTC", "2026-12-04 09:00",
    "2026-12-04 2026-12-07 2026-12-08 ." },
  { "FREQ=WEEKLY;BYDAY=MO", "America/New_York", "2026-10-26 09:00",
    "2026-10-26 2026-11-02 2026-11-09" },
  { "FREQ=WEEKLY;COUNT=2", "UTC", "2026-12-01 09:00", "2026-12-01 2026-12-08 ." },
  /* The first day does not obey the rule, so it is no date and is not counted. */
  { "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", "UTC", "2026-12-01 09:00",
    "2026-12-02 2026-12-07 2026-12-09 ." },
  { "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "UTC", "2026-12-01 09:00",
    "2026-12-01 2026-12-06 2026-12-15 2026-12-20" },
  { "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "UTC", "2026-12-01 09:00",
    "2026-12-01 2026-12-13 2026-12-15 2026-12-27" },
  { "FREQ=MONTHLY;BYDAY=-1FR", "UTC", "2026-12-01 09:00",
    "2026-12-25 2027-01-29 2027-02-26 2027-03-26" },
  { "FREQ=MONTHLY;BYDAY=1MO,3MO", "UTC", "2026-12-01 09:00",
    "2026-12-07 2026-12-21 2027-01-04 2027-01-18" },
  { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "UTC", "2026-12-01 09:00",
    "2026-12-31 2027-01-29 2027-02-26" },
  { "FREQ=MONTHLY;BYMONTHDAY=31", "UTC", "2026-12-01 09:00",
    "2026-12-31 2027-01-31 2027-03-31 2027-05-31" },
  { "FREQ=MONTHLY;BYMONTHDAY=-1", "UTC", "2027-01-01 09:00", "2027-01-31 2027-02-28 2027-03-31" },
  { "FREQ=MONTHLY", "UTC", "2026-12-31 09:00", "2026-12-31 2027-01-31 2027-03-31" },
  { "FREQ=MONTHLY;BYDAY=5MO", "UTC", "2026-12-01 09:00", "2027-03-29 2027-05-31 2027-08-30" },
  { "FREQ=MONTHLY;BYMONTH=2;BYDAY=5SU", "UTC", "2026-12-01 09:00", "2032-02-29 2060-02-29" },
  { "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=10", "UTC", "2026-12-01 09:00",
    "2027-01-31 2027-05-30 2027-10-31" },
  { "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "UTC", "2026-01-01 09:00",
    "2026-02-13 2026-03-13 2026-11-13 2027-08-13" },
  { "FREQ=YEARLY", "UTC", "2028-02-29 09:00", "2028-02-29 2032-02-29 2036-02-29" },
  { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "UTC", "2026-12-01 09:00",
    "2028-02-29 2032-02-29 2036-02-29" },
  { "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "UTC", "2026-12-01 09:00", "2027-03-28 2028-03-26" },
  { "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "UTC", "2026-01-01 09:00",
    "2026-05-11 2027-05-17 2028-05-15" },
  { "FREQ=YEARLY;BYYEARDAY=1,-1", "UTC", "2026-12-01 09:00", "2026-12-31 2027-01-01 2027-12-31" },

  /* An end as a date has the whole day, others to the second. */
  { "FREQ=DAILY;UNTIL=20261202", "UTC", "2026-12-01 23:30", "2026-12-01 2026-12-02 ." },
  { "FREQ=DAILY;UNTIL=20261203T090000", "UTC", "2026-12-02 09:00", "2026-12-02 2026-12-03 ." },
  { "FREQ=DAILY;UNTIL=20261203T085959", "UTC", "2026-12-02 09:00", "2026-12-02 ." },
  { "FREQ=DAILY;UNTIL=20261203T140000Z", "America/New_York", "2026-12-02 09:00",
    "2026-12-02 2026-12-03 ." },
  { "FREQ=DAILY;UNTIL=20261203T135959Z", "America/New_York", "2026-12-02 09:00", "2026-12-02 ." },
  { "FREQ=DAILY;UNTIL=20261203T033000Z", "Asia/Kolkata", "2026-12-02 09:00",
    "2026-12-02 2026-12-03 ." },
  { "UNTIL=20261203;FREQ=DAILY", "UTC", "2026-12-04 09:00", "." },

  /* No later than 100 years after the first, and than libical's calendar reaches. */
  { "FREQ=YEARLY;INTERVAL=50", "UTC", "2026-12-01 09:00", "2026-12-01 2076-12-01 2126-12-01 ." },
  { "FREQ=YEARLY;INTERVAL=999", "UTC", "2026-12-01 09:00", "2026-12-01 ." },
  { "FREQ=WEEKLY;BYDAY=FR", "UTC", "2081-12-20 09:00", "2081-12-26 2082-01-02 2082-01-09" },
  { "FREQ=WEEKLY;BYDAY=FR", "UTC", "1970-01-01 09:00", "1970-01-02 1970-01-09" },
  { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "UTC", "2482-01-01 09:00",
    "2484-02-29 2488-02-29 2492-02-29 2496-02-29 2504-02-29" },
  { "FREQ=YEARLY", "UTC", "2581-12-30 09:00", "2581-12-30 2582-12-30 ." },
};

/* Returns: (transfer full): the next date, `.` for the end */
static char *
take (BmnRecurrence *recurrence, const DatesCase *c, BmnWallTime *after)
{
  g_autoptr (GError) error = NULL;
  BmnWallTime first = parse_wall (c->first);
  BmnWallTime next = { 0 };
  gboolean found = bmn_recurrence_next (recurrence, c->zone, &first,
                                        after->year == 0 ? NULL : after, &next, &error);
  g_assert_no_error (error);
  if (!found)
    return g_strdup (".");
  *after = next;
  g_assert_cmpint (next.hour, ==, first.hour);
  g_assert_cmpint (next.minute, ==, first.minute);
  return g_strdup_printf ("%04d-%02d-%02d", next.year, next.month, next.day);
}

static void
test_dates (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dates_cases); i++)
    {
      const DatesCase *c = &dates_cases[i];
      g_test_message ("%s", c->rule);
      g_autoptr (BmnRecurrence) recurrence = parse (c->rule);
      g_auto (GStrv) expected = g_strsplit (c->dates, " ", -1);
      BmnWallTime after = { 0 };
      for (int j = 0; expected[j]; j++)
        {
          g_autofree char *date = take (recurrence, c, &after);
          g_assert_cmpstr (date, ==, expected[j]);
        }
    }
}

/* 09:00 stays 09:00 when the offset changes. */
static void
test_across_changes (void)
{
  static const struct
  {
    const char *zone;
    const char *first;
    const char *instants[3];
  } cases[] = {
    { "America/New_York",
      "2026-10-26 09:00",
      { "2026-10-26T13:00:00Z", "2026-11-02T14:00:00Z", "2026-11-09T14:00:00Z" } },
    { "Australia/Lord_Howe",
      "2026-03-30 09:00",
      { "2026-03-29T22:00:00Z", "2026-04-05T22:30:00Z", "2026-04-12T22:30:00Z" } },
    { "Africa/Casablanca",
      "2026-02-09 09:00",
      { "2026-02-09T08:00:00Z", "2026-02-16T09:00:00Z", "2026-02-23T09:00:00Z" } },
    { "Asia/Kolkata",
      "2026-10-26 09:00",
      { "2026-10-26T03:30:00Z", "2026-11-02T03:30:00Z", "2026-11-09T03:30:00Z" } },
  };
  g_autoptr (BmnRecurrence) recurrence = parse ("FREQ=WEEKLY;BYDAY=MO");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnWallTime first = parse_wall (cases[i].first);
      BmnWallTime date;
      for (int j = 0; j < 3; j++)
        {
          g_autoptr (GError) error = NULL;
          gint64 instant = 0;
          BmnWallTime after = date;
          g_assert_true (bmn_recurrence_next (recurrence, cases[i].zone, &first,
                                              j == 0 ? NULL : &after, &date, &error));
          g_assert_no_error (error);
          g_assert_cmpint (date.hour, ==, 9);
          bmn_zone_resolve (cases[i].zone, &date, &instant, NULL, &error);
          g_assert_no_error (error);
          g_autofree char *text = bmn_instant_format (instant);
          g_assert_cmpstr (text, ==, cases[i].instants[j]);
        }
    }
}

/* The next date does not depend on whether @after is one. */
static void
test_after (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnRecurrence) recurrence = parse ("FREQ=WEEKLY;BYDAY=MO;COUNT=520");
  BmnWallTime first = parse_wall ("2026-12-07 09:00");
  const char *const cases[][2] = {
    { "2020-01-01 00:00", "2026-12-07T09:00:00" },
    { "2026-12-07 08:59:59", "2026-12-07T09:00:00" },
    { "2026-12-07 09:00", "2026-12-14T09:00:00" },
    { "2031-01-01 12:00", "2031-01-06T09:00:00" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnWallTime after = parse_wall (cases[i][0]);
      BmnWallTime next;
      g_assert_true (bmn_recurrence_next (recurrence, "UTC", &first, &after, &next, &error));
      g_autofree char *text = bmn_wall_time_format (&next);
      g_assert_cmpstr (text, ==, cases[i][1]);
    }
  /* 520 weeks later the count is used up. */
  BmnWallTime late = parse_wall ("2036-11-24 09:00");
  BmnWallTime next;
  g_assert_false (bmn_recurrence_next (recurrence, "UTC", &first, &late, &next, &error));
  g_assert_no_error (error);
}

static void
test_spelling (void)
{
  const char *const rules[]
      = { "FREQ=WEEKLY;BYDAY=MO", "RRULE:FREQ=WEEKLY;BYDAY=MO", "rrule:freq=weekly;byday=mo" };
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (BmnRecurrence) recurrence = parse (rules[i]);
      g_assert_cmpstr (bmn_recurrence_get_rule (recurrence), ==, "FREQ=WEEKLY;BYDAY=MO");
    }
}

static void
expect_refused (const char *rule)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_recurrence_parse (rule, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, BMN_RECURRENCE_MAX_LENGTH + 200);
  g_test_message ("%s", error->message);
}

static void
test_refused (void)
{
  const char *const rules[] = {
    "",
    ";",
    "RRULE:",
    "every day",
    "FREQ",
    "FREQ=",
    "FREQ=DAILY;",
    "FREQ=DAILY;;COUNT=1",
    "COUNT=3",
    "FREQ=FORTNIGHTLY",
    "FREQ=HOURLY",
    "FREQ=MINUTELY",
    "FREQ=SECONDLY",
    "FREQ=DAILY;FREQ=WEEKLY",
    "FREQ=DAILY;BYHOUR=9,17",
    "FREQ=DAILY;BYMINUTE=0",
    "FREQ=DAILY;BYSECOND=0",
    "FREQ=DAILY;RSCALE=HEBREW",
    "FREQ=DAILY;X-NAME=1",
    "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;COUNT=-1",
    "FREQ=DAILY;COUNT=+1",
    "FREQ=DAILY;COUNT=1.5",
    "FREQ=DAILY;COUNT= 1",
    "FREQ=DAILY;COUNT=10000",
    "FREQ=DAILY;COUNT=99999999999999999999",
    "FREQ=DAILY;COUNT=3;UNTIL=20261231",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=1000",
    "FREQ=DAILY;INTERVAL=32768",
    "FREQ=DAILY;INTERVAL=4294967297",
    "FREQ=DAILY;UNTIL=2026",
    "FREQ=DAILY;UNTIL=20260229",
    "FREQ=DAILY;UNTIL=20261231T250000",
    "FREQ=DAILY;UNTIL=20261231 235959",
    "FREQ=DAILY;UNTIL=20261231T235959+0100",
    "FREQ=DAILY;UNTIL=2026-12-3",
    "FREQ=WEEKLY;BYDAY=",
    "FREQ=WEEKLY;BYDAY=MO,",
    "FREQ=WEEKLY;BYDAY=MO,XX",
    "FREQ=WEEKLY;BYDAY=M",
    "FREQ=WEEKLY;BYDAY=1MO",
    "FREQ=DAILY;BYDAY=-1MO",
    "FREQ=MONTHLY;BYDAY=0MO",
    "FREQ=MONTHLY;BYDAY=54MO",
    "FREQ=MONTHLY;BYDAY=--1MO",
    "FREQ=MONTHLY;BYDAY=+-1MO",
    "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
    "FREQ=WEEKLY;BYMONTHDAY=1",
    "FREQ=MONTHLY;BYMONTHDAY=0",
    "FREQ=MONTHLY;BYMONTHDAY=32",
    "FREQ=MONTHLY;BYMONTHDAY=-32",
    "FREQ=MONTHLY;BYYEARDAY=1",
    "FREQ=MONTHLY;BYWEEKNO=1",
    "FREQ=YEARLY;BYYEARDAY=367",
    "FREQ=YEARLY;BYWEEKNO=54",
    "FREQ=YEARLY;BYMONTH=13",
    "FREQ=YEARLY;BYMONTH=-1",
    "FREQ=YEARLY;BYMONTH=5L",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,31",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31,-31",
    "FREQ=MONTHLY;BYSETPOS=1",
    "FREQ=MONTHLY;BYMONTH=10,11;BYSETPOS=2",
    "FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=MONTHLY;BYDAY=-6MO",
    "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
    "FREQ=MONTHLY;BYDAY=-1MO;BYMONTHDAY=-8",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6,-6",
    "FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=3",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=2MO",
    "FREQ=YEARLY;BYYEARDAY=200;BYMONTH=1",
    "FREQ=YEARLY;BYYEARDAY=200;BYMONTHDAY=1",
    "FREQ=YEARLY;BYWEEKNO=30;BYMONTH=1;BYDAY=MO",
    "FREQ=YEARLY;BYWEEKNO=30;BYMONTHDAY=1",
    "FREQ=YEARLY;BYWEEKNO=30;BYYEARDAY=1",
    "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1",
    "FREQ=WEEKLY;WKST=1",
    "FREQ=DAILY\n",
    "FREQ=DAILY\r\nDTSTART:20260101T000000",
    "FREQ=DAILY;COUNT=3\n",
    "FREQ=DAILY\t",
    "FREQ=T\xc3\x84GLICH",
    "\xff\xfe",
    "%s%s%s%n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    expect_refused (rules[i]);
}

static void
test_hostile (void)
{
  g_autoptr (GString) days = g_string_new ("FREQ=WEEKLY;BYDAY=MO");
  while (days->len < 10 * 1024)
    g_string_append (days, ",MO");
  expect_refused (days->str);

  /* As much as the length allows, more than there are days: refused or right, never a crash. */
  const char *const starts[]
      = { "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=YEARLY;BYYEARDAY=1",
          "FREQ=YEARLY;BYWEEKNO=1", "FREQ=YEARLY;BYMONTH=1" };
  const char *const more[] = { ",MO", ",1", ",1", ",1", ",1" };
  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (GString) rule = g_string_new (starts[i]);
      while (rule->len + strlen (more[i]) <= BMN_RECURRENCE_MAX_LENGTH)
        g_string_append (rule, more[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnRecurrence) recurrence = bmn_recurrence_parse (rule->str, &error);
      if (!recurrence)
        {
          g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
          continue;
        }
      BmnWallTime first = parse_wall ("2026-12-01 09:00");
      BmnWallTime next = { 0 };
      g_assert_true (bmn_recurrence_next (recurrence, "UTC", &first, NULL, &next, &error));
      g_assert_no_error (error);
      g_assert_cmpint (bmn_wall_time_compare (&next, &first), >=, 0);
    }

  /* Good by each part, but never a date. */
  static const char *const never[][2] = {
    { "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "2026-02-01 09:00" },
    { "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5;BYDAY=MO", "2026-02-01 09:00" },
    { "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2026-12-01 09:00" },
    { "FREQ=YEARLY;BYDAY=MO;BYSETPOS=54", "2026-12-01 09:00" },
    { "FREQ=YEARLY;INTERVAL=999;BYMONTH=2;BYMONTHDAY=29", "2026-12-01 09:00" },
    { "FREQ=DAILY", "2600-12-01 09:00" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    {
      g_test_message ("%s", never[i][0]);
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnRecurrence) recurrence = parse (never[i][0]);
      BmnWallTime first = parse_wall (never[i][1]);
      BmnWallTime next;
      g_assert_false (bmn_recurrence_next (recurrence, "UTC", &first, NULL, &next, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
}

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnRecurrence) daily = parse ("FREQ=DAILY");
  g_autoptr (BmnRecurrence) until = parse ("FREQ=DAILY;UNTIL=20261231T000000Z");
  BmnWallTime first = parse_wall ("2026-12-01 09:00");
  BmnWallTime next;
  g_assert_false (bmn_recurrence_next (until, "No/Where", &first, NULL, &next, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_clear_error (&error);

  BmnWallTime bad = { 2026, 2, 30, 9, 0, 0 };
  g_assert_false (bmn_recurrence_next (daily, "UTC", &bad, NULL, &next, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_clear_error (&error);
}

static void
test_describe (void)
{
  const char *const cases[][2] = {
    { "FREQ=DAILY", "Every day" },
    { "FREQ=DAILY;INTERVAL=3;COUNT=1", "Every 3 days, 1 time" },
    { "FREQ=WEEKLY", "Every week" },
    { "FREQ=WEEKLY;BYDAY=MO", "Every week on Monday" },
    { "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=10",
      "Every 2 weeks on Monday and Friday, 10 times" },
    { "FREQ=WEEKLY;BYDAY=MO,WE,SU;WKST=SU", "Every week on Monday, Wednesday and Sunday" },
    { "FREQ=WEEKLY;INTERVAL=2", "Every 2 weeks" },
    { "FREQ=MONTHLY", "Every month" },
    { "FREQ=MONTHLY;BYMONTHDAY=15", "Every month on day 15" },
    { "FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day" },
    { "FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday" },
    { "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", "Every 3 months on the first Monday" },
    { "FREQ=MONTHLY;INTERVAL=6", "Every 6 months" },
    { "FREQ=YEARLY;UNTIL=20301231", "Every year, until 12/31/30" },
    { "FREQ=YEARLY;INTERVAL=4", "Every 4 years" },
    /* No sentence: the rule itself. */
    { "FREQ=MONTHLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=MO" },
    { "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13" },
    { "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=MONTHLY;BYMONTHDAY=1,15" },
    { "freq=yearly;bymonth=3;byday=-1su", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" },
    { "FREQ=DAILY;BYMONTH=12", "FREQ=DAILY;BYMONTH=12" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnRecurrence) recurrence = parse (cases[i][0]);
      g_autofree char *text = bmn_recurrence_describe (recurrence);
      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static gpointer
expand_in_thread (gpointer data)
{
  g_autoptr (GError) error = NULL;
  BmnWallTime first = parse_wall ("2026-12-01 09:00");
  for (int i = 0; i < 200; i++)
    {
      BmnWallTime after = parse_wall ("2027-12-03 09:00");
      BmnWallTime next = { 0 };
      bmn_recurrence_next (data, "UTC", &first, &after, &next, &error);
      g_assert_no_error (error);
      g_autofree char *text = bmn_wall_time_format (&next);
      g_assert_cmpstr (text, ==, "2027-12-06T09:00:00");
    }
  bmn_recurrence_unref (data);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (BmnRecurrence) recurrence = parse ("FREQ=WEEKLY;BYDAY=MO,TU");
  GThread *threads[4];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("expand", expand_in_thread, bmn_recurrence_ref (recurrence));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/recurrence/dates", test_dates);
  g_test_add_func ("/schedule/recurrence/across-changes", test_across_changes);
  g_test_add_func ("/schedule/recurrence/after", test_after);
  g_test_add_func ("/schedule/recurrence/spelling", test_spelling);
  g_test_add_func ("/schedule/recurrence/refused", test_refused);
  g_test_add_func ("/schedule/recurrence/hostile", test_hostile);
  g_test_add_func ("/schedule/recurrence/errors", test_errors);
  g_test_add_func ("/schedule/recurrence/describe", test_describe);
  g_test_add_func ("/schedule/recurrence/threads", test_threads);
  return g_test_run ();
}
