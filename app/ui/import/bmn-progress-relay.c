#include "bmn-progress-relay.h"

struct _BmnProgressRelay
{
  BmnRelayFunc func; /* (nullable): the main context's */
  gpointer data;

  GMutex mutex;
  gint64 done;
  gint64 total;
  gint64 count;
  gboolean waits; /* what is to be told waits in the main context */
};

BmnProgressRelay *
bmn_progress_relay_new (BmnRelayFunc func, gpointer data)
{
  BmnProgressRelay *self = g_atomic_rc_box_new0 (BmnProgressRelay);
  self->func = func;
  self->data = data;
  g_mutex_init (&self->mutex);
  return self;
}

BmnProgressRelay *
bmn_progress_relay_ref (BmnProgressRelay *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_mutex_clear (&((BmnProgressRelay *)data)->mutex);
}

void
bmn_progress_relay_unref (BmnProgressRelay *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
bmn_progress_relay_cut (BmnProgressRelay *self)
{
  self->func = NULL;
}

static gboolean
pass_on (gpointer data)
{
  BmnProgressRelay *self = data;
  g_mutex_lock (&self->mutex);
  const gint64 done = self->done, total = self->total, count = self->count;
  self->waits = FALSE;
  g_mutex_unlock (&self->mutex);
  if (self->func)
    self->func (done, total, count, self->data);
  return G_SOURCE_REMOVE;
}

void
bmn_progress_relay_tell (BmnProgressRelay *self, gint64 done, gint64 total, gint64 count)
{
  g_mutex_lock (&self->mutex);
  gboolean waits = self->waits;
  self->done = done;
  self->total = total;
  self->count = count;
  self->waits = TRUE;
  g_mutex_unlock (&self->mutex);
  if (!waits)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, pass_on, bmn_progress_relay_ref (self),
                     (GDestroyNotify)bmn_progress_relay_unref);
}

void
bmn_progress_relay_report (gint64 done, gint64 total, gpointer relay)
{
  bmn_progress_relay_tell (relay, done, total, 0);
}
