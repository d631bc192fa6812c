/* The kernel's side of a clock step, which a test may not cause on a computer that others use:
 * the linker puts the functions below in place of the real ones. */

#include "bmn-alarm.h"

#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define MILLISECOND 1000
#define HOUR (3600 * (gint64)G_USEC_PER_SEC)

static gboolean cancel_next_read;
static gboolean cancel_next_settime;
static gboolean refuse_settime;
static gint64 clock_offset;

ssize_t __real_read (int fd, void *buffer, size_t size);
ssize_t __wrap_read (int fd, void *buffer, size_t size);
int
__real_timerfd_settime (int fd, int flags, const struct itimerspec *spec, struct itimerspec *old);
int
__wrap_timerfd_settime (int fd, int flags, const struct itimerspec *spec, struct itimerspec *old);
gint64 __real_g_get_real_time (void);
gint64 __wrap_g_get_real_time (void);

ssize_t
__wrap_read (int fd, void *buffer, size_t size)
{
  ssize_t result = __real_read (fd, buffer, size);
  if (!cancel_next_read)
    return result;
  cancel_next_read = FALSE;
  errno = ECANCELED;
  return -1;
}

int
__wrap_timerfd_settime (int fd, int flags, const struct itimerspec *spec, struct itimerspec *old)
{
  g_assert_cmpint (flags, ==, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET);
  g_assert_true (spec->it_value.tv_sec > 0 || spec->it_value.tv_nsec > 0);
  int result = __real_timerfd_settime (fd, flags, spec, old);
  if (refuse_settime)
    {
      errno = EINVAL;
      return -1;
    }
  if (!cancel_next_settime)
    return result;
  cancel_next_settime = FALSE;
  errno = ECANCELED;
  return -1;
}

gint64
__wrap_g_get_real_time (void)
{
  return __real_g_get_real_time () + clock_offset;
}

/* F for fired, C for a changed clock. */
static void
say_fired (BmnAlarm *alarm, GString *said)
{
  g_string_append_c (said, 'F');
}

static void
say_changed (BmnAlarm *alarm, GString *said)
{
  g_string_append_c (said, 'C');
}

static BmnAlarm *
create_alarm (GString *said)
{
  g_autoptr (BmnClock) clock = bmn_clock_new_system ();
  BmnAlarm *alarm = bmn_alarm_new (clock);
  g_signal_connect (alarm, "fired", G_CALLBACK (say_fired), said);
  g_signal_connect (alarm, "clock-changed", G_CALLBACK (say_changed), said);
  return alarm;
}

static void
wait_for (GString *said, const char *expected)
{
  while (said->len < strlen (expected))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (said->str, ==, expected);
  g_string_truncate (said, 0);
}

/* The sleep was cut short by a step: told as such, and the time still comes. */
static void
test_step_while_asleep (void)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (BmnAlarm) alarm = create_alarm (said);
  bmn_alarm_set (alarm, g_get_real_time () + 20 * MILLISECOND);
  cancel_next_read = TRUE;
  wait_for (said, "CF");
}

/* The step came between a sleep and the next: the call that arms the timer tells of it. */
static void
test_step_while_awake (void)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (BmnAlarm) alarm = create_alarm (said);
  cancel_next_settime = TRUE;
  bmn_alarm_set (alarm, g_get_real_time () + 20 * MILLISECOND);
  wait_for (said, "CF");

  cancel_next_settime = TRUE;
  bmn_alarm_set (alarm, 0);
  wait_for (said, "C");
}

/* A kernel that cannot cancel timers: the clocks are compared instead. */
static void
test_step_refused (void)
{
  g_autoptr (GString) said = g_string_new (NULL);
  refuse_settime = TRUE;
  g_autoptr (BmnAlarm) alarm = create_alarm (said);
  bmn_alarm_set (alarm, g_get_real_time () + 20 * MILLISECOND);
  wait_for (said, "F");

  bmn_alarm_set (alarm, g_get_real_time () + 20 * MILLISECOND);
  clock_offset = HOUR;
  wait_for (said, "CF");

  /* Back: the time is now an hour away. */
  bmn_alarm_set (alarm, g_get_real_time () + 20 * MILLISECOND);
  clock_offset = 0;
  wait_for (said, "C");
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpint (bmn_alarm_get (alarm), >, g_get_real_time ());
  refuse_settime = FALSE;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/system-timer/step-while-asleep", test_step_while_asleep);
  g_test_add_func ("/schedule/system-timer/step-while-awake", test_step_while_awake);
  g_test_add_func ("/schedule/system-timer/step-refused", test_step_refused);
  return g_test_run ();
}
