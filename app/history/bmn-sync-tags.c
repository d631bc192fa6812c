#include "bmn-sync-tags-private.h"

#include "bmn-outside-tags.h"

/* More than a draft can be about. */
#define MAX_FOLLOWED 200
#define MAX_TRENDS 20

typedef struct
{
  BmnStore *store;
  BmnClock *clock;
  BmnPlatformReader *reader;
  BmnOutsideTags *tags;
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->store);
  g_object_unref (run->clock);
  g_object_unref (run->reader);
  bmn_outside_tags_free (run->tags);
  g_free (run);
}

/* Takes what was told. @items: (nullable): %NULL for @error. Returns: %FALSE where that ends
 * all, (transfer full) @error then the task's */
static gboolean
take (GTask *task,
      GPtrArray *items,
      const char *(*name_of) (gconstpointer item),
      GError *error,
      GStrv *list,
      char **lack)
{
  if (g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED))
    {
      *lack = g_strdup (error->message);
      g_error_free (error);
      return TRUE;
    }
  if (error)
    {
      g_task_return_error (task, error);
      return FALSE;
    }
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < items->len; i++)
    g_strv_builder_add (names, name_of (items->pdata[i]));
  g_strfreev (*list);
  *list = g_strv_builder_end (names);
  return TRUE;
}

static gboolean
store_tags (BmnTransaction *tx, gpointer data, GError **error)
{
  const Run *run = data;
  const BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (run->reader));
  return bmn_outside_tags_put (tx, account->id, run->tags, error);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static const char *
name_of_trend (gconstpointer item)
{
  return ((const BmnTrend *)item)->hashtag;
}

static void
on_trends (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) trends
      = bmn_platform_reader_list_trends_finish (run->reader, result, &error);
  if (!take (task, trends, name_of_trend, error, &run->tags->trending, &run->tags->trending_lack))
    return;
  run->tags->read_at = bmn_clock_now (run->clock);
  /* Who cancelled may have closed the store by now. */
  if (!g_task_return_error_if_cancelled (task))
    bmn_store_write_async (run->store, store_tags, run, NULL, NULL, on_stored, g_object_ref (task));
}

static const char *
name_of_tag (gconstpointer item)
{
  return item;
}

static void
on_followed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) followed
      = bmn_platform_reader_list_followed_tags_finish (run->reader, result, &error);
  if (take (task, followed, name_of_tag, error, &run->tags->followed, &run->tags->followed_lack))
    bmn_platform_reader_list_trends_async (run->reader, MAX_TRENDS, g_task_get_cancellable (task),
                                           on_trends, g_object_ref (task));
}

void
bmn_sync_tags_async (BmnStore *store,
                     BmnClock *clock,
                     BmnPlatformReader *reader,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_sync_tags_async);
  Run *run = g_new0 (Run, 1);
  run->store = g_object_ref (store);
  run->clock = g_object_ref (clock);
  run->reader = g_object_ref (reader);
  run->tags = bmn_outside_tags_new ();
  g_task_set_task_data (task, run, (GDestroyNotify)run_free);
  bmn_platform_reader_list_followed_tags_async (reader, MAX_FOLLOWED, cancellable, on_followed,
                                                g_object_ref (task));
}

gboolean
bmn_sync_tags_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_sync_tags_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
