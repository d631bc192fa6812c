#include "bmn-mastodon-reader-private.h"
#include "bmn-instant.h"
#include "bmn-json.h"
#include "bmn-mastodon-private.h"
#include "bmn-mastodon-status-private.h"

#include <glib/gi18n-lib.h>

/* What servers give at most at a time (docs.joinmastodon.org/methods/accounts/#statuses). */
#define MAX_PAGE 40
#define MAX_NOTIFICATIONS 80
#define MAX_TRENDS 20
#define MAX_FOLLOWED 200

/* A server that has no such endpoint, in words; other errors are left as they are. */
static void
state_lack (int status, GError **error)
{
  if (!bmn_mastodon_is_missing (status))
    return;
  g_clear_error (error);
  g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                       _ ("This account's server does not offer this."));
}

static void
return_not_understood (GTask *task)
{
  g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                           _ ("The server's answer is not understood. Try again later."));
}

static void
send (GTask *task,
      const char *path,
      const char *purpose,
      BmnHttpPriority priority,
      GAsyncReadyCallback callback)
{
  BmnMastodon *self = g_task_get_source_object (task);
  BmnHttpRequest *request = bmn_mastodon_request_new (self, "GET", path, purpose, priority);
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task), callback,
                           g_object_ref (task));
}

static void
get (GTask *task, const char *path, GAsyncReadyCallback callback)
{
  send (task, path, "sync", BMN_HTTP_PRIORITY_SYNC, callback);
}

/* Returns: (transfer full) (nullable): an answer that is a list; else @task has ended */
static BmnMastodonAnswer *
take_list (GTask *task, BmnMastodon *self, GAsyncResult *result)
{
  GError *error = NULL;
  int status;
  g_autoptr (BmnMastodonAnswer) answer = bmn_mastodon_call_finish (self, result, &status, &error);
  if (!answer)
    {
      state_lack (status, &error);
      g_task_return_error (task, error);
      return NULL;
    }
  if (!JSON_NODE_HOLDS_ARRAY (answer->json))
    {
      return_not_understood (task);
      return NULL;
    }
  return g_steal_pointer (&answer);
}

/* What is made of one element of a list; (nullable) where it is not one. */
typedef gpointer (*ReadFunc) (JsonObject *object, gint64 account_id);

static GPtrArray *
read_list (const BmnMastodonAnswer *answer,
           ReadFunc read,
           gint64 account_id,
           GDestroyNotify free_func)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (free_func);
  JsonArray *array = json_node_get_array (answer->json);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gpointer item = read (bmn_json_get_element_object (array, i), account_id);
      if (item)
        g_ptr_array_add (items, item);
    }
  return items;
}

static void
return_page (
    GTask *task, GAsyncResult *result, ReadFunc read, gint64 account_id, GDestroyNotify free_func)
{
  g_autoptr (BmnMastodonAnswer) answer = take_list (task, g_task_get_source_object (task), result);
  if (!answer)
    return;
  GPtrArray *items = read_list (answer, read, account_id, free_func);
  /* A server that names a next page for ever is not followed beyond an empty one. */
  const char *next
      = json_array_get_length (json_node_get_array (answer->json)) > 0 ? answer->next : NULL;
  g_task_return_pointer (task, bmn_reader_page_new (items, next),
                         (GDestroyNotify)bmn_reader_page_free);
}

static gint64
account_id_of (GTask *task)
{
  return bmn_platform_get_account (g_task_get_source_object (task))->id;
}

/*
 * Statuses: one's own, and under a hashtag.
 */

static gpointer
read_status (JsonObject *object, gint64 account_id)
{
  g_autoptr (BmnMastodonStatus) status = bmn_mastodon_status_parse (object);
  return status && !status->is_repost ? bmn_mastodon_status_to_history (status, account_id) : NULL;
}

static void
on_own (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  return_page (task, result, read_status, account_id_of (task),
               (GDestroyNotify)bmn_history_post_free);
}

static void
on_path (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree char *path = bmn_mastodon_find_own_finish (BMN_MASTODON (source), result, &error);
  if (path)
    get (task, path, on_own);
  else
    g_task_return_error (task, error);
}

static void
list_own (BmnPlatformReader *reader, const char *cursor, guint max, GTask *task)
{
  if (cursor)
    get (task, cursor, on_own);
  else
    bmn_mastodon_find_own_async (BMN_MASTODON (reader), CLAMP (max, 1, MAX_PAGE), "sync",
                                 BMN_HTTP_PRIORITY_SYNC, g_task_get_cancellable (task), on_path,
                                 g_object_ref (task));
}

static void
on_hashtag (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  return_page (task, result, read_status, 0, (GDestroyNotify)bmn_history_post_free);
}

static void
list_hashtag (
    BmnPlatformReader *reader, const char *hashtag, const char *cursor, guint max, GTask *task)
{
  g_autofree char *escaped = g_uri_escape_string (hashtag, NULL, FALSE);
  g_autofree char *path
      = g_strdup_printf ("/api/v1/timelines/tag/%s?limit=%u", escaped, CLAMP (max, 1, MAX_PAGE));
  get (task, cursor ? cursor : path, on_hashtag);
}

/*
 * Counts: one request for each status, as that is what every server has.
 */

typedef struct
{
  GStrv ids; /* (owned) */
  guint i;
  GPtrArray *posts; /* (owned) (element-type BmnHistoryPost) */
} BmnMastodonCounting;

static void
counting_free (BmnMastodonCounting *counting)
{
  g_strfreev (counting->ids);
  g_ptr_array_unref (counting->posts);
  g_free (counting);
}

static void count_next (GTask *task);

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  BmnMastodonCounting *counting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  int status;
  g_autoptr (BmnMastodonAnswer) answer = bmn_mastodon_call_finish (self, result, &status, &error);
  if (!answer && status != 404 && status != 410)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  BmnHistoryPost *post
      = answer ? read_status (bmn_json_node_object (answer->json), account_id_of (task)) : NULL;
  if (post)
    {
      post->counted_at = bmn_mastodon_now (self);
      g_ptr_array_add (counting->posts, post);
    }
  counting->i++;
  count_next (task);
}

static void
count_next (GTask *task)
{
  BmnMastodonCounting *counting = g_task_get_task_data (task);
  if (!counting->ids[counting->i])
    {
      g_task_return_pointer (task, g_ptr_array_ref (counting->posts),
                             (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  g_autofree char *escaped = g_uri_escape_string (counting->ids[counting->i], NULL, FALSE);
  g_autofree char *path = g_strconcat ("/api/v1/statuses/", escaped, NULL);
  get (task, path, on_counted);
}

static void
read_counts (BmnPlatformReader *reader, const char *const *remote_ids, GTask *task)
{
  BmnMastodonCounting *counting = g_new0 (BmnMastodonCounting, 1);
  counting->ids = g_strdupv ((GStrv)remote_ids);
  counting->posts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  g_task_set_task_data (task, counting, (GDestroyNotify)counting_free);
  count_next (task);
}

/*
 * Notifications.
 */

static BmnNotificationKind
notification_kind (const char *type, const BmnMastodonStatus *status)
{
  if (g_strcmp0 (type, "mention") == 0)
    return status && status->parent_id ? BMN_NOTIFICATION_REPLY : BMN_NOTIFICATION_MENTION;
  if (g_strcmp0 (type, "favourite") == 0)
    return BMN_NOTIFICATION_LIKE;
  if (g_strcmp0 (type, "reblog") == 0)
    return BMN_NOTIFICATION_REPOST;
  if (g_strcmp0 (type, "quote") == 0)
    return BMN_NOTIFICATION_QUOTE;
  if (g_strcmp0 (type, "follow") == 0)
    return BMN_NOTIFICATION_FOLLOW;
  return BMN_NOTIFICATION_OTHER;
}

static gpointer
read_notification (JsonObject *object, gint64 account_id)
{
  JsonObject *author = bmn_json_get_object (object, "account");
  const char *id = bmn_json_get_string (object, "id");
  const char *author_id = bmn_json_get_string (author, "id");
  const char *handle = bmn_json_get_string (author, "acct");
  const char *name = bmn_json_get_string (author, "display_name");
  const char *time = bmn_json_get_string (object, "created_at");
  g_autoptr (BmnMastodonStatus) status
      = bmn_mastodon_status_parse (bmn_json_get_object (object, "status"));
  gint64 created_at;
  if (!id || !author_id || !handle || !time || !bmn_instant_parse (time, &created_at, NULL))
    return NULL;
  BmnNotification *notification = bmn_notification_new ();
  notification->id = g_strdup (id);
  notification->kind = notification_kind (bmn_json_get_string (object, "type"), status);
  notification->created_at = created_at;
  notification->author_id = g_strdup (author_id);
  notification->author_handle = g_strconcat ("@", handle, NULL);
  notification->author_name = g_strdup (name && *name ? name : NULL);
  if (status)
    {
      notification->post_id = g_strdup (status->id);
      notification->post_url = g_strdup (status->url);
      notification->parent_id = g_strdup (status->parent_id);
      notification->text = g_strdup (status->text);
      notification->language = g_strdup (status->language);
    }
  return notification;
}

static void
on_notifications (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  return_page (task, result, read_notification, 0, (GDestroyNotify)bmn_notification_free);
}

static void
list_notifications (BmnPlatformReader *reader, const char *cursor, guint max, GTask *task)
{
  g_autofree char *path
      = g_strdup_printf ("/api/v1/notifications?limit=%u", CLAMP (max, 1, MAX_NOTIFICATIONS));
  get (task, cursor ? cursor : path, on_notifications);
}

/*
 * Trends.
 */

/* The history of a tag is one entry for each day, with numbers as strings. */
static gint64
sum_history (JsonArray *history, const char *member)
{
  gint64 sum = BMN_COUNT_UNKNOWN;
  for (guint i = 0; history && i < json_array_get_length (history); i++)
    {
      const char *text = bmn_json_get_string (bmn_json_get_element_object (history, i), member);
      gint64 number;
      if (text && g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &number, NULL))
        sum = MAX (sum, 0) + number;
    }
  return sum;
}

static gpointer
read_trend (JsonObject *object, gint64 account_id)
{
  const char *name = bmn_json_get_string (object, "name");
  if (!name || !*name)
    return NULL;
  BmnTrend *trend = bmn_trend_new (name);
  trend->uses = sum_history (bmn_json_get_array (object, "history"), "uses");
  trend->accounts = sum_history (bmn_json_get_array (object, "history"), "accounts");
  return trend;
}

static void
on_trends (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (BmnMastodonAnswer) answer = take_list (task, BMN_MASTODON (source), result);
  if (answer)
    g_task_return_pointer (task, read_list (answer, read_trend, 0, (GDestroyNotify)bmn_trend_free),
                           (GDestroyNotify)g_ptr_array_unref);
}

static void
list_trends (BmnPlatformReader *reader, guint max, GTask *task)
{
  g_autofree char *path
      = g_strdup_printf ("/api/v1/trends/tags?limit=%u", CLAMP (max, 1, MAX_TRENDS));
  get (task, path, on_trends);
}

/*
 * Followed hashtags (docs.joinmastodon.org/methods/followed_tags/), scope `read:follows`.
 */

static gpointer
read_followed_tag (JsonObject *object, gint64 account_id)
{
  const char *name = bmn_json_get_string (object, "name");
  return name && *name ? g_strdup (name) : NULL;
}

static void
on_followed_tags (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (BmnMastodonAnswer) answer = take_list (task, BMN_MASTODON (source), result);
  if (answer)
    g_task_return_pointer (task, read_list (answer, read_followed_tag, 0, g_free),
                           (GDestroyNotify)g_ptr_array_unref);
}

static void
list_followed_tags (BmnPlatformReader *reader, guint max, GTask *task)
{
  g_autofree char *path
      = g_strdup_printf ("/api/v1/followed_tags?limit=%u", CLAMP (max, 1, MAX_FOLLOWED));
  get (task, path, on_followed_tags);
}

/*
 * Another account (docs.joinmastodon.org/methods/accounts/#lookup). Who never set a picture is
 * shown with one of the server's that has this name.
 */

#define NO_AVATAR "/missing.png"

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  int status;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, &status, &error);
  if (!answer)
    {
      if (bmn_mastodon_is_missing (status))
        {
          g_clear_error (&error);
          g_set_error_literal (&error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               _ ("This account's server does not know the account that is "
                                  "mentioned."));
        }
      g_task_return_error (task, error);
      return;
    }
  JsonObject *account = bmn_json_node_object (answer->json);
  const char *avatar = bmn_json_get_string (account, "avatar");
  const char *time = bmn_json_get_string (account, "created_at");
  if (!avatar)
    {
      return_not_understood (task);
      return;
    }
  BmnAccountFacts *facts = bmn_account_facts_new ();
  facts->has_avatar = *avatar && !g_str_has_suffix (avatar, NO_AVATAR);
  if (time)
    bmn_instant_parse (time, &facts->created_at, NULL);
  g_task_return_pointer (task, facts, (GDestroyNotify)bmn_account_facts_free);
}

static void
look_up_account (BmnPlatformReader *reader, const char *handle, GTask *task)
{
  g_autofree char *escaped = g_uri_escape_string (handle, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/api/v1/accounts/lookup?acct=", escaped, NULL);
  send (task, path, "look-up", BMN_HTTP_PRIORITY_USER, on_looked_up);
}

/*
 * Followers: the server may hide them, and then says −1 or nothing.
 */

static void
on_followers (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gint64 followers = BMN_COUNT_UNKNOWN;
  int status;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, &status, &error);
  if (!answer)
    {
      state_lack (status, &error);
      g_task_return_error (task, error);
      return;
    }
  bmn_json_get_int (bmn_json_node_object (answer->json), "followers_count", &followers);
  g_task_return_int (task, MAX (followers, BMN_COUNT_UNKNOWN));
}

static void
read_followers (BmnPlatformReader *reader, GTask *task)
{
  get (task, "/api/v1/accounts/verify_credentials", on_followers);
}

void
bmn_mastodon_reader_init (BmnPlatformReaderInterface *iface)
{
  iface->list_own = list_own;
  iface->read_counts = read_counts;
  iface->list_notifications = list_notifications;
  iface->list_hashtag = list_hashtag;
  iface->list_trends = list_trends;
  iface->list_followed_tags = list_followed_tags;
  iface->look_up_account = look_up_account;
  iface->read_followers = read_followers;
}
