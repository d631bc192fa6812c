#include "bmn-clock.h"

G_DEFINE_ABSTRACT_TYPE (BmnClock, bmn_clock, G_TYPE_OBJECT)

static void
bmn_clock_class_init (BmnClockClass *klass)
{
}

static void
bmn_clock_init (BmnClock *clock)
{
}

gint64
bmn_clock_now (BmnClock *clock)
{
  return BMN_CLOCK_GET_CLASS (clock)->now (clock);
}

gint64
bmn_clock_monotonic (BmnClock *clock)
{
  return BMN_CLOCK_GET_CLASS (clock)->monotonic (clock);
}

GSource *
bmn_clock_create_timer (BmnClock *clock)
{
  return BMN_CLOCK_GET_CLASS (clock)->create_timer (clock);
}

void
bmn_clock_set_timer (BmnClock *clock, GSource *timer, gint64 at)
{
  BMN_CLOCK_GET_CLASS (clock)->set_timer (clock, timer, at);
}
