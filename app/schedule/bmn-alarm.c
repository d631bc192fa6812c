#include "bmn-alarm.h"

struct _BmnAlarm
{
  GObject parent_instance;
  BmnClock *clock; /* (owned) */
  GSource *timer;  /* (owned): attached until disposed */
  gint64 at;       /* 0 for none */
};

G_DEFINE_FINAL_TYPE (BmnAlarm, bmn_alarm, G_TYPE_OBJECT)

enum
{
  FIRED,
  CLOCK_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_timer (gboolean stepped, gpointer user_data)
{
  /* A handler may let go of the alarm. */
  g_autoptr (BmnAlarm) alarm = g_object_ref (user_data);
  if (!stepped)
    alarm->at = 0;
  g_signal_emit (alarm, signals[stepped ? CLOCK_CHANGED : FIRED], 0);
}

static void
bmn_alarm_dispose (GObject *object)
{
  BmnAlarm *alarm = BMN_ALARM (object);
  if (alarm->timer)
    g_source_destroy (alarm->timer);
  g_clear_pointer (&alarm->timer, g_source_unref);
  g_clear_object (&alarm->clock);
  G_OBJECT_CLASS (bmn_alarm_parent_class)->dispose (object);
}

static void
bmn_alarm_class_init (BmnAlarmClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_alarm_dispose;
  signals[FIRED] = g_signal_new ("fired", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOCK_CHANGED] = g_signal_new ("clock-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_alarm_init (BmnAlarm *alarm)
{
}

BmnAlarm *
bmn_alarm_new (BmnClock *clock)
{
  BmnAlarm *alarm = g_object_new (BMN_TYPE_ALARM, NULL);
  alarm->clock = g_object_ref (clock);
  alarm->timer = bmn_clock_create_timer (clock);
  g_source_set_callback (alarm->timer, (GSourceFunc)(void (*) (void))on_timer, alarm, NULL);
  g_source_attach (alarm->timer, g_main_context_get_thread_default ());
  return alarm;
}

void
bmn_alarm_set (BmnAlarm *alarm, gint64 at)
{
  alarm->at = at;
  bmn_clock_set_timer (alarm->clock, alarm->timer, at);
}

gint64
bmn_alarm_get (BmnAlarm *alarm)
{
  return alarm->at;
}
