#include "bmn-publisher.h"
#include "bmn-preflight-watch-private.h"
#include "bmn-publish-case-private.h"
#include "bmn-publish-job-private.h"

#include "bmn-accounts.h"
#include "bmn-alarm.h"
#include "bmn-error.h"
#include "bmn-publisher-lease.h"
#include "bmn-targets.h"

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
  gboolean recovered; /* what a crash left open is settled, so publishing may begin */

  GHashTable *busy;    /* (owned) account id → itself: one target at a time per account */
  GHashTable *watched; /* (owned) ids of targets that were pending since the start */
  gboolean looking;    /* the store is being asked what is due */
  gboolean look_again; /* something changed meanwhile */
  gint64 idle_horizon; /* µs, −1 for none */
  gboolean is_idle;
  guint n_unsettled;
  guint retry_source;
};

G_DEFINE_FINAL_TYPE (BmnPublisher, bmn_publisher, G_TYPE_OBJECT)

enum
{
  SETTLED,
  IDLE,
  TROUBLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* After trouble with the store: look again after this many seconds. */
#define TROUBLE_RETRY_SECONDS 5

/* More than this many due targets at once are taken in turns. */
#define MAX_DUE 256

static void look (BmnPublisher *self);

/*
 * What is due.
 */

typedef struct
{
  BmnPublisher *publisher; /* (owned) */
  gint64 now;
  gint64 horizon;      /* µs */
  GHashTable *watched; /* (owned) ids to report on */
  GPtrArray *due;      /* (owned) (element-type BmnTarget) */
  GPtrArray *accounts; /* (owned) (element-type BmnAccount) */
  gint64 next_at;      /* when something is due after now, 0 for never */
  GArray *pending;     /* (owned) ids of what is due within the horizon */
  guint n_unsettled;   /* of those watched */
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->publisher);
  g_clear_pointer (&look->watched, g_hash_table_unref);
  g_clear_pointer (&look->due, g_ptr_array_unref);
  g_clear_pointer (&look->accounts, g_ptr_array_unref);
  g_clear_pointer (&look->pending, g_array_unref);
  g_free (look);
}

static const BmnAccount *
find_account (GPtrArray *accounts, gint64 id)
{
  for (guint i = 0; i < accounts->len; i++)
    if (((BmnAccount *)accounts->pdata[i])->id == id)
      return accounts->pdata[i];
  return NULL;
}

static gboolean
list_pending (Look *look, BmnTransaction *tx, GError **error)
{
  const BmnTargetFilter filter = {
    .states = 1 << BMN_TARGET_SCHEDULED | 1 << BMN_TARGET_UNKNOWN | 1 << BMN_TARGET_PUBLISHING,
    .try_until = look->now + look->horizon,
  };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  look->pending = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      const BmnAccount *account = find_account (look->accounts, target->account_id);
      gboolean waits = target->next_try_at != 0 && account && !account->paused;
      if (waits || target->state == BMN_TARGET_PUBLISHING)
        g_array_append_val (look->pending, target->id);
    }
  return TRUE;
}

static gboolean
count_unsettled (Look *look, BmnTransaction *tx, GError **error)
{
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, look->watched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) gone = NULL;
      g_autoptr (BmnTarget) target = bmn_targets_get (tx, *(gint64 *)id, &gone);
      if (!target && !g_error_matches (gone, BMN_ERROR, BMN_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&gone));
          return FALSE;
        }
      if (target && target->state != BMN_TARGET_PUBLISHED && target->state != BMN_TARGET_CANCELLED)
        look->n_unsettled++;
    }
  return TRUE;
}

static gboolean
look_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Look *look = data;
  const BmnTargetFilter due = {
    .states = 1 << BMN_TARGET_SCHEDULED | 1 << BMN_TARGET_UNKNOWN,
    .try_until = look->now,
    .limit = MAX_DUE,
  };
  look->accounts = bmn_accounts_list (tx, error);
  if (!look->accounts)
    return FALSE;
  look->due = bmn_targets_list (tx, &due, error);
  if (!look->due)
    return FALSE;
  return bmn_targets_next_try_at (tx, look->now, &look->next_at, error)
         && (look->horizon < 0
             || (list_pending (look, tx, error) && count_unsettled (look, tx, error)));
}

/*
 * Publishing what is due.
 */

typedef struct
{
  BmnPublisher *publisher; /* (owned) */
  gint64 account_id;
} Run;

static gboolean
on_retry (gpointer data)
{
  BmnPublisher *self = data;
  self->retry_source = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
report_trouble (BmnPublisher *self, const GError *error)
{
  g_signal_emit (self, signals[TROUBLE], 0, error);
  if (self->retry_source == 0 && self->running)
    self->retry_source = g_timeout_add_seconds (TROUBLE_RETRY_SECONDS, on_retry, self);
}

static void
maybe_stopped (BmnPublisher *self)
{
  if (!self->stopping || g_hash_table_size (self->busy) > 0)
    return;
  g_clear_object (&self->lease);
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);
  g_task_return_boolean (task, TRUE);
}

static void
on_job_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (BmnPublisher) self = run->publisher;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnTarget) target
      = bmn_publish_job_run_finish (BMN_PUBLISH_JOB (source), result, &error);
  g_hash_table_remove (self->busy, &run->account_id);
  g_free (run);
  if (target)
    g_signal_emit (self, signals[SETTLED], 0, target);
  else if (!g_error_matches (error, BMN_ERROR, BMN_ERROR_CONFLICT)
           && !g_error_matches (error, BMN_ERROR, BMN_ERROR_NOT_FOUND))
    report_trouble (self, error);
  maybe_stopped (self);
  if (self->retry_source == 0)
    look (self);
}

static void
start_job (BmnPublisher *self, const BmnAccount *account, const BmnTarget *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPlatform) platform = self->platforms (account, self->platforms_data, &error);
  if (!platform)
    {
      report_trouble (self, error);
      return;
    }
  g_autoptr (BmnPublishJob) job
      = bmn_publish_job_new (self->store, self->clock, platform, target->id);
  Run *run = g_new0 (Run, 1);
  run->publisher = g_object_ref (self);
  run->account_id = account->id;
  g_hash_table_add (self->busy, g_memdup2 (&account->id, sizeof account->id));
  bmn_publish_job_run_async (job, self->cancellable, on_job_done, run);
}

static void
start_due (BmnPublisher *self, const Look *found)
{
  for (guint i = 0; i < found->due->len; i++)
    {
      const BmnTarget *target = found->due->pdata[i];
      const BmnAccount *account = find_account (found->accounts, target->account_id);
      if (target->next_try_at == 0 || !account || account->paused
          || g_hash_table_contains (self->busy, &account->id))
        continue;
      start_job (self, account, target);
    }
}

static void
watch_pending (BmnPublisher *self, const Look *found)
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
  Look *found = data;
  g_autoptr (BmnPublisher) self = g_object_ref (found->publisher);
  g_autoptr (GError) error = NULL;
  self->looking = FALSE;
  if (!self->running)
    {
      look_free (found);
      return;
    }
  if (!bmn_store_read_finish (self->store, result, &error))
    {
      look_free (found);
      report_trouble (self, error);
      return;
    }
  bmn_alarm_set (self->alarm, found->next_at);
  if (self->recovered)
    start_due (self, found);
  watch_pending (self, found);
  look_free (found);
  if (self->look_again)
    look (self);
}

/* Asks the store what is due, unless it is being asked already. */
static void
look (BmnPublisher *self)
{
  if (!self->running)
    return;
  self->look_again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  Look *what = g_new0 (Look, 1);
  what->publisher = g_object_ref (self);
  what->now = bmn_clock_now (self->clock);
  what->horizon = self->idle_horizon;
  what->watched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (what->watched, g_memdup2 (id, sizeof (gint64)));
  bmn_store_read_async (self->store, look_in_store, what, NULL, NULL, on_looked, what);
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
  self->retry_source = 0;
  recover (self);
  return G_SOURCE_REMOVE;
}

static void
on_recovered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPublisher) self = data;
  g_autoptr (GError) error = NULL;
  if (!self->running)
    return;
  if (!bmn_store_write_finish (self->store, result, &error))
    {
      /* Without this nothing is published: what was under way must be known first. */
      g_signal_emit (self, signals[TROUBLE], 0, error);
      self->retry_source = g_timeout_add_seconds (TROUBLE_RETRY_SECONDS, on_recover_again, self);
      return;
    }
  self->recovered = TRUE;
  bmn_preflight_watch_start (self->watch);
  look (self);
}

static void
recover (BmnPublisher *self)
{
  bmn_store_write_async (self->store, recover_in_store, self, NULL, NULL, on_recovered,
                         g_object_ref (self));
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
      report_trouble (self, error);
      return;
    }
  self->lease = g_steal_pointer (&lease);
  recover (self);
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
  g_signal_connect_swapped (self->alarm, "clock-changed", G_CALLBACK (look), self);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  self->watch
      = bmn_preflight_watch_new (self->store, self->clock, self->platforms, self->platforms_data);
  if (self->lease)
    recover (self);
  else
    {
      bmn_publisher_lease_wait_async (self->store, self->cancellable, on_lease,
                                      g_object_ref (self));
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
  g_clear_handle_id (&self->retry_source, g_source_remove);
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
  g_clear_handle_id (&self->retry_source, g_source_remove);
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
  self->watched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->idle_horizon = -1;
}

BmnPublisher *
bmn_publisher_new (BmnStore *store, BmnClock *clock, BmnPlatformFunc platforms, gpointer data)
{
  BmnPublisher *self = g_object_new (BMN_TYPE_PUBLISHER, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->platforms = platforms;
  self->platforms_data = data;
  return self;
}
