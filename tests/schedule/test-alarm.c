#include "bmn-alarm.h"
#include "bmn-fake-clock.h"

#include <sys/resource.h>
#include <unistd.h>

#define SECOND ((gint64)G_USEC_PER_SEC)
#define HOUR (3600 * SECOND)
#define YEAR (365 * 24 * HOUR)

/* What an alarm said, in order: F for fired, C for a changed clock. */
typedef struct
{
  BmnClock *clock; /* (owned) */
  BmnAlarm *alarm; /* (owned) */
  GString *said;   /* (owned) */
  gint64 next;     /* set when it fires; 0 for none */
} Watch;

static void
on_fired (BmnAlarm *alarm, Watch *watch)
{
  g_assert_cmpint (bmn_alarm_get (alarm), ==, 0);
  g_string_append_c (watch->said, 'F');
  if (watch->next != 0)
    bmn_alarm_set (alarm, watch->next);
  watch->next = 0;
}

static void
on_clock_changed (BmnAlarm *alarm, Watch *watch)
{
  g_string_append_c (watch->said, 'C');
}

static void
watch_init (Watch *watch, BmnClock *clock)
{
  watch->clock = clock;
  watch->alarm = bmn_alarm_new (clock);
  watch->said = g_string_new (NULL);
  watch->next = 0;
  g_signal_connect (watch->alarm, "fired", G_CALLBACK (on_fired), watch);
  g_signal_connect (watch->alarm, "clock-changed", G_CALLBACK (on_clock_changed), watch);
}

static void
watch_clear (Watch *watch)
{
  g_clear_object (&watch->alarm);
  g_clear_object (&watch->clock);
  g_string_free (watch->said, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Watch, watch_clear)

#define START "2026-12-01T09:00:00Z"

static BmnFakeClock *
get_fake (Watch *watch)
{
  return BMN_FAKE_CLOCK (watch->clock);
}

static void
expect (Watch *watch, const char *said)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (watch->said->str, ==, said);
  g_string_truncate (watch->said, 0);
}

static void
test_time_passes (void)
{
  g_auto (Watch) watch = { 0 };
  watch_init (&watch, BMN_CLOCK (bmn_fake_clock_new_at (START)));
  gint64 start = bmn_clock_now (watch.clock);
  expect (&watch, "");

  bmn_alarm_set (watch.alarm, start + 10 * SECOND);
  g_assert_cmpint (bmn_alarm_get (watch.alarm), ==, start + 10 * SECOND);
  expect (&watch, "");
  bmn_fake_clock_advance (get_fake (&watch), 10 * SECOND - 1);
  expect (&watch, "");
  bmn_fake_clock_advance (get_fake (&watch), 1);
  expect (&watch, "F");
  bmn_fake_clock_advance (get_fake (&watch), YEAR);
  expect (&watch, "");

  /* A time that is past fires, but from the main loop. */
  bmn_alarm_set (watch.alarm, start);
  g_assert_cmpstr (watch.said->str, ==, "");
  expect (&watch, "F");

  /* Another time takes the place of the first, and none of both. */
  gint64 now = bmn_clock_now (watch.clock);
  bmn_alarm_set (watch.alarm, now + 5 * SECOND);
  bmn_alarm_set (watch.alarm, now + 20 * SECOND);
  bmn_fake_clock_advance (get_fake (&watch), 10 * SECOND);
  expect (&watch, "");
  bmn_alarm_set (watch.alarm, 0);
  bmn_fake_clock_advance (get_fake (&watch), YEAR);
  expect (&watch, "");

  /* A handler may set the next. */
  now = bmn_clock_now (watch.clock);
  watch.next = now + 2 * HOUR;
  bmn_alarm_set (watch.alarm, now + HOUR);
  bmn_fake_clock_advance (get_fake (&watch), HOUR);
  expect (&watch, "F");
  bmn_fake_clock_advance_to (get_fake (&watch), now + 2 * HOUR);
  expect (&watch, "F");
}

static void
test_steps (void)
{
  static const struct
  {
    gint64 step;
    const char *said;   /* at once */
    gint64 still_to_go; /* until it fires, where it did not */
  } cases[] = {
    { HOUR, "CF", 0 },
    { -HOUR, "C", HOUR + 60 * SECOND },
    { YEAR, "CF", 0 },
    { -YEAR, "C", YEAR + 60 * SECOND },
    { 30 * SECOND, "C", 30 * SECOND },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Watch) watch = { 0 };
      watch_init (&watch, BMN_CLOCK (bmn_fake_clock_new_at (START)));
      gint64 at = bmn_clock_now (watch.clock) + 60 * SECOND;
      gint64 monotonic = bmn_clock_monotonic (watch.clock);
      bmn_alarm_set (watch.alarm, at);
      bmn_fake_clock_step (get_fake (&watch), cases[i].step);
      g_assert_cmpint (bmn_clock_monotonic (watch.clock), ==, monotonic);
      expect (&watch, cases[i].said);
      if (cases[i].still_to_go == 0)
        continue;
      g_assert_cmpint (bmn_alarm_get (watch.alarm), ==, at);
      bmn_fake_clock_advance (get_fake (&watch), cases[i].still_to_go - 1);
      expect (&watch, "");
      bmn_fake_clock_advance (get_fake (&watch), 1);
      expect (&watch, "F");
    }
}

/* A step is told with no time set as well. */
static void
test_step_unset (void)
{
  g_auto (Watch) watch = { 0 };
  watch_init (&watch, BMN_CLOCK (bmn_fake_clock_new_at (START)));
  bmn_fake_clock_step (get_fake (&watch), -HOUR);
  expect (&watch, "C");
  bmn_fake_clock_step (get_fake (&watch), HOUR);
  bmn_fake_clock_step (get_fake (&watch), HOUR);
  expect (&watch, "C");
}

static void
unset (BmnAlarm *alarm, gpointer user_data)
{
  bmn_alarm_set (alarm, 0);
}

/* Who is told of a step may change the time before it fires. */
static void
test_step_handler_wins (void)
{
  g_auto (Watch) watch = { 0 };
  watch_init (&watch, BMN_CLOCK (bmn_fake_clock_new_at (START)));
  g_signal_connect (watch.alarm, "clock-changed", G_CALLBACK (unset), NULL);
  bmn_alarm_set (watch.alarm, bmn_clock_now (watch.clock) + SECOND);
  bmn_fake_clock_step (get_fake (&watch), HOUR);
  expect (&watch, "C");
}

static void
test_suspend (void)
{
  g_auto (Watch) watch = { 0 };
  watch_init (&watch, BMN_CLOCK (bmn_fake_clock_new_at (START)));
  gint64 monotonic = bmn_clock_monotonic (watch.clock);
  gint64 start = bmn_clock_now (watch.clock);

  /* The time passes during sleep: told upon waking up. */
  bmn_alarm_set (watch.alarm, start + HOUR);
  bmn_fake_clock_suspend (get_fake (&watch), 8 * HOUR);
  g_assert_cmpint (bmn_clock_now (watch.clock), ==, start + 8 * HOUR);
  g_assert_cmpint (bmn_clock_monotonic (watch.clock), ==, monotonic);
  expect (&watch, "CF");

  /* The time comes after sleep: not late by the length of the sleep. */
  bmn_alarm_set (watch.alarm, start + 10 * HOUR);
  bmn_fake_clock_suspend (get_fake (&watch), HOUR);
  expect (&watch, "C");
  bmn_fake_clock_advance (get_fake (&watch), HOUR);
  expect (&watch, "F");
}

static void
let_go (BmnAlarm *alarm, BmnAlarm **owner)
{
  g_clear_object (owner);
}

static void
test_let_go_in_handler (void)
{
  BmnFakeClock *clock = bmn_fake_clock_new_at (START);
  BmnAlarm *alarm = bmn_alarm_new (BMN_CLOCK (clock));
  g_signal_connect (alarm, "fired", G_CALLBACK (let_go), &alarm);
  bmn_alarm_set (alarm, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (alarm);
  bmn_fake_clock_step (clock, HOUR);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (clock);
}

static void
count_change (BmnFakeClock *clock, int *n_changes)
{
  (*n_changes)++;
}

static void
test_fake_changed (void)
{
  int n_changes = 0;
  g_autoptr (BmnFakeClock) clock = bmn_fake_clock_new_at (START);
  g_signal_connect (clock, "changed", G_CALLBACK (count_change), &n_changes);
  bmn_fake_clock_advance (clock, HOUR);
  g_assert_cmpint (n_changes, ==, 0);
  bmn_fake_clock_step (clock, HOUR);
  bmn_fake_clock_suspend (clock, HOUR);
  g_assert_cmpint (n_changes, ==, 2);
}

static gpointer
advance_in_thread (gpointer clock)
{
  bmn_fake_clock_advance (clock, HOUR);
  return NULL;
}

/* The clock is moved by another thread than the one that sleeps on the alarm. */
static void
test_threads (void)
{
  g_auto (Watch) watch = { 0 };
  watch_init (&watch, BMN_CLOCK (bmn_fake_clock_new_at (START)));
  bmn_alarm_set (watch.alarm, bmn_clock_now (watch.clock) + HOUR);
  g_autoptr (GThread) thread = g_thread_new ("mover", advance_in_thread, watch.clock);
  while (watch.said->len == 0)
    g_main_context_iteration (NULL, TRUE);
  expect (&watch, "F");
  g_thread_join (g_steal_pointer (&thread));
}

/* On the computer's own clock: what fires does so at or after its time, in order of the
 * times. A step of that clock by somebody else during the test is no failure. */
static void
check_system_alarm (void)
{
  g_auto (Watch) early = { 0 };
  g_auto (Watch) late = { 0 };
  g_auto (Watch) never = { 0 };
  watch_init (&early, bmn_clock_new_system ());
  watch_init (&late, bmn_clock_new_system ());
  watch_init (&never, bmn_clock_new_system ());
  gint64 now = bmn_clock_now (early.clock);
  bmn_alarm_set (never.alarm, now + 20 * 1000);
  bmn_alarm_set (late.alarm, now + 120 * 1000);
  bmn_alarm_set (early.alarm, now + HOUR);
  bmn_alarm_set (early.alarm, now + 60 * 1000);
  bmn_alarm_set (never.alarm, 0);
  while (!strchr (early.said->str, 'F'))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (bmn_clock_now (early.clock), >=, now + 60 * 1000);
  while (!strchr (late.said->str, 'F'))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (bmn_clock_now (late.clock), >=, now + 120 * 1000);
  g_assert_null (strchr (never.said->str, 'F'));

  /* Overdue, absurdly so, and further ahead than the kernel can count. */
  bmn_alarm_set (never.alarm, -1);
  while (!strchr (never.said->str, 'F'))
    g_main_context_iteration (NULL, TRUE);
  g_string_truncate (never.said, 0);
  bmn_alarm_set (never.alarm, G_MAXINT64);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (strchr (never.said->str, 'F'));
}

/* Without a file descriptor left, alarms still fire. */
static void
test_system_without_fd (void)
{
  /* The loop has its own descriptors already; the limit is put at the first free one. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  int first_free = dup (STDERR_FILENO);
  g_assert_cmpint (first_free, >=, 0);
  close (first_free);
  struct rlimit before;
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  const struct rlimit full = { first_free, before.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &full), ==, 0);
  g_assert_cmpint (dup (STDERR_FILENO), ==, -1);
  check_system_alarm ();
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
}

/* Nothing wakes the loop for a time that is far away, or for none. */
static void
test_system_sleeps (void)
{
  GMainContext *context = g_main_context_default ();
  g_auto (Watch) watch = { 0 };
  watch_init (&watch, bmn_clock_new_system ());
  const gint64 times[] = { 0, bmn_clock_now (watch.clock) + HOUR };
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      bmn_alarm_set (watch.alarm, times[i]);
      g_assert_false (g_main_context_iteration (context, FALSE));
      int timeout, priority;
      GPollFD fds[8] = { 0 };
      g_main_context_acquire (context);
      g_main_context_prepare (context, &priority);
      int n_fds = g_main_context_query (context, G_MAXINT, &timeout, fds, G_N_ELEMENTS (fds));
      g_assert_cmpint (timeout, ==, -1);
      g_main_context_check (context, G_MAXINT, fds, n_fds);
      g_main_context_release (context);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/alarm/time-passes", test_time_passes);
  g_test_add_func ("/schedule/alarm/steps", test_steps);
  g_test_add_func ("/schedule/alarm/step-unset", test_step_unset);
  g_test_add_func ("/schedule/alarm/step-handler-wins", test_step_handler_wins);
  g_test_add_func ("/schedule/alarm/suspend", test_suspend);
  g_test_add_func ("/schedule/alarm/let-go-in-handler", test_let_go_in_handler);
  g_test_add_func ("/schedule/alarm/fake-changed", test_fake_changed);
  g_test_add_func ("/schedule/alarm/threads", test_threads);
  g_test_add_func ("/schedule/alarm/system", check_system_alarm);
  g_test_add_func ("/schedule/alarm/system-without-fd", test_system_without_fd);
  g_test_add_func ("/schedule/alarm/system-sleeps", test_system_sleeps);
  return g_test_run ();
}
