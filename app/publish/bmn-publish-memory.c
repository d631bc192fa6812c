#include "bmn-publish-memory-private.h"

struct _BmnPublishMemory
{
  BmnClock *clock;      /* (owned) */
  GMutex lock;          /* a job asks on the store's thread too */
  GHashTable *requests; /* (owned) (element-type gint64 Moment): by target */
  GHashTable *outs;     /* (owned) (element-type gint64 Moment): by account */
};

/* One moment on both clocks, µs. */
typedef struct
{
  gint64 wall;
  gint64 steady;
} Moment;

BmnPublishMemory *
bmn_publish_memory_new (BmnClock *clock)
{
  BmnPublishMemory *self = g_atomic_rc_box_new0 (BmnPublishMemory);
  self->clock = g_object_ref (clock);
  g_mutex_init (&self->lock);
  self->requests = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->outs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

BmnPublishMemory *
bmn_publish_memory_ref (BmnPublishMemory *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_memory (BmnPublishMemory *self)
{
  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->outs);
  g_mutex_clear (&self->lock);
  g_object_unref (self->clock);
}

void
bmn_publish_memory_unref (BmnPublishMemory *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)clear_memory);
}

static void
note (BmnPublishMemory *self, GHashTable *moments, gint64 id, gint64 wall)
{
  const Moment moment = { wall, bmn_clock_monotonic (self->clock) };
  g_mutex_lock (&self->lock);
  g_hash_table_replace (moments, g_memdup2 (&id, sizeof id), g_memdup2 (&moment, sizeof moment));
  g_mutex_unlock (&self->lock);
}

static gboolean
find (BmnPublishMemory *self, GHashTable *moments, gint64 id, Moment *moment)
{
  g_mutex_lock (&self->lock);
  const Moment *found = g_hash_table_lookup (moments, &id);
  if (found)
    *moment = *found;
  g_mutex_unlock (&self->lock);
  return found != NULL;
}

void
bmn_publish_memory_note_request (BmnPublishMemory *self, gint64 target_id, gint64 started_at)
{
  note (self, self->requests, target_id, started_at);
}

gboolean
bmn_publish_memory_knows_request (BmnPublishMemory *self, gint64 target_id)
{
  Moment request;
  return find (self, self->requests, target_id, &request);
}

void
bmn_publish_memory_forget_request (BmnPublishMemory *self, gint64 target_id)
{
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->requests, &target_id);
  g_mutex_unlock (&self->lock);
}

gint64
bmn_publish_memory_get_steady_now (BmnPublishMemory *self, gint64 target_id)
{
  Moment request;
  return find (self, self->requests, target_id, &request)
             ? request.wall + (bmn_clock_monotonic (self->clock) - request.steady)
             : bmn_clock_now (self->clock);
}

gint64
bmn_publish_memory_to_wall (BmnPublishMemory *self, gint64 target_id, gint64 steady)
{
  return bmn_clock_now (self->clock) + steady - bmn_publish_memory_get_steady_now (self, target_id);
}

void
bmn_publish_memory_note_out (BmnPublishMemory *self, gint64 account_id)
{
  note (self, self->outs, account_id, bmn_clock_now (self->clock));
}

/* The clock that says that more time passed is right: one stands still while the computer
 * sleeps, the other may have been set back. */
gint64
bmn_publish_memory_get_last_out (BmnPublishMemory *self, gint64 account_id)
{
  Moment out;
  if (!find (self, self->outs, account_id, &out))
    return 0;
  gint64 now = bmn_clock_now (self->clock);
  return now - MAX (now - out.wall, bmn_clock_monotonic (self->clock) - out.steady);
}
