#include "bmn-platform-reader.h"
#include "bmn-platform-task-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_INTERFACE (BmnPlatformReader, bmn_platform_reader, BMN_TYPE_PLATFORM)

static void
bmn_platform_reader_default_init (BmnPlatformReaderInterface *iface)
{
}

/*
 * Values.
 */

BmnReaderPage *
bmn_reader_page_new (GPtrArray *items, const char *next)
{
  BmnReaderPage *page = g_new0 (BmnReaderPage, 1);
  page->items = items;
  page->next = g_strdup (next);
  return page;
}

void
bmn_reader_page_free (BmnReaderPage *page)
{
  g_ptr_array_unref (page->items);
  g_free (page->next);
  g_free (page);
}

BmnNotification *
bmn_notification_new (void)
{
  return g_new0 (BmnNotification, 1);
}

void
bmn_notification_free (BmnNotification *notification)
{
  g_free (notification->id);
  g_free (notification->author_id);
  g_free (notification->author_handle);
  g_free (notification->author_name);
  g_free (notification->post_id);
  g_free (notification->post_url);
  g_free (notification->parent_id);
  g_free (notification->text);
  g_free (notification->language);
  g_free (notification);
}

BmnTrend *
bmn_trend_new (const char *hashtag)
{
  BmnTrend *trend = g_new0 (BmnTrend, 1);
  trend->hashtag = g_strdup (hashtag);
  trend->uses = BMN_COUNT_UNKNOWN;
  trend->accounts = BMN_COUNT_UNKNOWN;
  return trend;
}

void
bmn_trend_free (BmnTrend *trend)
{
  g_free (trend->hashtag);
  g_free (trend);
}

BmnAccountFacts *
bmn_account_facts_new (void)
{
  return g_new0 (BmnAccountFacts, 1);
}

void
bmn_account_facts_free (BmnAccountFacts *facts)
{
  g_free (facts);
}

/*
 * Calls.
 */

void
bmn_platform_reader_list_own_async (BmnPlatformReader *self,
                                    const char *cursor,
                                    guint max,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  BmnPlatformReaderInterface *iface = BMN_PLATFORM_READER_GET_IFACE (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_reader_list_own_async);
  if (bmn_platform_task_may_begin (task, iface->list_own != NULL))
    iface->list_own (self, cursor, max, task);
}

BmnReaderPage *
bmn_platform_reader_list_own_finish (BmnPlatformReader *self, GAsyncResult *result, GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_reader_read_counts_async (BmnPlatformReader *self,
                                       const char *const *remote_ids,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  BmnPlatformReaderInterface *iface = BMN_PLATFORM_READER_GET_IFACE (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_reader_read_counts_async);
  if (bmn_platform_task_may_begin (task, iface->read_counts != NULL))
    iface->read_counts (self, remote_ids, task);
}

GPtrArray *
bmn_platform_reader_read_counts_finish (BmnPlatformReader *self,
                                        GAsyncResult *result,
                                        GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_reader_list_notifications_async (BmnPlatformReader *self,
                                              const char *cursor,
                                              guint max,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data)
{
  BmnPlatformReaderInterface *iface = BMN_PLATFORM_READER_GET_IFACE (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_reader_list_notifications_async);
  if (bmn_platform_task_may_begin (task, iface->list_notifications != NULL))
    iface->list_notifications (self, cursor, max, task);
}

BmnReaderPage *
bmn_platform_reader_list_notifications_finish (BmnPlatformReader *self,
                                               GAsyncResult *result,
                                               GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_reader_list_hashtag_async (BmnPlatformReader *self,
                                        const char *hashtag,
                                        const char *cursor,
                                        guint max,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  BmnPlatformReaderInterface *iface = BMN_PLATFORM_READER_GET_IFACE (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_reader_list_hashtag_async);
  if (bmn_platform_task_may_begin (task, iface->list_hashtag != NULL))
    iface->list_hashtag (self, hashtag, cursor, max, task);
}

BmnReaderPage *
bmn_platform_reader_list_hashtag_finish (BmnPlatformReader *self,
                                         GAsyncResult *result,
                                         GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_reader_list_trends_async (BmnPlatformReader *self,
                                       guint max,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  BmnPlatformReaderInterface *iface = BMN_PLATFORM_READER_GET_IFACE (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_reader_list_trends_async);
  if (bmn_platform_task_may_begin (task, iface->list_trends != NULL))
    iface->list_trends (self, max, task);
}

GPtrArray *
bmn_platform_reader_list_trends_finish (BmnPlatformReader *self,
                                        GAsyncResult *result,
                                        GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_reader_list_followed_tags_async (BmnPlatformReader *self,
                                              guint max,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data)
{
  BmnPlatformReaderInterface *iface = BMN_PLATFORM_READER_GET_IFACE (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_reader_list_followed_tags_async);
  if (bmn_platform_task_may_begin (task, iface->list_followed_tags != NULL))
    iface->list_followed_tags (self, max, task);
}

GPtrArray *
bmn_platform_reader_list_followed_tags_finish (BmnPlatformReader *self,
                                               GAsyncResult *result,
                                               GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_reader_look_up_account_async (BmnPlatformReader *self,
                                           const char *handle,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  BmnPlatformReaderInterface *iface = BMN_PLATFORM_READER_GET_IFACE (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_reader_look_up_account_async);
  if (bmn_platform_task_may_begin (task, iface->look_up_account != NULL))
    iface->look_up_account (self, handle, task);
}

BmnAccountFacts *
bmn_platform_reader_look_up_account_finish (BmnPlatformReader *self,
                                            GAsyncResult *result,
                                            GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_reader_read_followers_async (BmnPlatformReader *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  BmnPlatformReaderInterface *iface = BMN_PLATFORM_READER_GET_IFACE (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_reader_read_followers_async);
  if (bmn_platform_task_may_begin (task, iface->read_followers != NULL))
    iface->read_followers (self, task);
}

gboolean
bmn_platform_reader_read_followers_finish (BmnPlatformReader *self,
                                           GAsyncResult *result,
                                           gint64 *followers,
                                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_autoptr (GError) failure = NULL;
  *followers = g_task_propagate_int (G_TASK (result), &failure);
  if (!failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
