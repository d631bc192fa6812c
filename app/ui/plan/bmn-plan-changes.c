#include "bmn-plan-changes.h"
#include "bmn-plan-time.h"

#include "bmn-session-agenda.h"
#include "bmn-session-posts.h"

#include <glib/gi18n.h>

struct _BmnPlanChanges
{
  GObject parent_instance;

  BmnSessionThread *session; /* (owned) */
  BmnPlanModel *model;       /* (owned) */
  GPtrArray *done;           /* (owned) (element-type Move): what can be undone, the last last */
  GPtrArray *undone;         /* (owned) (element-type Move): what can be done again */
  gint64 deleting;           /* a post whose toast is still there; 0 for none */
};

enum
{
  TOAST,
  FAILED,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BmnPlanChanges, bmn_plan_changes, G_TYPE_OBJECT)

static AdwToast *
tell (BmnPlanChanges *self, const char *message, gboolean can_undo)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);
  if (can_undo)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_action_name (toast, "plan.undo");
    }
  g_signal_emit (self, signals[TOAST], 0, toast);
  return toast;
}

/*
 * Moving.
 */

typedef struct
{
  GArray *there; /* (owned) (element-type BmnTargetMove) */
  GArray *back;  /* (owned) (element-type BmnTargetMove) */
  gint64 at;     /* µs: where it goes */
} Move;

static void
move_free (gpointer data)
{
  Move *move = data;
  g_array_unref (move->there);
  g_array_unref (move->back);
  g_free (move);
}

typedef enum
{
  MOVE,
  UNDO,
  REDO,
} Direction;

typedef struct
{
  BmnPlanChanges *self; /* (owned) */
  Move *move;           /* (owned) (nullable) */
  Direction direction;
  GStrv warnings; /* (owned) (nullable) */
} Moving;

static void
moving_free (Moving *moving)
{
  g_object_unref (moving->self);
  g_clear_pointer (&moving->move, move_free);
  g_strfreev (moving->warnings);
  g_free (moving);
}

static gpointer
run_move (BmnSession *session, gpointer data, GError **error)
{
  Moving *moving = data;
  GArray *moves = moving->direction == UNDO ? moving->move->back : moving->move->there;
  bmn_session_move_targets (session, moves, &moving->warnings, error);
  return NULL;
}

static void
tell_moved (BmnPlanChanges *self, const Moving *moving)
{
  g_autoptr (GDateTime) time = bmn_plan_time_from_instant (moving->move->at);
  g_autofree char *when = bmn_plan_time_format_full (time);
  /* Translators: %s is a day and time. */
  g_autofree char *message = g_strdup_printf (_ ("Moved to %s"), when);
  gboolean warned = moving->warnings && moving->warnings[0];
  tell (self, warned ? moving->warnings[0] : message, TRUE);
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer data)
{
  Moving *moving = data;
  BmnPlanChanges *self = moving->self;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    g_signal_emit (self, signals[FAILED], 0, error);
  else
    {
      if (moving->direction != UNDO)
        tell_moved (self, moving);
      if (moving->direction == MOVE)
        g_ptr_array_set_size (self->undone, 0);
      g_ptr_array_add (moving->direction == UNDO ? self->undone : self->done,
                       g_steal_pointer (&moving->move));
      g_signal_emit (self, signals[CHANGED], 0);
    }
  bmn_plan_model_refresh (self->model);
  moving_free (moving);
}

/* @move: (transfer full): */
static void
start_move (BmnPlanChanges *self, Move *move, Direction direction)
{
  Moving *moving = g_new0 (Moving, 1);
  moving->self = g_object_ref (self);
  moving->move = move;
  moving->direction = direction;
  bmn_session_thread_call_async (self->session, run_move, moving, NULL, NULL, NULL, on_moved,
                                 moving);
}

static gboolean
can_move (BmnTargetState state)
{
  return state == BMN_TARGET_SCHEDULED || state == BMN_TARGET_DRAFT || state == BMN_TARGET_HELD
         || state == BMN_TARGET_FAILED || state == BMN_TARGET_CANCELLED;
}

void
bmn_plan_changes_move (BmnPlanChanges *self, BmnPlanEntry *entry, gint64 at)
{
  const BmnAgendaItem *item = bmn_plan_entry_get_item (entry);
  g_autoptr (GDateTime) time = bmn_plan_time_from_instant (at);
  if (!item || at == item->at)
    return;
  Move *move = g_new0 (Move, 1);
  move->at = at;
  move->there = bmn_target_moves_new ();
  move->back = bmn_target_moves_new ();
  for (guint i = 0; i < item->targets->len; i++)
    {
      const BmnAgendaTarget *target = item->targets->pdata[i];
      if (!can_move (target->state))
        continue;
      BmnTargetMove there
          = { .target_id = target->id,
              .wall = { g_date_time_get_year (time), g_date_time_get_month (time),
                        g_date_time_get_day_of_month (time), g_date_time_get_hour (time),
                        g_date_time_get_minute (time), g_date_time_get_second (time) } };
      BmnTargetMove back = { .target_id = target->id, .zone = g_strdup (target->zone) };
      back.to_draft
          = !target->local_time || !bmn_wall_time_parse (target->local_time, &back.wall, NULL);
      g_array_append_val (move->there, there);
      g_array_append_val (move->back, back);
    }
  if (move->there->len > 0)
    {
      start_move (self, move, MOVE);
      return;
    }
  move_free (move);
  tell (self, _ ("This post is out or on its way, so it cannot be moved."), FALSE);
}

/*
 * Deleting.
 */

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPlanChanges) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    g_signal_emit (self, signals[FAILED], 0, error);
  bmn_plan_model_refresh (self->model);
}

static void
on_session_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_session_delete_post_finish (BMN_SESSION (source), result, &error))
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_error (task, error);
}

static void
start_delete (BmnSession *session, gpointer data, GTask *task)
{
  bmn_session_delete_post_async (session, *(gint64 *)data, FALSE, g_task_get_cancellable (task),
                                 on_session_deleted, task);
}

static void
delete_now (BmnPlanChanges *self)
{
  if (self->deleting == 0)
    return;
  bmn_session_thread_start_async (self->session, start_delete,
                                  g_memdup2 (&self->deleting, sizeof self->deleting), g_free, NULL,
                                  on_deleted, g_object_ref (self));
  self->deleting = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
bmn_plan_changes_delete (BmnPlanChanges *self, gint64 post_id)
{
  delete_now (self);
  self->deleting = post_id;
  bmn_plan_model_hide_post (self->model, post_id);
  AdwToast *toast = tell (self, _ ("Post deleted"), TRUE);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (delete_now), self, G_CONNECT_SWAPPED);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
bmn_plan_changes_can_undo (BmnPlanChanges *self)
{
  return self->deleting != 0 || self->done->len > 0;
}

gboolean
bmn_plan_changes_can_redo (BmnPlanChanges *self)
{
  return self->undone->len > 0;
}

/* What is under way is in neither list, so that it cannot be undone twice. */
static void
start_last (BmnPlanChanges *self, GPtrArray *list, Direction direction)
{
  if (list->len == 0)
    return;
  start_move (self, g_ptr_array_steal_index (list, list->len - 1), direction);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
bmn_plan_changes_undo (BmnPlanChanges *self)
{
  if (self->deleting != 0)
    {
      self->deleting = 0;
      bmn_plan_model_hide_post (self->model, 0);
    }
  else
    start_last (self, self->done, UNDO);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
bmn_plan_changes_redo (BmnPlanChanges *self)
{
  start_last (self, self->undone, REDO);
}

/*
 * Going on.
 */

typedef struct
{
  gint64 post_id;
  BmnRetry how;
} Retry;

static gpointer
run_retry (BmnSession *session, gpointer data, GError **error)
{
  const Retry *retry = data;
  bmn_session_retry_post (session, retry->post_id, retry->how, error);
  return NULL;
}

void
bmn_plan_changes_retry (BmnPlanChanges *self, gint64 post_id, int how)
{
  Retry *retry = g_new0 (Retry, 1);
  retry->post_id = post_id;
  retry->how = how;
  bmn_session_thread_call_async (self->session, run_retry, retry, g_free, NULL, NULL, on_deleted,
                                 g_object_ref (self));
}

/*
 * The object.
 */

static void
bmn_plan_changes_dispose (GObject *object)
{
  BmnPlanChanges *self = BMN_PLAN_CHANGES (object);
  g_clear_object (&self->session);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (bmn_plan_changes_parent_class)->dispose (object);
}

static void
bmn_plan_changes_finalize (GObject *object)
{
  BmnPlanChanges *self = BMN_PLAN_CHANGES (object);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  G_OBJECT_CLASS (bmn_plan_changes_parent_class)->finalize (object);
}

static void
bmn_plan_changes_class_init (BmnPlanChangesClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_plan_changes_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_plan_changes_finalize;
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, ADW_TYPE_TOAST);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_plan_changes_init (BmnPlanChanges *self)
{
  self->done = g_ptr_array_new_with_free_func (move_free);
  self->undone = g_ptr_array_new_with_free_func (move_free);
}

BmnPlanChanges *
bmn_plan_changes_new (BmnSessionThread *session, BmnPlanModel *model)
{
  BmnPlanChanges *self = g_object_new (BMN_TYPE_PLAN_CHANGES, NULL);
  self->session = g_object_ref (session);
  self->model = g_object_ref (model);
  return self;
}
