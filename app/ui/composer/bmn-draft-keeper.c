#include "bmn-draft-keeper.h"

/* A pause in typing, and the longest that anything stays unsaved; ms. */
#define PAUSE 350
#define LONGEST 2000

struct _BmnDraftKeeper
{
  GObject parent_instance;

  BmnSessionThread *session; /* (owned) */
  BmnDraft *draft;           /* (owned) */
  gint64 original;
  BmnDraftState state;
  GError *error;      /* (owned) (nullable) */
  guint timeout;      /* 0 where nothing waits to be saved */
  gint64 dirty_since; /* µs, monotonic; 0 where nothing waits */
  gboolean is_stopped;
  gint64 *id; /* (owned) atomic box: the post's id, once stored; the session's thread's alone */
};

G_DEFINE_FINAL_TYPE (BmnDraftKeeper, bmn_draft_keeper, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What crosses to the session's thread. Calls are made there in order, so all copies share the
 * id that the first one gets. */
typedef struct
{
  gint64 *id;         /* (owned) */
  BmnPost *post;      /* (owned) */
  GPtrArray *targets; /* (owned) */
  gint64 original;
  gboolean has_when;
  BmnWhen when;
  char *zone; /* (owned) (nullable) */
  guint serial;
} Copy;

static Copy *
copy_new (BmnDraftKeeper *self)
{
  Copy *copy = g_new0 (Copy, 1);
  copy->id = g_atomic_rc_box_acquire (self->id);
  copy->post = bmn_post_copy (bmn_draft_get_post (self->draft));
  copy->targets = bmn_draft_make_targets (self->draft);
  copy->original = self->original;
  copy->serial = bmn_draft_get_serial (self->draft);
  return copy;
}

static void
copy_free (Copy *copy)
{
  g_atomic_rc_box_release (copy->id);
  bmn_post_free (copy->post);
  g_ptr_array_unref (copy->targets);
  g_free (copy->zone);
  g_free (copy);
}

static void
set_state (BmnDraftKeeper *self, BmnDraftState state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

/*
 * Saving.
 */

static void schedule_save (BmnDraftKeeper *self);

/* Returns: (transfer full): the post's id and which state of the draft it was */
static gpointer
make_answer (Copy *copy)
{
  gint64 *answer = g_new (gint64, 2);
  answer[0] = copy->post->id;
  answer[1] = copy->serial;
  return answer;
}

static gpointer
save_copy (BmnSession *session, gpointer data, GError **error)
{
  Copy *copy = data;
  copy->post->id = *copy->id;
  if (!bmn_session_save_draft (session, copy->post, copy->targets, error))
    return NULL;
  *copy->id = copy->post->id;
  return make_answer (copy);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnDraftKeeper) self = data;
  g_clear_error (&self->error);
  g_autofree gint64 *answer
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &self->error);
  if (!answer)
    {
      set_state (self, BMN_DRAFT_FAILED);
      return;
    }
  bmn_draft_set_id (self->draft, answer[0]);
  gboolean is_current = answer[1] == bmn_draft_get_serial (self->draft);
  set_state (self, is_current ? BMN_DRAFT_SAVED : BMN_DRAFT_CHANGED);
}

static void
save (BmnDraftKeeper *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->dirty_since = 0;
  if (self->is_stopped)
    return;
  bmn_session_thread_call_async (self->session, save_copy, copy_new (self),
                                 (GDestroyNotify)copy_free, g_free, NULL, on_saved,
                                 g_object_ref (self));
}

static gboolean
on_timeout (gpointer data)
{
  BmnDraftKeeper *self = data;
  self->timeout = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_save (BmnDraftKeeper *self)
{
  gint64 now = g_get_monotonic_time ();
  if (self->dirty_since == 0)
    self->dirty_since = now;
  gint64 left = LONGEST - (now - self->dirty_since) / 1000;
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add ((guint)CLAMP (left, 0, PAUSE), on_timeout, self);
}

static void
on_draft_changed (BmnDraftKeeper *self)
{
  if (self->is_stopped)
    return;
  if (bmn_draft_is_empty (self->draft) && bmn_draft_get_post (self->draft)->id == 0)
    {
      g_clear_handle_id (&self->timeout, g_source_remove);
      set_state (self, BMN_DRAFT_EMPTY);
      return;
    }
  if (self->state != BMN_DRAFT_CHANGED)
    set_state (self, BMN_DRAFT_CHANGED);
  schedule_save (self);
}

static gpointer
discard (BmnSession *session, gpointer data, GError **error)
{
  Copy *copy = data;
  if (*copy->id != 0)
    bmn_session_discard_draft (session, *copy->id, error);
  return NULL;
}

void
bmn_draft_keeper_flush (BmnDraftKeeper *self)
{
  if (self->is_stopped)
    return;
  if (bmn_draft_is_empty (self->draft))
    bmn_draft_keeper_discard (self);
  else if (self->state == BMN_DRAFT_CHANGED || self->state == BMN_DRAFT_FAILED)
    save (self);
}

void
bmn_draft_keeper_discard (BmnDraftKeeper *self)
{
  bmn_draft_keeper_stop (self);
  bmn_session_thread_call_async (self->session, discard, copy_new (self), (GDestroyNotify)copy_free,
                                 NULL, NULL, NULL, NULL);
}

void
bmn_draft_keeper_stop (BmnDraftKeeper *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->is_stopped = TRUE;
}

/*
 * Planning.
 */

typedef struct
{
  GStrv warnings; /* (owned) */
  gint64 id;
} Planned;

static void
planned_free (Planned *planned)
{
  g_strfreev (planned->warnings);
  g_free (planned);
}

static gpointer
plan_copy (BmnSession *session, gpointer data, GError **error)
{
  Copy *copy = data;
  Planned *planned = g_new0 (Planned, 1);
  copy->post->id = *copy->id;
  gboolean is_planned
      = bmn_session_plan_draft (session, copy->post, copy->targets, copy->original,
                                copy->has_when ? &copy->when : NULL, &planned->warnings, error);
  *copy->id = planned->id = copy->post->id;
  if (!is_planned)
    g_clear_pointer (&planned, planned_free);
  return planned;
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnDraftKeeper *self = g_task_get_source_object (task);
  GError *error = NULL;
  Planned *planned = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (planned)
    {
      bmn_draft_set_id (self->draft, planned->id);
      g_task_return_pointer (task, planned, (GDestroyNotify)planned_free);
      return;
    }
  self->is_stopped = FALSE;
  schedule_save (self);
  g_task_return_error (task, error);
}

void
bmn_draft_keeper_plan_async (BmnDraftKeeper *self,
                             const BmnWhen *when,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, bmn_draft_keeper_plan_async);
  bmn_draft_keeper_stop (self);
  Copy *copy = copy_new (self);
  if (when)
    {
      copy->has_when = TRUE;
      copy->when = *when;
      copy->when.zone = copy->zone = g_strdup (when->zone);
    }
  bmn_session_thread_call_async (self->session, plan_copy, copy, (GDestroyNotify)copy_free,
                                 (GDestroyNotify)planned_free, NULL, on_planned, task);
}

gboolean
bmn_draft_keeper_plan_finish (BmnDraftKeeper *self,
                              GAsyncResult *result,
                              GStrv *warnings,
                              GError **error)
{
  Planned *planned = g_task_propagate_pointer (G_TASK (result), error);
  if (!planned)
    return FALSE;
  *warnings = g_steal_pointer (&planned->warnings);
  planned_free (planned);
  return TRUE;
}

/*
 * The object.
 */

BmnDraftState
bmn_draft_keeper_get_state (BmnDraftKeeper *self)
{
  return self->state;
}

const GError *
bmn_draft_keeper_get_error (BmnDraftKeeper *self)
{
  return self->error;
}

gint64
bmn_draft_keeper_get_original (BmnDraftKeeper *self)
{
  return self->original;
}

static void
bmn_draft_keeper_finalize (GObject *object)
{
  BmnDraftKeeper *self = BMN_DRAFT_KEEPER (object);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->draft);
  g_clear_error (&self->error);
  g_clear_pointer (&self->id, g_atomic_rc_box_release);
  G_OBJECT_CLASS (bmn_draft_keeper_parent_class)->finalize (object);
}

static void
bmn_draft_keeper_class_init (BmnDraftKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_draft_keeper_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_draft_keeper_init (BmnDraftKeeper *self)
{
}

BmnDraftKeeper *
bmn_draft_keeper_new (BmnSessionThread *session, BmnDraft *draft, gint64 original)
{
  BmnDraftKeeper *self = g_object_new (BMN_TYPE_DRAFT_KEEPER, NULL);
  self->session = g_object_ref (session);
  self->draft = g_object_ref (draft);
  self->original = original;
  self->id = g_atomic_rc_box_new0 (gint64);
  *self->id = bmn_draft_get_post (draft)->id;
  self->state = bmn_draft_get_post (draft)->id != 0 ? BMN_DRAFT_SAVED : BMN_DRAFT_EMPTY;
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}
