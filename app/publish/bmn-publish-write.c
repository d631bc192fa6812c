#include "bmn-publish-write-private.h"

#include "bmn-error.h"

/* What cannot be written down is tried again after this many seconds. */
#define RETRY_SECONDS 2

typedef struct
{
  BmnStore *store; /* (owned) */
  BmnStoreFunc func;
  gpointer data;
  guint n_failures;
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->store);
  g_free (writing);
}

static void run (GTask *task);

static gboolean
on_run_again (gpointer data)
{
  run (data);
  return G_SOURCE_REMOVE;
}

static void
run_later (GTask *task, const GError *error)
{
  Writing *writing = g_task_get_task_data (task);
  if (writing->n_failures++ == 0)
    g_warning ("Cannot write down what became of a post, trying again: %s", error->message);
  g_autoptr (GSource) source = g_timeout_source_new_seconds (RETRY_SECONDS);
  g_source_set_static_name (source, "bmn-publish-write");
  g_source_set_callback (source, on_run_again, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, BMN_ERROR, BMN_ERROR_CONFLICT)
         || g_error_matches (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else if (is_final (error) || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_return_error (task, error);
  else
    {
      run_later (task, error);
      g_error_free (error);
    }
}

static void
run (GTask *task)
{
  const Writing *writing = g_task_get_task_data (task);
  bmn_store_write_async (writing->store, writing->func, writing->data, NULL, NULL, on_written,
                         g_object_ref (task));
}

void
bmn_publish_write_async (BmnStore *store,
                         BmnStoreFunc func,
                         gpointer data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_publish_write_async);
  /* What was written is told, though it was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  Writing *writing = g_new0 (Writing, 1);
  writing->store = g_object_ref (store);
  writing->func = func;
  writing->data = data;
  g_task_set_task_data (task, writing, (GDestroyNotify)writing_free);
  run (task);
}

gboolean
bmn_publish_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
