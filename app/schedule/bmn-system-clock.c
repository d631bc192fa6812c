#include "bmn-clock.h"
#include "bmn-system-timer-private.h"

#define BMN_TYPE_SYSTEM_CLOCK (bmn_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (BmnSystemClock, bmn_system_clock, BMN, SYSTEM_CLOCK, BmnClock)

struct _BmnSystemClock
{
  BmnClock parent_instance;
};

G_DEFINE_FINAL_TYPE (BmnSystemClock, bmn_system_clock, BMN_TYPE_CLOCK)

static gint64
bmn_system_clock_now (BmnClock *clock)
{
  return g_get_real_time ();
}

static gint64
bmn_system_clock_monotonic (BmnClock *clock)
{
  return g_get_monotonic_time ();
}

static GSource *
bmn_system_clock_create_timer (BmnClock *clock)
{
  return bmn_system_timer_new ();
}

static void
bmn_system_clock_set_timer (BmnClock *clock, GSource *timer, gint64 at)
{
  bmn_system_timer_set (timer, at);
}

static void
bmn_system_clock_class_init (BmnSystemClockClass *klass)
{
  BmnClockClass *clock_class = BMN_CLOCK_CLASS (klass);
  clock_class->now = bmn_system_clock_now;
  clock_class->monotonic = bmn_system_clock_monotonic;
  clock_class->create_timer = bmn_system_clock_create_timer;
  clock_class->set_timer = bmn_system_clock_set_timer;
}

static void
bmn_system_clock_init (BmnSystemClock *clock)
{
}

BmnClock *
bmn_clock_new_system (void)
{
  return g_object_new (BMN_TYPE_SYSTEM_CLOCK, NULL);
}
