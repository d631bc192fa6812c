#include "bmn-syncer.h"
#include "bmn-sync-plan.h"

#include "bmn-accounts.h"
#include "bmn-alarm.h"
#include "bmn-history.h"

struct _BmnSyncer
{
  GObject parent_instance;

  BmnStore *store; /* (owned) */
  BmnClock *clock; /* (owned) */
  BmnSyncPlatformFunc platforms;
  gpointer platforms_data;

  BmnAlarm *alarm;           /* (owned) (nullable) while it works */
  GCancellable *cancellable; /* (owned) (nullable) while it works */
  gulong on_changed;
  GHashTable *silent; /* (owned) ids of accounts that tell nothing of what was published */
  gint64 reading;     /* the account that is being read, 0 for none */
  gboolean looking;
  gboolean look_again;
};

G_DEFINE_FINAL_TYPE (BmnSyncer, bmn_syncer, G_TYPE_OBJECT)

enum
{
  SYNCED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* After trouble with the store. */
#define TROUBLE_RETRY G_TIME_SPAN_MINUTE

static void look (BmnSyncer *self);

/*
 * What is due.
 */

typedef struct
{
  BmnSyncer *syncer;         /* (owned) */
  GCancellable *cancellable; /* (owned) of the time when it was asked */
  GHashTable *silent;        /* (owned) */
  BmnAccount *account;       /* (owned) (nullable) the one to be read first */
  gint64 at;                 /* when, µs */
} Look;

static void
look_free (Look *what)
{
  g_object_unref (what->syncer);
  g_object_unref (what->cancellable);
  g_hash_table_unref (what->silent);
  g_clear_pointer (&what->account, bmn_account_free);
  g_free (what);
}

static gboolean
look_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Look *what = data;
  g_autoptr (GPtrArray) accounts = bmn_accounts_list (tx, error);
  for (guint i = 0; accounts && i < accounts->len; i++)
    {
      const BmnAccount *account = accounts->pdata[i];
      gint64 next_count_at;
      if (g_hash_table_contains (what->silent, &account->id))
        continue;
      g_autoptr (BmnSyncState) state = bmn_sync_states_get (tx, account->id, error);
      if (!state || !bmn_history_next_count_at (tx, account->id, &next_count_at, error))
        return FALSE;
      gint64 at = bmn_sync_plan_next_at (state, next_count_at);
      if (what->account && at >= what->at)
        continue;
      g_clear_pointer (&what->account, bmn_account_free);
      what->account = bmn_account_copy (account);
      what->at = at;
    }
  return accounts != NULL;
}

/*
 * Reading.
 */

typedef struct
{
  BmnSyncer *syncer; /* (owned) */
  gint64 account_id;
} Reading;

static void
on_synced (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (BmnSyncer) self = reading->syncer;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnSyncReport) report = bmn_sync_run_finish (result, &error);
  self->reading = 0;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SYNCED], 0, reading->account_id, report, error);
  if (!self->alarm)
    return;
  /* Trouble with the store is on no record that would hold us back. */
  if (error && error->domain != BMN_PLATFORM_ERROR)
    bmn_alarm_set (self->alarm, bmn_clock_now (self->clock) + TROUBLE_RETRY);
  else
    look (self);
}

static void
remember_as_silent (BmnSyncer *self, gint64 account_id)
{
  g_hash_table_add (self->silent, g_memdup2 (&account_id, sizeof account_id));
}

static void
read_account (BmnSyncer *self, const BmnAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPlatform) platform = self->platforms (account, self->platforms_data, &error);
  if (!platform || !BMN_IS_PLATFORM_READER (platform))
    {
      /* An account that there can be no platform object for is the publisher's to speak of. */
      remember_as_silent (self, account->id);
      look (self);
      return;
    }
  Reading *reading = g_new0 (Reading, 1);
  reading->syncer = g_object_ref (self);
  reading->account_id = self->reading = account->id;
  bmn_sync_run_async (self->store, self->clock, platform, BMN_SYNC_DUE, NULL, NULL,
                      self->cancellable, on_synced, reading);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  Look *what = data;
  g_autoptr (BmnSyncer) self = g_object_ref (what->syncer);
  g_autoptr (GError) error = NULL;
  gboolean done = bmn_store_read_finish (BMN_STORE (source), result, &error);
  self->looking = FALSE;
  gint64 now = bmn_clock_now (self->clock);
  if (!self->alarm || what->cancellable != self->cancellable)
    self->look_again = FALSE;
  else if (!done)
    bmn_alarm_set (self->alarm, now + TROUBLE_RETRY);
  else if (what->account && what->at <= now && self->reading == 0)
    read_account (self, what->account);
  else if (self->reading == 0)
    bmn_alarm_set (self->alarm, what->account ? what->at : 0);
  look_free (what);
  if (self->look_again)
    look (self);
}

/* Asks the store what is due; while an account is read, nothing else is begun. */
static void
look (BmnSyncer *self)
{
  if (!self->alarm || self->reading != 0)
    return;
  self->look_again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  Look *what = g_new0 (Look, 1);
  what->syncer = g_object_ref (self);
  what->cancellable = g_object_ref (self->cancellable);
  what->silent = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, self->silent);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (what->silent, g_memdup2 (id, sizeof (gint64)));
  bmn_store_read_async (self->store, look_in_store, what, NULL, NULL, on_looked, what);
}

void
bmn_syncer_start (BmnSyncer *self)
{
  g_return_if_fail (BMN_IS_SYNCER (self));
  if (self->alarm)
    return;
  self->alarm = bmn_alarm_new (self->clock);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (self->alarm, "fired", G_CALLBACK (look), self);
  g_signal_connect_swapped (self->alarm, "clock-changed", G_CALLBACK (look), self);
  self->on_changed = g_signal_connect_swapped (self->store, "changed", G_CALLBACK (look), self);
  look (self);
}

void
bmn_syncer_stop (BmnSyncer *self)
{
  g_return_if_fail (BMN_IS_SYNCER (self));
  if (!self->alarm)
    return;
  g_clear_signal_handler (&self->on_changed, self->store);
  g_clear_object (&self->alarm);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/*
 * The object.
 */

static void
bmn_syncer_dispose (GObject *object)
{
  bmn_syncer_stop (BMN_SYNCER (object));
  G_OBJECT_CLASS (bmn_syncer_parent_class)->dispose (object);
}

static void
bmn_syncer_finalize (GObject *object)
{
  BmnSyncer *self = BMN_SYNCER (object);
  g_clear_pointer (&self->silent, g_hash_table_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (bmn_syncer_parent_class)->finalize (object);
}

static void
bmn_syncer_class_init (BmnSyncerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = bmn_syncer_dispose;
  object_class->finalize = bmn_syncer_finalize;
  signals[SYNCED] = g_signal_new ("synced", BMN_TYPE_SYNCER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_POINTER, G_TYPE_ERROR);
}

static void
bmn_syncer_init (BmnSyncer *self)
{
  self->silent = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

BmnSyncer *
bmn_syncer_new (BmnStore *store, BmnClock *clock, BmnSyncPlatformFunc platforms, gpointer data)
{
  BmnSyncer *self = g_object_new (BMN_TYPE_SYNCER, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->platforms = platforms;
  self->platforms_data = data;
  return self;
}
