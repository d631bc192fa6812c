#include "bmn-system-timer-private.h"
#include "bmn-clock.h"

#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* The kernel reports steps only to a timer that is armed, so one without a time sleeps this
 * long; times further away are reached in such stages. */
#define FAR_AHEAD (G_GINT64_CONSTANT (36500) * 24 * 3600 * G_USEC_PER_SEC)

/* Without a timerfd: how long one sleeps at most, and which difference between the two
 * clocks is a step and not the slewing of a time service. */
#define POLL_INTERVAL (30 * G_USEC_PER_SEC)
#define POLL_TOLERANCE (1 * G_USEC_PER_SEC)

typedef struct
{
  GSource source;
  int fd; /* −1 where there is none */
  gpointer fd_tag;
  gint64 at;        /* 0 for none */
  gboolean stepped; /* to be reported at the next dispatch */
  gint64 offset;    /* without a timerfd: wall clock − monotonic clock when last looked at */
} BmnSystemTimer;

static gint64
read_offset (void)
{
  return g_get_real_time () - g_get_monotonic_time ();
}

/* Returns: %FALSE when the kernel refuses */
static gboolean
arm_fd (BmnSystemTimer *timer)
{
  gint64 until = g_get_real_time () + FAR_AHEAD;
  if (timer->at != 0)
    until = CLAMP (timer->at, 1, until);
  const struct itimerspec spec = {
    .it_value.tv_sec = until / G_USEC_PER_SEC,
    .it_value.tv_nsec = until % G_USEC_PER_SEC * 1000,
  };
  if (timerfd_settime (timer->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL) == 0)
    return TRUE;
  /* A step that was not read yet is reported by this call, which armed the timer even so. */
  if (errno != ECANCELED)
    return FALSE;
  timer->stepped = TRUE;
  return TRUE;
}

static void
drop_fd (BmnSystemTimer *timer)
{
  g_source_remove_unix_fd (&timer->source, timer->fd_tag);
  close (timer->fd);
  timer->fd = -1;
  timer->offset = read_offset ();
}

/* Makes the source wake up at its time, for a step, and at once where a step waits to be
 * reported. */
static void
arm (BmnSystemTimer *timer)
{
  if (timer->fd >= 0 && !arm_fd (timer))
    drop_fd (timer);
  gint64 ready_time = -1;
  if (timer->stepped)
    ready_time = 0;
  else if (timer->fd < 0)
    {
      gint64 wait = timer->at != 0 ? timer->at - g_get_real_time () : POLL_INTERVAL;
      ready_time = g_get_monotonic_time () + CLAMP (wait, 0, POLL_INTERVAL);
    }
  g_source_set_ready_time (&timer->source, ready_time);
}

/* Takes what the kernel has to say: whether the clock was set since the last look. */
static gboolean
take_step (BmnSystemTimer *timer)
{
  gboolean stepped = timer->stepped;
  timer->stepped = FALSE;
  if (timer->fd >= 0)
    {
      guint64 expirations;
      return (read (timer->fd, &expirations, sizeof expirations) < 0 && errno == ECANCELED)
             || stepped;
    }
  gint64 offset = read_offset ();
  stepped = stepped || ABS (offset - timer->offset) > POLL_TOLERANCE;
  timer->offset = offset;
  return stepped;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  BmnSystemTimer *timer = (BmnSystemTimer *)source;
  BmnClockTimerFunc func = (BmnClockTimerFunc)(void (*) (void))callback;
  gboolean stepped = take_step (timer);
  /* After a step a time that is past is reported by the next dispatch, because the one who
   * is told of the step may set another one. */
  gboolean due = !stepped && timer->at != 0 && g_get_real_time () >= timer->at;
  if (due)
    timer->at = 0;
  arm (timer);
  if ((stepped || due) && func)
    func (stepped, user_data);
  return G_SOURCE_CONTINUE;
}

static void
finalize (GSource *source)
{
  BmnSystemTimer *timer = (BmnSystemTimer *)source;
  if (timer->fd >= 0)
    close (timer->fd);
}

static GSourceFuncs system_timer_funcs = {
  .dispatch = dispatch,
  .finalize = finalize,
};

GSource *
bmn_system_timer_new (void)
{
  GSource *source = g_source_new (&system_timer_funcs, sizeof (BmnSystemTimer));
  BmnSystemTimer *timer = (BmnSystemTimer *)source;
  g_source_set_static_name (source, "bmn-system-timer");
  timer->fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (timer->fd >= 0)
    timer->fd_tag = g_source_add_unix_fd (source, timer->fd, G_IO_IN);
  else
    timer->offset = read_offset ();
  arm (timer);
  return source;
}

void
bmn_system_timer_set (GSource *source, gint64 at)
{
  BmnSystemTimer *timer = (BmnSystemTimer *)source;
  timer->at = at;
  arm (timer);
}
