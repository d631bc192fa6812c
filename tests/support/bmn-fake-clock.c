#include "bmn-fake-clock.h"
#include "bmn-instant.h"

struct _BmnFakeClock
{
  BmnClock parent_instance;
  GMutex lock; /* guards all below, and what the timers hold */
  gint64 now;
  gint64 monotonic;
  GPtrArray *timers; /* (owned) (element-type FakeTimer): each leaves it when it ends */
};

G_DEFINE_FINAL_TYPE (BmnFakeClock, bmn_fake_clock, BMN_TYPE_CLOCK)

static guint changed_signal;

typedef struct
{
  GSource source;
  BmnFakeClock *clock; /* (owned) */
  gint64 at;           /* 0 for none */
  gboolean stepped;
} FakeTimer;

/* Wakes the timer's loop if there is something to report. The lock is held. */
static void
update_timer (FakeTimer *timer)
{
  gboolean due = timer->at != 0 && timer->clock->now >= timer->at;
  g_source_set_ready_time (&timer->source, due || timer->stepped ? 0 : -1);
}

static gboolean
dispatch_timer (GSource *source, GSourceFunc callback, gpointer user_data)
{
  FakeTimer *timer = (FakeTimer *)source;
  BmnClockTimerFunc func = (BmnClockTimerFunc)(void (*) (void))callback;
  g_mutex_lock (&timer->clock->lock);
  gboolean stepped = timer->stepped;
  gboolean due = !stepped && timer->at != 0 && timer->clock->now >= timer->at;
  timer->stepped = FALSE;
  if (due)
    timer->at = 0;
  update_timer (timer);
  g_mutex_unlock (&timer->clock->lock);
  if ((stepped || due) && func)
    func (stepped, user_data);
  return G_SOURCE_CONTINUE;
}

static void
finalize_timer (GSource *source)
{
  FakeTimer *timer = (FakeTimer *)source;
  g_mutex_lock (&timer->clock->lock);
  g_ptr_array_remove_fast (timer->clock->timers, timer);
  g_mutex_unlock (&timer->clock->lock);
  g_clear_object (&timer->clock);
}

static GSourceFuncs timer_funcs = {
  .dispatch = dispatch_timer,
  .finalize = finalize_timer,
};

static GSource *
bmn_fake_clock_create_timer (BmnClock *parent)
{
  BmnFakeClock *clock = BMN_FAKE_CLOCK (parent);
  GSource *source = g_source_new (&timer_funcs, sizeof (FakeTimer));
  FakeTimer *timer = (FakeTimer *)source;
  timer->clock = g_object_ref (clock);
  g_mutex_lock (&clock->lock);
  g_ptr_array_add (clock->timers, timer);
  g_mutex_unlock (&clock->lock);
  return source;
}

static void
bmn_fake_clock_set_timer (BmnClock *parent, GSource *source, gint64 at)
{
  BmnFakeClock *clock = BMN_FAKE_CLOCK (parent);
  FakeTimer *timer = (FakeTimer *)source;
  g_mutex_lock (&clock->lock);
  timer->at = at;
  update_timer (timer);
  g_mutex_unlock (&clock->lock);
}

static gint64
bmn_fake_clock_now (BmnClock *parent)
{
  BmnFakeClock *clock = BMN_FAKE_CLOCK (parent);
  g_mutex_lock (&clock->lock);
  gint64 now = clock->now;
  g_mutex_unlock (&clock->lock);
  return now;
}

static gint64
bmn_fake_clock_monotonic (BmnClock *parent)
{
  BmnFakeClock *clock = BMN_FAKE_CLOCK (parent);
  g_mutex_lock (&clock->lock);
  gint64 monotonic = clock->monotonic;
  g_mutex_unlock (&clock->lock);
  return monotonic;
}

static void
bmn_fake_clock_finalize (GObject *object)
{
  BmnFakeClock *clock = BMN_FAKE_CLOCK (object);
  g_ptr_array_unref (clock->timers);
  g_mutex_clear (&clock->lock);
  G_OBJECT_CLASS (bmn_fake_clock_parent_class)->finalize (object);
}

static void
bmn_fake_clock_class_init (BmnFakeClockClass *klass)
{
  BmnClockClass *clock_class = BMN_CLOCK_CLASS (klass);
  clock_class->now = bmn_fake_clock_now;
  clock_class->monotonic = bmn_fake_clock_monotonic;
  clock_class->create_timer = bmn_fake_clock_create_timer;
  clock_class->set_timer = bmn_fake_clock_set_timer;
  G_OBJECT_CLASS (klass)->finalize = bmn_fake_clock_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_fake_clock_init (BmnFakeClock *clock)
{
  g_mutex_init (&clock->lock);
  clock->timers = g_ptr_array_new ();
}

BmnFakeClock *
bmn_fake_clock_new (gint64 now)
{
  BmnFakeClock *clock = g_object_new (BMN_TYPE_FAKE_CLOCK, NULL);
  clock->now = now;
  return clock;
}

BmnFakeClock *
bmn_fake_clock_new_at (const char *now)
{
  g_autoptr (GError) error = NULL;
  gint64 instant = 0;
  bmn_instant_parse (now, &instant, &error);
  g_assert_no_error (error);
  return bmn_fake_clock_new (instant);
}

static void
move (BmnFakeClock *clock, gint64 now, gint64 passed, gboolean step)
{
  g_mutex_lock (&clock->lock);
  clock->now = now;
  clock->monotonic += passed;
  for (guint i = 0; i < clock->timers->len; i++)
    {
      FakeTimer *timer = g_ptr_array_index (clock->timers, i);
      timer->stepped = timer->stepped || step;
      update_timer (timer);
    }
  g_mutex_unlock (&clock->lock);
  if (step)
    g_signal_emit (clock, changed_signal, 0);
}

void
bmn_fake_clock_advance (BmnFakeClock *clock, gint64 duration)
{
  g_assert_cmpint (duration, >=, 0);
  move (clock, bmn_fake_clock_now (BMN_CLOCK (clock)) + duration, duration, FALSE);
}

void
bmn_fake_clock_advance_to (BmnFakeClock *clock, gint64 instant)
{
  bmn_fake_clock_advance (clock, instant - bmn_fake_clock_now (BMN_CLOCK (clock)));
}

void
bmn_fake_clock_set (BmnFakeClock *clock, gint64 now)
{
  move (clock, now, 0, TRUE);
}

void
bmn_fake_clock_step (BmnFakeClock *clock, gint64 difference)
{
  bmn_fake_clock_set (clock, bmn_fake_clock_now (BMN_CLOCK (clock)) + difference);
}

void
bmn_fake_clock_suspend (BmnFakeClock *clock, gint64 duration)
{
  bmn_fake_clock_step (clock, duration);
}
