#include "bmn-session-posts.h"
#include "bmn-series-private.h"
#include "bmn-session-private.h"

#include "bmn-attempts.h"
#include "bmn-error.h"
#include "bmn-posts.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>

/*
 * Changing or deleting what is out: one target after the other, each step on record like a
 * publishing attempt, so that a stop in the middle leaves a true picture.
 */

typedef struct
{
  BmnSession *session; /* (owned) */
  BmnPostView *view;   /* (owned) */
  BmnAttemptKind kind;
  guint i_target;
  BmnPlatform *platform;      /* (owned) (nullable) */
  BmnPublishRequest *request; /* (owned) (nullable) */
  BmnAttempt *attempt;        /* (owned) (nullable) */
  GPtrArray *receipts;        /* (owned) (nullable) */
  gboolean gone;              /* the receipts of the target are to be forgotten */
  guint n_done;
} Remote;

static void next_target (GTask *task);

static void
remote_free (Remote *remote)
{
  g_clear_object (&remote->session);
  g_clear_pointer (&remote->view, bmn_post_view_free);
  g_clear_object (&remote->platform);
  g_clear_pointer (&remote->request, bmn_publish_request_unref);
  g_clear_pointer (&remote->attempt, bmn_attempt_free);
  g_clear_pointer (&remote->receipts, g_ptr_array_unref);
  g_free (remote);
}

static const BmnTargetView *
current (const Remote *remote)
{
  return remote->view->targets->pdata[remote->i_target];
}

static gboolean
begin_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Remote *remote = data;
  g_autoptr (BmnTarget) target = bmn_targets_get (tx, current (remote)->target->id, error);
  if (!target)
    return FALSE;
  if (target->state == BMN_TARGET_PUBLISHING)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                           _ ("The post is being published just now. Try again in a moment."));
      return FALSE;
    }
  return bmn_attempts_begin (tx, remote->attempt, error);
}

/* What was deleted is taken back. Published once more, it is a new one with a new key. */
static gboolean
take_back (BmnTransaction *tx, gint64 target_id, GError **error)
{
  g_autoptr (BmnTarget) target = bmn_targets_get (tx, target_id, error);
  if (!target || !bmn_receipts_clear (tx, target_id, error))
    return FALSE;
  BmnTargetState before = target->state;
  target->state = BMN_TARGET_CANCELLED;
  target->next_try_at = target->published_at = 0;
  g_clear_pointer (&target->key, g_free);
  g_clear_pointer (&target->url, g_free);
  return bmn_targets_update (tx, target, before, error);
}

static gboolean
finish_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Remote *remote = data;
  gint64 target_id = current (remote)->target->id;
  if (!bmn_attempts_finish (tx, remote->attempt, error))
    return FALSE;
  if (remote->gone && !take_back (tx, target_id, error))
    return FALSE;
  for (guint i = 0; remote->receipts && i < remote->receipts->len; i++)
    if (!bmn_receipts_put (tx, target_id, remote->receipts->pdata[i], error))
      return FALSE;
  return TRUE;
}

static void
on_finished (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Remote *remote = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean done = remote->attempt->outcome == BMN_ATTEMPT_DONE;
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (!done)
    g_task_return_new_error (
        task, BMN_ERROR, BMN_ERROR_CONFLICT,
        /* Translators: the first %s is an account, the second a whole sentence. */
        _ ("On “%s”: %s"), current (remote)->account->name, remote->attempt->message);
  else
    {
      remote->n_done++;
      remote->i_target++;
      next_target (task);
    }
}

/* Writes down how the latest step ended. @failure: (nullable): */
static void
finish_attempt (GTask *task, const GError *failure)
{
  Remote *remote = g_task_get_task_data (task);
  remote->attempt->finished_at = bmn_session_now (remote->session);
  remote->attempt->outcome = BMN_ATTEMPT_DONE;
  if (failure)
    {
      gboolean lost
          = g_error_matches (failure, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME);
      remote->attempt->outcome = lost ? BMN_ATTEMPT_LOST : BMN_ATTEMPT_REFUSED;
      remote->attempt->message = g_strdup (failure->message);
      if (failure->domain == BMN_PLATFORM_ERROR)
        remote->attempt->error_kind = g_strdup (bmn_platform_error_to_nick (failure->code));
    }
  remote->gone = !failure && remote->kind == BMN_ATTEMPT_REMOVE;
  bmn_store_write_async (bmn_session_get_store (remote->session), finish_in_store, remote, NULL,
                         NULL, on_finished, g_object_ref (task));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) failure = NULL;
  bmn_platform_remove_finish (BMN_PLATFORM (source), result, &failure);
  finish_attempt (task, failure);
}

static void
on_edited (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Remote *remote = g_task_get_task_data (task);
  g_autoptr (GError) failure = NULL;
  remote->receipts = bmn_platform_edit_finish (BMN_PLATFORM (source), result, &failure);
  finish_attempt (task, failure);
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Remote *remote = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (remote->kind == BMN_ATTEMPT_REMOVE)
    bmn_platform_remove_async (remote->platform, remote->request, cancellable, on_removed,
                               g_object_ref (task));
  else
    bmn_platform_edit_async (remote->platform, remote->request, cancellable, on_edited,
                             g_object_ref (task));
}

/* What a server holds would go out with nobody here knowing of it. */
static gboolean
check_not_held (BmnTransaction *tx, gint64 post_id, GError **error)
{
  const BmnTargetFilter filter = { .post_id = post_id, .at_server = TRUE };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (((BmnTarget *)targets->pdata[i])->remote_schedule_id)
      return bmn_session_set_conflict (
          error, _ ("A server still holds this post. Cancel it, let Bellman publish so that it is "
                    "taken back there, and delete it then."));
  return TRUE;
}

static gboolean
delete_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  const Remote *remote = data;
  const BmnTargetFilter filter
      = { .post_id = remote->view->post->id, .states = 1 << BMN_TARGET_PUBLISHING };
  g_autoptr (GPtrArray) busy = bmn_targets_list (tx, &filter, error);
  if (!busy)
    return FALSE;
  if (busy->len > 0)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                           _ ("The post is being published just now. Try again in a moment."));
      return FALSE;
    }
  if (!check_not_held (tx, remote->view->post->id, error))
    return FALSE;
  return bmn_series_skip (tx, remote->view->post, bmn_session_now (remote->session), error)
         && bmn_posts_delete (tx, remote->view->post->id, error);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
finish_all (GTask *task)
{
  Remote *remote = g_task_get_task_data (task);
  if (remote->kind == BMN_ATTEMPT_REMOVE)
    bmn_store_write_async (bmn_session_get_store (remote->session), delete_in_store, remote, NULL,
                           NULL, on_deleted, g_object_ref (task));
  else if (remote->n_done > 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_CONFLICT, "%s",
                             _ ("Nothing of this post is out."));
}

static BmnPublishRequest *
make_request (const Remote *remote)
{
  const BmnTargetView *view = current (remote);
  BmnPublishRequest *request = bmn_publish_request_new (
      remote->view->post, view->target->parts ? view->target->parts : remote->view->post->parts,
      view->target->key);
  request->planned_at = view->target->due_at;
  for (guint i = 0; i < view->receipts->len; i++)
    g_ptr_array_add (request->receipts, bmn_receipt_copy (view->receipts->pdata[i]));
  return request;
}

static void
next_target (GTask *task)
{
  Remote *remote = g_task_get_task_data (task);
  GError *error = NULL;
  while (remote->i_target < remote->view->targets->len && current (remote)->receipts->len == 0)
    remote->i_target++;
  if (remote->i_target == remote->view->targets->len)
    {
      finish_all (task);
      return;
    }
  g_clear_object (&remote->platform);
  remote->platform = bmn_session_make_platform (remote->session, current (remote)->account, &error);
  if (!remote->platform)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&remote->request, bmn_publish_request_unref);
  remote->request = make_request (remote);
  g_clear_pointer (&remote->receipts, g_ptr_array_unref);
  g_clear_pointer (&remote->attempt, bmn_attempt_free);
  remote->attempt = bmn_attempt_new (current (remote)->target->id, 0, remote->kind);
  remote->attempt->key = g_strdup (current (remote)->target->key);
  remote->attempt->revision = remote->view->post->revision;
  remote->attempt->started_at = bmn_session_now (remote->session);
  bmn_store_write_async (bmn_session_get_store (remote->session), begin_in_store, remote, NULL,
                         NULL, on_begun, g_object_ref (task));
}

static void
start (BmnSession *self, GTask *task, gint64 id, BmnAttemptKind kind, gboolean remotely)
{
  GError *error = NULL;
  BmnPostView *view = bmn_session_get_post (self, id, &error);
  if (!view)
    {
      g_task_return_error (task, error);
      return;
    }
  Remote *remote = g_new0 (Remote, 1);
  remote->session = g_object_ref (self);
  remote->view = view;
  remote->kind = kind;
  remote->i_target = remotely ? 0 : view->targets->len;
  g_task_set_task_data (task, remote, (GDestroyNotify)remote_free);
  next_target (task);
}

void
bmn_session_delete_post_async (BmnSession *self,
                               gint64 id,
                               gboolean remote,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_delete_post_async);
  start (self, task, id, BMN_ATTEMPT_REMOVE, remote);
}

gboolean
bmn_session_delete_post_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
bmn_session_edit_remote_async (BmnSession *self,
                               gint64 id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_edit_remote_async);
  start (self, task, id, BMN_ATTEMPT_EDIT, TRUE);
}

gboolean
bmn_session_edit_remote_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
