#include "bmn-upkeep.h"
#include "bmn-session-private.h"

#include "bmn-alarm.h"
#include "bmn-media-library.h"
#include "bmn-syncer.h"

struct _BmnUpkeep
{
  GObject parent_instance;

  BmnSession *session; /* (owned) */
  BmnSyncer *syncer;   /* (owned) */
  BmnAlarm *alarm;     /* (owned) (nullable) of the next look at the media */
};

G_DEFINE_FINAL_TYPE (BmnUpkeep, bmn_upkeep, G_TYPE_OBJECT)

enum
{
  SYNCED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

#define COLLECT_EVERY G_TIME_SPAN_DAY

/*
 * Media.
 */

typedef struct
{
  BmnStore *store; /* (owned) */
  gint64 now;
} Collection;

static void
collection_free (Collection *collection)
{
  g_object_unref (collection->store);
  g_free (collection);
}

static void
collect_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Collection *collection = data;
  g_autoptr (GError) error = NULL;
  /* Tried again tomorrow; the publisher tells of trouble with the store. */
  if (!bmn_media_library_collect (collection->store, collection->now, NULL, &error))
    g_debug ("Media files were not cleared away: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
collect_media (BmnUpkeep *self)
{
  Collection *collection = g_new0 (Collection, 1);
  collection->store = g_object_ref (bmn_session_get_store (self->session));
  collection->now = bmn_session_now (self->session);
  bmn_alarm_set (self->alarm, collection->now + COLLECT_EVERY);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, collect_media);
  g_task_set_task_data (task, collection, (GDestroyNotify)collection_free);
  g_task_run_in_thread (task, collect_in_thread);
}

/*
 * The object.
 */

static void
begin (BmnUpkeep *self)
{
  bmn_syncer_start (self->syncer);
  if (self->alarm)
    return;
  self->alarm = bmn_alarm_new (bmn_session_get_clock (self->session));
  g_signal_connect_swapped (self->alarm, "fired", G_CALLBACK (collect_media), self);
  collect_media (self);
}

static void
on_synced (BmnSyncer *syncer,
           gint64 account_id,
           const BmnSyncReport *report,
           const GError *error,
           BmnUpkeep *self)
{
  g_signal_emit (self, signals[SYNCED], 0, account_id, report, error);
}

/* The session and the store outlive us by what is under way. */
static BmnPlatform *
make_platform (const BmnAccount *account, gpointer data, GError **error)
{
  return bmn_session_make_platform (data, account, error);
}

static void
bmn_upkeep_dispose (GObject *object)
{
  BmnUpkeep *self = BMN_UPKEEP (object);
  if (self->syncer)
    bmn_syncer_stop (self->syncer);
  g_clear_object (&self->syncer);
  g_clear_object (&self->alarm);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_upkeep_parent_class)->dispose (object);
}

static void
bmn_upkeep_class_init (BmnUpkeepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_upkeep_dispose;
  signals[SYNCED] = g_signal_new ("synced", BMN_TYPE_UPKEEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_POINTER, G_TYPE_ERROR);
}

static void
bmn_upkeep_init (BmnUpkeep *self)
{
}

BmnUpkeep *
bmn_upkeep_new (BmnSession *session)
{
  BmnUpkeep *self = g_object_new (BMN_TYPE_UPKEEP, NULL);
  self->session = g_object_ref (session);
  self->syncer = bmn_syncer_new (bmn_session_get_store (session), bmn_session_get_clock (session),
                                 make_platform, session);
  g_signal_connect_object (self->syncer, "synced", G_CALLBACK (on_synced), self, 0);
  g_signal_connect_object (session, "elected", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  return self;
}
