#include "bmn-publisher.h"
#include "bmn-preflight-watch-private.h"
#include "bmn-publish-case-private.h"
#include "bmn-publish-due-private.h"
#include "bmn-publish-job-private.h"
#include "bmn-publish-memory-private.h"
#include "bmn-publish-refusal-private.h"

#include "bmn-alarm.h"
#include "bmn-error.h"
#include "bmn-publisher-lease.h"

struct _BmnPublisher
{
  GObject parent_instance;

  BmnStore *store; /* (owned) */
  BmnClock *clock; /* (owned) */
  BmnPlatformFunc platforms;
  gpointer platforms_data;

  BmnAlarm *alarm;           /* (owned) (nullable) */
  BmnPublisherLease *lease;  /* (owned) (nullable) */
  BmnPreflightWatch *watch;  /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) ends standing by and the jobs */
  GTask *stopping;           /* (owned) (nullable) */
  gboolean running;
  gboolean recovering; /* what a crash left open is being settled */
  gboolean recovered;  /* and was, so publishing may begin */

  BmnPublishMemory *memory; /* (owned) */
  GHashTable *busy;         /* (owned) account id → itself: one target at a time per account */
  GHashTable *resting;      /* (owned) account id → BmnPublishGap: keeps its gap */
  GHashTable *watched;      /* (owned) ids of targets that were pending since the start */
  BmnPublishDue *due;       /* (owned) (nullable) while the store is asked what is due */
  gboolean look_again;      /* something changed meanwhile */
  gint64 idle_horizon;      /* µs, −1 for none */
  gboolean is_idle;
  guint n_unsettled;
  GSource *retry; /* (owned) (nullable) after trouble */
};

G_DEFINE_FINAL_TYPE (BmnPublisher, bmn_publisher, G_TYPE_OBJECT)

enum
{
  ELECTED,
  SETTLED,
  IDLE,
  TROUBLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* After trouble with the store: look again after this many seconds. */
#define TROUBLE_RETRY_SECONDS 5

static void look (BmnPublisher *self);

/*
 * Publishing what is due.
 */

typedef struct
{
  BmnPublisher *publisher; /* (owned) */
  gint64 account_id;
  gint64 min_gap; /* as the job saw it */
} Run;

static void
retry_later (BmnPublisher *self, GSourceFunc func)
{
  if (self->retry || !self->running)
    return;
  self->retry = g_timeout_source_new_seconds (TROUBLE_RETRY_SECONDS);
  g_source_set_static_name (self->retry, "bmn-publisher");
  g_source_set_callback (self->retry, func, self, NULL);
  g_source_attach (self->retry, g_main_context_get_thread_default ());
}

static void
end_retry (BmnPublisher *self)
{
  if (self->retry)
    g_source_destroy (self->retry);
  g_clear_pointer (&self->retry, g_source_unref);
}

static gboolean
on_look_again (gpointer data)
{
  BmnPublisher *self = data;
  end_retry (self);
  look (self);
  return G_SOURCE_REMOVE;
}

static void
report_trouble (BmnPublisher *self, const GError *error)
{
  g_signal_emit (self, signals[TROUBLE], 0, error);
  retry_later (self, on_look_again);
}

static void
maybe_stopped (BmnPublisher *self)
{
  /* What is still to be written may only be written by the holder of the lease. */
  if (!self->stopping || self->recovering || g_hash_table_size (self->busy) > 0)
    return;
  g_clear_object (&self->lease);
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);
  g_task_return_boolean (task, TRUE);
}

static void
run_begin (BmnPublisher *self, gint64 account_id, Run **run)
{
  *run = g_new0 (Run, 1);
  (*run)->publisher = g_object_ref (self);
  (*run)->account_id = account_id;
  g_hash_table_add (self->busy, g_memdup2 (&account_id, sizeof account_id));
}

/* The account is free again. @target: (nullable): as it rests; @error: (nullable): */
static void
run_end (Run *run, const BmnTarget *target, const GError *error)
{
  g_autoptr (BmnPublisher) self = run->publisher;
  g_hash_table_remove (self->busy, &run->account_id);
  g_free (run);
  if (target)
    g_signal_emit (self, signals[SETTLED], 0, target);
  else if (!g_error_matches (error, BMN_ERROR, BMN_ERROR_CONFLICT)
           && !g_error_matches (error, BMN_ERROR, BMN_ERROR_NOT_FOUND))
    report_trouble (self, error);
  maybe_stopped (self);
  if (!self->retry)
    look (self);
}

static void
keep_gap (BmnPublisher *self, const Run *run, gint64 until)
{
  if (until == 0)
    return;
  const BmnPublishGap rest = { until, run->min_gap };
  g_hash_table_replace (self->resting, g_memdup2 (&run->account_id, sizeof run->account_id),
                        g_memdup2 (&rest, sizeof rest));
}

static void
on_job_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  BmnPublishJob *job = BMN_PUBLISH_JOB (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnTarget) target = bmn_publish_job_run_finish (job, result, &error);
  keep_gap (run->publisher, run, bmn_publish_job_get_rest (job));
  if (target && target->state != BMN_TARGET_UNKNOWN)
    bmn_publish_memory_forget_request (run->publisher->memory, target->id);
  run_end (run, target, error);
}

static void
start_job (BmnPublisher *self,
           const BmnAccount *account,
           BmnPlatform *platform,
           const BmnTarget *target)
{
  g_autoptr (BmnPublishJob) job
      = bmn_publish_job_new (self->store, self->clock, platform, self->memory, target->id);
  Run *run;
  run_begin (self, account->id, &run);
  run->min_gap = account->min_gap;
  bmn_publish_job_run_async (job, self->cancellable, on_job_done, run);
}

static void
on_refused (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnTarget) target = bmn_publish_refuse_finish (result, &error);
  run_end (data, target, error);
}

/* @reason: (transfer full): */
static void
refuse (BmnPublisher *self, const BmnTarget *target, GError *reason)
{
  Run *run;
  run_begin (self, target->account_id, &run);
  bmn_publish_refuse_async (self->store, target->id, reason, on_refused, run);
}

static void
start_target (BmnPublisher *self, const BmnAccount *account, const BmnTarget *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPlatform) platform = self->platforms (account, self->platforms_data, &error);
  if (platform)
    start_job (self, account, platform, target);
  else if (g_error_matches (error, BMN_ERROR, BMN_ERROR_STORAGE)
           || g_error_matches (error, BMN_ERROR, BMN_ERROR_DAMAGED))
    report_trouble (self, error);
  else
    refuse (self, target, g_steal_pointer (&error));
}

static void
start_due (BmnPublisher *self, const BmnPublishDue *found)
{
  for (guint i = 0; i < found->due->len; i++)
    {
      const BmnTarget *target = found->due->pdata[i];
      const BmnAccount *account = bmn_publish_due_get_account (found, target->account_id);
      /* Since the store was asked, the account may have begun to rest. */
      gboolean rests = target->state == BMN_TARGET_SCHEDULED
                       && bmn_publish_is_resting (self->resting, account, found->now);
      if (!rests && !g_hash_table_contains (self->busy, &target->account_id))
        start_target (self, account, target);
    }
}

static void
watch_pending (BmnPublisher *self, const BmnPublishDue *found)
{
  if (!found->pending)
    return;
  for (guint i = 0; i < found->pending->len; i++)
    {
      gint64 *id = &g_array_index (found->pending, gint64, i);
      g_hash_table_add (self->watched, g_memdup2 (id, sizeof *id));
    }
  self->n_unsettled = found->n_unsettled;
  gboolean idle = found->pending->len == 0 && g_hash_table_size (self->busy) == 0;
  if (idle && !self->is_idle)
    g_signal_emit (self, signals[IDLE], 0);
  self->is_idle = idle;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublisher) self = data;
  g_autoptr (BmnPublishDue) found = g_steal_pointer (&self->due);
  g_autoptr (GError) error = NULL;
  if (!self->running)
    return;
  if (!bmn_store_read_finish (self->store, result, &error))
    {
      report_trouble (self, error);
      return;
    }
  bmn_alarm_set (self->alarm, found->next_at);
  if (self->recovered)
    start_due (self, found);
  watch_pending (self, found);
  if (self->look_again)
    look (self);
}

/* Asks the store what is due, unless it is being asked already. */
static void
look (BmnPublisher *self)
{
  if (!self->running)
    return;
  self->look_again = self->due != NULL;
  if (self->due)
    return;
  self->due = bmn_publish_due_new (bmn_clock_now (self->clock), self->idle_horizon, self->watched,
                                   self->resting);
  bmn_store_read_async (self->store, bmn_publish_due_find, self->due, NULL, NULL, on_looked,
                        g_object_ref (self));
}

/*
 * The lease.
 */

static gboolean
recover_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublisher *self = data;
  return bmn_publish_recover (tx, bmn_clock_now (self->clock), error);
}

static void recover (BmnPublisher *self);

static gboolean
on_recover_again (gpointer data)
{
  BmnPublisher *self = data;
  end_retry (self);
  recover (self);
  return G_SOURCE_REMOVE;
}

static void
on_recovered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublisher) self = data;
  g_autoptr (GError) error = NULL;
  self->recovering = FALSE;
  gboolean done = bmn_store_write_finish (self->store, result, &error);
  maybe_stopped (self);
  if (!self->running)
    return;
  if (!done)
    {
      /* Without this nothing is published: what was under way must be known first. */
      g_signal_emit (self, signals[TROUBLE], 0, error);
      retry_later (self, on_recover_again);
      return;
    }
  self->recovered = TRUE;
  bmn_preflight_watch_start (self->watch);
  g_signal_emit (self, signals[ELECTED], 0);
  look (self);
}

static void
recover (BmnPublisher *self)
{
  self->recovering = TRUE;
  bmn_store_write_async (self->store, recover_in_store, self, NULL, NULL, on_recovered,
                         g_object_ref (self));
}

static void stand_by (BmnPublisher *self);

static gboolean
on_stand_by_again (gpointer data)
{
  BmnPublisher *self = data;
  end_retry (self);
  stand_by (self);
  return G_SOURCE_REMOVE;
}

static void
on_lease (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublisher) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPublisherLease) lease = bmn_publisher_lease_wait_finish (result, &error);
  if (!self->running)
    return;
  if (!lease)
    {
      g_signal_emit (self, signals[TROUBLE], 0, error);
      end_retry (self);
      retry_later (self, on_stand_by_again);
      return;
    }
  self->lease = g_steal_pointer (&lease);
  end_retry (self);
  recover (self);
}

static void
stand_by (BmnPublisher *self)
{
  bmn_publisher_lease_wait_async (self->store, self->cancellable, on_lease, g_object_ref (self));
}

/* Whatever was computed from the time is to be computed again. */
static void
on_clock_changed (BmnPublisher *self)
{
  g_hash_table_remove_all (self->resting);
  look (self);
}

gboolean
bmn_publisher_start (BmnPublisher *self, GError **error)
{
  g_return_val_if_fail (!self->running, FALSE);
  g_autoptr (GError) failure = NULL;
  self->lease = bmn_publisher_lease_try (self->store, &failure);
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->running = TRUE;
  self->alarm = bmn_alarm_new (self->clock);
  g_signal_connect_swapped (self->alarm, "fired", G_CALLBACK (look), self);
  g_signal_connect_swapped (self->alarm, "clock-changed", G_CALLBACK (on_clock_changed), self);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  self->watch
      = bmn_preflight_watch_new (self->store, self->clock, self->platforms, self->platforms_data);
  if (self->lease)
    recover (self);
  else
    {
      stand_by (self);
      look (self);
    }
  return TRUE;
}

gboolean
bmn_publisher_has_lease (BmnPublisher *self)
{
  return self->lease != NULL;
}

/* A round of checks under way holds a reference of its own, so letting go would not end it. */
static void
end_watch (BmnPublisher *self)
{
  if (self->watch)
    g_object_run_dispose (G_OBJECT (self->watch));
  g_clear_object (&self->watch);
}

void
bmn_publisher_stop_async (BmnPublisher *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->stopping == NULL);
  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, bmn_publisher_stop_async);
  self->running = FALSE;
  end_retry (self);
  g_cancellable_cancel (self->cancellable);
  end_watch (self);
  g_clear_object (&self->alarm);
  maybe_stopped (self);
}

gboolean
bmn_publisher_stop_finish (BmnPublisher *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
bmn_publisher_set_idle_horizon (BmnPublisher *self, gint64 seconds)
{
  self->idle_horizon = seconds * G_USEC_PER_SEC;
  look (self);
}

guint
bmn_publisher_get_unsettled (BmnPublisher *self)
{
  return self->n_unsettled;
}

/*
 * The object.
 */

static void
bmn_publisher_dispose (GObject *object)
{
  BmnPublisher *self = BMN_PUBLISHER (object);
  self->running = FALSE;
  end_retry (self);
  g_cancellable_cancel (self->cancellable);
  end_watch (self);
  g_clear_object (&self->alarm);
  g_clear_object (&self->lease);
  G_OBJECT_CLASS (bmn_publisher_parent_class)->dispose (object);
}

static void
bmn_publisher_finalize (GObject *object)
{
  BmnPublisher *self = BMN_PUBLISHER (object);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_clear_pointer (&self->resting, g_hash_table_unref);
  g_clear_pointer (&self->memory, bmn_publish_memory_free);
  g_clear_pointer (&self->watched, g_hash_table_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (bmn_publisher_parent_class)->finalize (object);
}

static void
bmn_publisher_class_init (BmnPublisherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = bmn_publisher_dispose;
  object_class->finalize = bmn_publisher_finalize;
  signals[ELECTED] = g_signal_new ("elected", BMN_TYPE_PUBLISHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[SETTLED] = g_signal_new ("settled", BMN_TYPE_PUBLISHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[IDLE] = g_signal_new ("idle", BMN_TYPE_PUBLISHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[TROUBLE] = g_signal_new ("trouble", BMN_TYPE_PUBLISHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
bmn_publisher_init (BmnPublisher *self)
{
  self->cancellable = g_cancellable_new ();
  self->busy = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->resting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->watched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->idle_horizon = -1;
}

BmnPublisher *
bmn_publisher_new (BmnStore *store, BmnClock *clock, BmnPlatformFunc platforms, gpointer data)
{
  BmnPublisher *self = g_object_new (BMN_TYPE_PUBLISHER, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->memory = bmn_publish_memory_new (clock);
  self->platforms = platforms;
  self->platforms_data = data;
  return self;
}
