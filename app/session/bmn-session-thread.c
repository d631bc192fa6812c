#include "bmn-session-thread-private.h"

#include "bmn-error.h"
#include "bmn-session-private.h"

#include <glib/gi18n-lib.h>

struct _BmnSessionThread
{
  GObject parent_instance;

  GMainContext *home;    /* (owned) where answers and signals go */
  GThread *thread;       /* (owned) (nullable) */
  GMainContext *context; /* (owned) (nullable) the thread's */
  GMainLoop *loop;       /* (owned) (nullable) */
  gboolean is_open;      /* told by the thread, seen at home */
  GCancellable *closing; /* (owned) (nullable) cancelled when the session ends */
  gint is_change_told;   /* atomic: whether ::changed waits at home already */
  GMutex mutex;          /* guards n_working */
  GCond worked;
  guint n_working;                /* worker threads that are using the session */
  BmnSession *session;            /* (owned) (nullable) the thread's alone, but for workers' refs */
  BmnSessionSurroundings *around; /* (owned) (nullable) tests' */
};

G_DEFINE_FINAL_TYPE (BmnSessionThread, bmn_session_thread, G_TYPE_OBJECT)

enum
{
  SETTLED,
  IDLE,
  TROUBLE,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/*
 * From the session's thread to home.
 */

typedef struct
{
  BmnSessionThread *thread; /* (owned) */
  guint signal;
  BmnTarget *target; /* (owned) (nullable) */
  GError *error;     /* (owned) (nullable) */
} News;

static void
news_free (News *news)
{
  g_clear_pointer (&news->target, bmn_target_free);
  g_clear_error (&news->error);
  g_object_unref (news->thread);
  g_free (news);
}

static gboolean
tell_news (gpointer data)
{
  News *news = data;
  if (news->signal == signals[CHANGED])
    g_atomic_int_set (&news->thread->is_change_told, 0);
  if (news->target)
    g_signal_emit (news->thread, news->signal, 0, news->target);
  else if (news->error)
    g_signal_emit (news->thread, news->signal, 0, news->error);
  else
    g_signal_emit (news->thread, news->signal, 0);
  return G_SOURCE_REMOVE;
}

static void
send_home (BmnSessionThread *self, guint signal, const BmnTarget *target, const GError *error)
{
  News *news = g_new0 (News, 1);
  news->thread = g_object_ref (self);
  news->signal = signal;
  news->target = target ? bmn_target_copy (target) : NULL;
  news->error = error ? g_error_copy (error) : NULL;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_news, news, (GDestroyNotify)news_free);
  g_source_attach (source, self->home);
}

static void
on_settled (BmnSession *session, BmnTarget *target, BmnSessionThread *self)
{
  send_home (self, signals[SETTLED], target, NULL);
}

static void
on_idle (BmnSession *session, BmnSessionThread *self)
{
  send_home (self, signals[IDLE], NULL, NULL);
}

static void
on_trouble (BmnSession *session, GError *error, BmnSessionThread *self)
{
  send_home (self, signals[TROUBLE], NULL, error);
}

static void
on_changed (BmnSession *session, BmnSessionThread *self)
{
  if (g_atomic_int_compare_and_exchange (&self->is_change_told, 0, 1))
    send_home (self, signals[CHANGED], NULL, NULL);
}

/*
 * The thread.
 */

typedef struct
{
  BmnSessionThread *thread; /* not owned: the thread is joined before it goes */
  char *folder;             /* (owned) (nullable) */
  GTask *task;              /* (owned) */
} Start;

static BmnSession *
open_session (BmnSessionThread *self, const char *folder, GError **error)
{
  if (self->around)
    return bmn_session_open_in (folder, self->around, error);
  return bmn_session_open (folder, error);
}

static gpointer
run_thread (gpointer data)
{
  Start *start = data;
  BmnSessionThread *self = start->thread;
  GError *error = NULL;

  g_main_context_push_thread_default (self->context);
  self->session = open_session (self, start->folder, &error);
  if (self->session)
    {
      g_signal_connect (self->session, "settled", G_CALLBACK (on_settled), self);
      g_signal_connect (self->session, "idle", G_CALLBACK (on_idle), self);
      g_signal_connect (self->session, "trouble", G_CALLBACK (on_trouble), self);
      g_signal_connect (self->session, "changed", G_CALLBACK (on_changed), self);
      g_task_return_boolean (start->task, TRUE);
    }
  else
    g_task_return_error (start->task, error);
  g_clear_object (&start->task);

  if (self->session)
    {
      g_main_loop_run (self->loop);
      g_signal_handlers_disconnect_by_data (self->session, self);
      bmn_session_close (self->session);
    }
  /* Who asked and was not heard gets an answer: the sources' data are freed here. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_clear_object (&self->session);
  g_main_context_pop_thread_default (self->context);
  g_free (start->folder);
  g_free (start);
  return NULL;
}

static void
join_thread (BmnSessionThread *self)
{
  self->is_open = FALSE;
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->closing);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSessionThread *self = BMN_SESSION_THREAD (source);
  GError *error = NULL;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      self->is_open = TRUE;
      g_task_return_boolean (task, TRUE);
      return;
    }
  join_thread (self);
  g_task_return_error (task, error);
}

void
bmn_session_thread_open_async (BmnSessionThread *self,
                               const char *folder,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (self->thread == NULL);
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, bmn_session_thread_open_async);

  Start *start = g_new0 (Start, 1);
  start->thread = self;
  start->folder = g_strdup (folder);
  start->task = g_task_new (self, NULL, on_opened, task);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->closing = g_cancellable_new ();
  self->thread = g_thread_new ("bmn-session", run_thread, start);
}

gboolean
bmn_session_thread_open_finish (BmnSessionThread *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
quit_loop (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
bmn_session_thread_close (BmnSessionThread *self)
{
  if (!self->thread)
    return;
  g_cancellable_cancel (self->closing);
  g_mutex_lock (&self->mutex);
  while (self->n_working > 0)
    g_cond_wait (&self->worked, &self->mutex);
  g_mutex_unlock (&self->mutex);
  /* A source, so that it is found even where the loop has not begun to run. */
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, quit_loop, g_main_loop_ref (self->loop),
                         (GDestroyNotify)g_main_loop_unref);
  g_source_attach (source, self->context);
  join_thread (self);
}

gboolean
bmn_session_thread_is_open (BmnSessionThread *self)
{
  return self->is_open;
}

/*
 * Calls.
 */

typedef struct
{
  BmnSessionFunc call;        /* (nullable) */
  BmnSessionStartFunc start;  /* (nullable) */
  gpointer data;              /* (owned) (nullable) */
  GDestroyNotify destroy;     /* (nullable) */
  GDestroyNotify free_answer; /* (nullable) */
  GCancellable *closing;      /* (owned) the session's */
} Call;

static void
call_free (Call *call)
{
  if (call->destroy && call->data)
    call->destroy (call->data);
  g_clear_object (&call->closing);
  g_free (call);
}

static void
return_closed (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _ ("Bellman is closing."));
}

static void
make_call (BmnSession *session, Call *call, GTask *task)
{
  GError *error = NULL;
  gpointer answer = call->call (session, call->data, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, call->free_answer);
}

static gboolean
run_call (gpointer data)
{
  GTask *task = data;
  BmnSessionThread *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  if (g_cancellable_is_cancelled (call->closing))
    return_closed (task);
  else if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  else if (call->start)
    call->start (self->session, call->data, g_object_ref (task));
  else
    make_call (self->session, call, task);
  return G_SOURCE_REMOVE;
}

static void
count_work (BmnSessionThread *self, int change)
{
  g_mutex_lock (&self->mutex);
  self->n_working += change;
  g_cond_broadcast (&self->worked);
  g_mutex_unlock (&self->mutex);
}

static void
run_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BmnSessionThread *self = source;
  Call *call = data;
  /* Counted before the question whether the session is closing, which cannot be missed then. */
  count_work (self, 1);
  if (g_cancellable_is_cancelled (call->closing))
    return_closed (task);
  else if (!g_task_return_error_if_cancelled (task))
    make_call (self->session, call, task);
  count_work (self, -1);
}

static GTask *
make_task (BmnSessionThread *self,
           const Call *call,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_task_data (task, g_memdup2 (call, sizeof *call), (GDestroyNotify)call_free);
  if (self->is_open)
    {
      ((Call *)g_task_get_task_data (task))->closing = g_object_ref (self->closing);
      return task;
    }
  return_closed (task);
  g_clear_object (&task);
  return NULL;
}

static void
send_to_thread (BmnSessionThread *self, GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, run_call, task, g_object_unref);
  g_source_attach (source, self->context);
}

void
bmn_session_thread_call_async (BmnSessionThread *self,
                               BmnSessionFunc func,
                               gpointer data,
                               GDestroyNotify destroy,
                               GDestroyNotify free_answer,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  const Call call = { .call = func, .data = data, .destroy = destroy, .free_answer = free_answer };
  GTask *task = make_task (self, &call, cancellable, callback, user_data);
  if (task)
    send_to_thread (self, task);
}

void
bmn_session_thread_start_async (BmnSessionThread *self,
                                BmnSessionStartFunc func,
                                gpointer data,
                                GDestroyNotify destroy,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const Call call = { .start = func, .data = data, .destroy = destroy };
  GTask *task = make_task (self, &call, cancellable, callback, user_data);
  if (task)
    send_to_thread (self, task);
}

void
bmn_session_thread_work_async (BmnSessionThread *self,
                               BmnSessionFunc func,
                               gpointer data,
                               GDestroyNotify destroy,
                               GDestroyNotify free_answer,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  const Call call = { .call = func, .data = data, .destroy = destroy, .free_answer = free_answer };
  g_autoptr (GTask) task = make_task (self, &call, cancellable, callback, user_data);
  if (task)
    g_task_run_in_thread (task, run_work);
}

gpointer
bmn_session_thread_call_finish (BmnSessionThread *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/*
 * The object.
 */

BmnSessionThread *
bmn_session_thread_new (void)
{
  return g_object_new (BMN_TYPE_SESSION_THREAD, NULL);
}

BmnSessionThread *
bmn_session_thread_new_in (const BmnSessionSurroundings *around)
{
  BmnSessionThread *self = bmn_session_thread_new ();
  self->around = g_memdup2 (around, sizeof *around);
  g_object_ref (around->clock);
  g_object_ref (around->secrets);
  return self;
}

static void
bmn_session_thread_finalize (GObject *object)
{
  BmnSessionThread *self = BMN_SESSION_THREAD (object);
  g_warn_if_fail (self->thread == NULL);
  if (self->around)
    {
      g_object_unref (self->around->clock);
      g_object_unref (self->around->secrets);
      g_free (self->around);
    }
  g_main_context_unref (self->home);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->worked);
  G_OBJECT_CLASS (bmn_session_thread_parent_class)->finalize (object);
}

static void
bmn_session_thread_class_init (BmnSessionThreadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_session_thread_finalize;
  signals[SETTLED] = g_signal_new ("settled", BMN_TYPE_SESSION_THREAD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[IDLE] = g_signal_new ("idle", BMN_TYPE_SESSION_THREAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[TROUBLE] = g_signal_new ("trouble", BMN_TYPE_SESSION_THREAD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[CHANGED] = g_signal_new ("changed", BMN_TYPE_SESSION_THREAD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_session_thread_init (BmnSessionThread *self)
{
  self->home = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->worked);
}
