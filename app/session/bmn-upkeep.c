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
  char *folder; /* (owned) */
  gint64 now;
} Collection;

static void
collection_free (Collection *collection)
{
  g_free (collection->folder);
  g_free (collection);
}

static gboolean
collect_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  const Collection *collection = data;
  return bmn_media_library_collect (tx, collection->folder, collection->now, NULL, error);
}

static void
on_collected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  /* Tried again tomorrow; the publisher tells of trouble with the store. */
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_debug ("Media files were not cleared away: %s", error->message);
}

static void
collect_media (BmnUpkeep *self)
{
  Collection *collection = g_new0 (Collection, 1);
  collection->folder = g_strdup (bmn_session_get_folder (self->session));
  collection->now = bmn_session_now (self->session);
  bmn_alarm_set (self->alarm, collection->now + COLLECT_EVERY);
  bmn_store_write_async (bmn_session_get_store (self->session), collect_in_store, collection,
                         (GDestroyNotify)collection_free, NULL, on_collected, NULL);
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
