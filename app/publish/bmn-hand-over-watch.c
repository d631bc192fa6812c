#include "bmn-hand-over-watch-private.h"
#include "bmn-hand-over-job-private.h"

#include "bmn-alarm.h"
#include "bmn-error.h"
#include "bmn-targets.h"

struct _BmnHandOverWatch
{
  GObject parent_instance;

  BmnStore *store;          /* (owned) */
  BmnClock *clock;          /* (owned) */
  BmnPublishMemory *memory; /* (owned) */
  BmnPlatformFunc platforms;
  gpointer platforms_data;

  BmnAlarm *alarm;           /* (owned) (nullable) while it watches */
  GCancellable *cancellable; /* (owned) */
  GPtrArray *found;          /* (owned) (nullable) while the store is being asked */
  gboolean look_again;
  GHashTable *busy; /* (owned) account id → itself */
  gint64 next_at;   /* when something is to be done, µs; 0 for not by itself */
};

G_DEFINE_FINAL_TYPE (BmnHandOverWatch, bmn_hand_over_watch, G_TYPE_OBJECT)

enum
{
  SETTLED,
  RESTED,
  TROUBLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* After trouble with the store: look again after this many seconds. */
#define TROUBLE_RETRY_SECONDS 10

static void look (BmnHandOverWatch *self);

static void
wake_at (BmnHandOverWatch *self, gint64 at)
{
  if (at != 0 && (self->next_at == 0 || at < self->next_at))
    self->next_at = at;
}

static gboolean
is_resting (BmnHandOverWatch *self)
{
  return !self->found && g_hash_table_size (self->busy) == 0;
}

static void
report_trouble (BmnHandOverWatch *self, const GError *error)
{
  g_signal_emit (self, signals[TROUBLE], 0, error);
  wake_at (self, bmn_clock_now (self->clock) + TROUBLE_RETRY_SECONDS * G_USEC_PER_SEC);
  if (self->alarm)
    bmn_alarm_set (self->alarm, self->next_at);
}

/*
 * One step.
 */

typedef struct
{
  BmnHandOverWatch *watch; /* (owned) */
  gint64 account_id;
} Run;

static void
on_job_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (BmnHandOverWatch) self = run->watch;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnTarget) target = bmn_hand_over_job_run_finish (result, &error);
  g_hash_table_remove (self->busy, &run->account_id);
  g_free (run);
  if (target)
    g_signal_emit (self, signals[SETTLED], 0, target);
  else if (!g_error_matches (error, BMN_ERROR, BMN_ERROR_CONFLICT)
           && !g_error_matches (error, BMN_ERROR, BMN_ERROR_NOT_FOUND))
    {
      report_trouble (self, error);
      return;
    }
  if (self->alarm)
    look (self);
  else if (is_resting (self))
    g_signal_emit (self, signals[RESTED], 0);
}

static void
start_job (BmnHandOverWatch *self, BmnPlatform *platform, const BmnTarget *target)
{
  Run *run = g_new0 (Run, 1);
  run->watch = g_object_ref (self);
  run->account_id = target->account_id;
  g_hash_table_add (self->busy, g_memdup2 (&run->account_id, sizeof run->account_id));
  bmn_hand_over_job_run_async (self->store, self->clock, platform, self->memory, target->id,
                               self->cancellable, on_job_done, run);
}

/*
 * What is to be done.
 */

/* Nothing of it concerns a server any more. */
static gboolean
is_settled (const BmnTarget *target)
{
  return !target->remote_schedule_id && target->state != BMN_TARGET_SCHEDULED;
}

static gboolean
find_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnHandOverWatch *self = data;
  /* What is out stays wished for, as the pattern of a series is, but nothing is to be done. */
  const BmnTargetFilter filter
      = { .at_server = TRUE,
          .states = ((1 << BMN_TARGET_N_STATES) - 1) & ~(1 << BMN_TARGET_PUBLISHED) };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      BmnPublishCase *found
          = is_settled (target) ? NULL : bmn_publish_case_load (tx, target->id, error);
      if (found)
        g_ptr_array_add (self->found, found);
      else if (!is_settled (target))
        return FALSE;
    }
  return TRUE;
}

static void
consider (BmnHandOverWatch *self, const BmnPublishCase *found)
{
  const BmnTarget *target = found->target;
  if (g_hash_table_contains (self->busy, &target->account_id))
    return;
  /* An account that there can be no platform object for is refused by the publisher. */
  g_autoptr (BmnPlatform) platform = self->platforms (found->account, self->platforms_data, NULL);
  if (!platform)
    return;
  BmnHandOverFacts facts;
  gint64 at;
  bmn_hand_over_facts_init (&facts, found, bmn_platform_get_capabilities (platform), self->clock,
                            self->memory);
  if (bmn_hand_over_next_step (&facts, &at) == BMN_HAND_OVER_STEP_NONE)
    wake_at (self, at);
  else
    start_job (self, platform, target);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnHandOverWatch) self = data;
  g_autoptr (GPtrArray) found = g_steal_pointer (&self->found);
  g_autoptr (GError) error = NULL;
  gboolean done = bmn_store_read_finish (self->store, result, &error);
  if (!self->alarm)
    {
      if (is_resting (self))
        g_signal_emit (self, signals[RESTED], 0);
      return;
    }
  if (!done)
    {
      report_trouble (self, error);
      return;
    }
  self->next_at = 0;
  for (guint i = 0; i < found->len; i++)
    consider (self, found->pdata[i]);
  bmn_alarm_set (self->alarm, self->next_at);
  if (self->look_again)
    look (self);
  else if (is_resting (self))
    g_signal_emit (self, signals[RESTED], 0);
}

static void
look (BmnHandOverWatch *self)
{
  if (!self->alarm)
    return;
  self->look_again = self->found != NULL;
  if (self->found)
    return;
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_publish_case_free);
  bmn_store_read_async (self->store, find_in_store, self, NULL, NULL, on_found,
                        g_object_ref (self));
}

void
bmn_hand_over_watch_start (BmnHandOverWatch *self)
{
  self->alarm = bmn_alarm_new (self->clock);
  g_signal_connect_swapped (self->alarm, "fired", G_CALLBACK (look), self);
  g_signal_connect_swapped (self->alarm, "clock-changed", G_CALLBACK (look), self);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
}

void
bmn_hand_over_watch_stop (BmnHandOverWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->alarm);
}

gboolean
bmn_hand_over_watch_is_busy (BmnHandOverWatch *self)
{
  return g_hash_table_size (self->busy) > 0;
}

gboolean
bmn_hand_over_watch_is_quiet (BmnHandOverWatch *self, gint64 until)
{
  return is_resting (self) && (self->next_at == 0 || self->next_at > until);
}

/*
 * The object.
 */

static void
bmn_hand_over_watch_dispose (GObject *object)
{
  bmn_hand_over_watch_stop (BMN_HAND_OVER_WATCH (object));
  G_OBJECT_CLASS (bmn_hand_over_watch_parent_class)->dispose (object);
}

static void
bmn_hand_over_watch_finalize (GObject *object)
{
  BmnHandOverWatch *self = BMN_HAND_OVER_WATCH (object);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_clear_pointer (&self->memory, bmn_publish_memory_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (bmn_hand_over_watch_parent_class)->finalize (object);
}

static void
bmn_hand_over_watch_class_init (BmnHandOverWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = bmn_hand_over_watch_dispose;
  object_class->finalize = bmn_hand_over_watch_finalize;
  signals[SETTLED] = g_signal_new ("settled", BMN_TYPE_HAND_OVER_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[RESTED] = g_signal_new ("rested", BMN_TYPE_HAND_OVER_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[TROUBLE] = g_signal_new ("trouble", BMN_TYPE_HAND_OVER_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
bmn_hand_over_watch_init (BmnHandOverWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->busy = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

BmnHandOverWatch *
bmn_hand_over_watch_new (BmnStore *store,
                         BmnClock *clock,
                         BmnPublishMemory *memory,
                         BmnPlatformFunc platforms,
                         gpointer data)
{
  BmnHandOverWatch *self = g_object_new (BMN_TYPE_HAND_OVER_WATCH, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->memory = bmn_publish_memory_ref (memory);
  self->platforms = platforms;
  self->platforms_data = data;
  return self;
}
