#include "bmn-bluesky-private.h"
#include "bmn-bluesky-record-private.h"
#include "bmn-json.h"

#include <glib/gi18n-lib.h>

/* Most that the lexicons allow for one call. */
#define MAX_PAGE 100
#define MAX_COUNTED 25

/*
 * Values from JSON.
 */

/* Returns: µs, 0 for what is no time */
static gint64
parse_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text ? g_date_time_new_from_iso8601 (text, utc) : NULL;
  return time ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time)
              : 0;
}

static gint64
get_count (JsonObject *view, const char *member)
{
  gint64 count = BMN_COUNT_UNKNOWN;
  bmn_json_get_int (view, member, &count);
  return count;
}

/* Returns: (nullable) (transfer none): the first of a list of texts */
static const char *
first_text (JsonArray *array)
{
  JsonNode *first
      = array && json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;
  return first && JSON_NODE_HOLDS_VALUE (first) && json_node_get_value_type (first) == G_TYPE_STRING
             ? json_node_get_string (first)
             : NULL;
}

static int
count_media (JsonObject *record)
{
  JsonObject *embed = bmn_json_get_object (record, "embed");
  JsonObject *media = bmn_json_get_object (embed, "media");
  JsonObject *holder = media ? media : embed;
  JsonArray *images = bmn_json_get_array (holder, "images");
  if (images)
    return (int)json_array_get_length (images);
  return bmn_json_get_object (holder, "video") ? 1 : 0;
}

/* @value: of a record `app.bsky.feed.post`. Returns: (nullable): %NULL for what is none */
static BmnHistoryPost *
read_post (BmnBluesky *self, gint64 account_id, const char *uri, JsonObject *value)
{
  const char *text = bmn_json_get_string (value, "text");
  gint64 time = parse_time (bmn_json_get_string (value, "createdAt"));
  if (!uri || !text || time == 0)
    return NULL;
  BmnHistoryPost *post = bmn_history_post_new (account_id, uri, text, time);
  post->url = bmn_bluesky_make_url (self, uri);
  post->language = g_strdup (first_text (bmn_json_get_array (value, "langs")));
  post->is_reply = bmn_json_get_object (value, "reply") != NULL;
  post->n_media = count_media (value);
  return post;
}

/* A post as an AppView shows it: the record and its counts. */
static BmnHistoryPost *
read_view (BmnBluesky *self, gint64 account_id, JsonObject *view)
{
  BmnHistoryPost *post = read_post (self, account_id, bmn_json_get_string (view, "uri"),
                                    bmn_json_get_object (view, "record"));
  if (!post)
    return NULL;
  post->likes = get_count (view, "likeCount");
  post->reposts = get_count (view, "repostCount");
  post->replies = get_count (view, "replyCount");
  post->counted_at = bmn_platform_host_now (bmn_platform_get_host (BMN_PLATFORM (self)));
  return post;
}

/*
 * Calls.
 */

/* Whether the PDS passes a call on to nobody: its own words are about services. */
static gboolean
has_no_app_view (const BmnXrpcReply *reply)
{
  return reply->status == 501
         || (reply->message && strstr (reply->message, "No service configured"));
}

/* Returns: (transfer none) (nullable): the answer, %NULL after @task has its error */
static JsonObject *
take_answer (GTask *task, BmnBlueskyClient *client, GAsyncResult *result, BmnXrpcReply **reply)
{
  GError *error = NULL;
  *reply = bmn_bluesky_client_call_finish (client, result, &error);
  if (*reply && has_no_app_view (*reply))
    g_set_error_literal (&error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                         _ ("This account's server does not offer counts, notifications and "
                            "search, as no app view is connected to it."));
  JsonObject *answer = *reply && !error ? bmn_xrpc_reply_get_object (*reply, &error) : NULL;
  if (!answer)
    g_task_return_error (task, error);
  return answer;
}

static void
call_at (BmnPlatformReader *reader,
         BmnHttpRequest *request,
         BmnHttpPriority priority,
         GTask *task,
         GAsyncReadyCallback callback)
{
  request->priority = priority;
  bmn_bluesky_client_call_async (bmn_bluesky_get_client (BMN_BLUESKY (reader), NULL), request,
                                 g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
call (BmnPlatformReader *reader, BmnHttpRequest *request, GTask *task, GAsyncReadyCallback callback)
{
  call_at (reader, request, BMN_HTTP_PRIORITY_SYNC, task, callback);
}

/* Returns: (transfer none) (nullable): where to call, %NULL after @task has its error */
static const char *
take_service (BmnPlatformReader *reader, GTask *task)
{
  GError *error = NULL;
  BmnBlueskyClient *client = bmn_bluesky_get_client (BMN_BLUESKY (reader), &error);
  if (!client)
    g_task_return_error (task, error);
  return client ? bmn_bluesky_client_get_service (client) : NULL;
}

static char *
limit_text (guint max)
{
  return g_strdup_printf ("%u", CLAMP (max, 1, MAX_PAGE));
}

static gint64
account_id_of (BmnBluesky *self)
{
  return bmn_platform_get_account (BMN_PLATFORM (self))->id;
}

/* Returns: (nullable): what @object shows, %NULL for what is not fit to be shown */
typedef gpointer (*ReadFunc) (BmnBluesky *self, JsonObject *object);

/* Adds what @read makes of each element to @items. */
static void
read_list (BmnBluesky *self, JsonArray *list, ReadFunc read, GPtrArray *items)
{
  for (guint i = 0; list && i < json_array_get_length (list); i++)
    {
      gpointer item = read (self, bmn_json_get_element_object (list, i));
      if (item)
        g_ptr_array_add (items, item);
    }
}

static GPtrArray *
new_posts (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
}

/* @list: that @items were made from; @cursor: (nullable): for what follows */
static void
return_page (GTask *task, GPtrArray *items, JsonArray *list, const char *cursor)
{
  /* Servers give a cursor even after the last item. */
  const gboolean is_last = !list || json_array_get_length (list) == 0;
  g_task_return_pointer (task, bmn_reader_page_new (items, is_last ? NULL : cursor),
                         (GDestroyNotify)bmn_reader_page_free);
}

/*
 * Own posts: the feed, which has counts, where an AppView answers; else the records.
 */

/* What a cursor of the feed begins with, as one of the records is another thing. */
#define FEED "feed:"

static gpointer
read_record (BmnBluesky *self, JsonObject *record)
{
  return read_post (self, account_id_of (self), bmn_json_get_string (record, "uri"),
                    bmn_json_get_object (record, "value"));
}

static void
on_records (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *answer = take_answer (task, BMN_BLUESKY_CLIENT (source), result, &reply);
  if (!answer)
    return;
  JsonArray *records = bmn_json_get_array (answer, "records");
  GPtrArray *items = new_posts ();
  read_list (self, records, read_record, items);
  return_page (task, items, records, bmn_json_get_string (answer, "cursor"));
}

static void
list_records (GTask *task, const char *cursor, const char *limit)
{
  BmnPlatformReader *reader = g_task_get_source_object (task);
  const char *service = take_service (reader, task);
  if (service)
    call (reader,
          bmn_xrpc_query (service, "com.atproto.repo.listRecords", "sync", "repo",
                          bmn_bluesky_get_did (BMN_BLUESKY (reader)), "collection",
                          BMN_BLUESKY_POSTS, "limit", limit, "cursor", cursor, NULL),
          task, on_records);
}

/* Returns: (nullable): %NULL for what the account reposted of others */
static gpointer
read_feed_item (BmnBluesky *self, JsonObject *item)
{
  JsonObject *view = bmn_json_get_object (item, "post");
  const char *author = bmn_json_get_string (bmn_json_get_object (view, "author"), "did");
  const gboolean is_own = g_strcmp0 (author, bmn_bluesky_get_did (self)) == 0
                          && !bmn_json_get_object (item, "reason");
  return is_own ? read_view (self, account_id_of (self), view) : NULL;
}

static void
on_feed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_bluesky_client_call_finish (BMN_BLUESKY_CLIENT (source), result, &error);
  if (reply && has_no_app_view (reply))
    {
      list_records (task, NULL, g_task_get_task_data (task));
      return;
    }
  JsonObject *answer = reply ? bmn_xrpc_reply_get_object (reply, &error) : NULL;
  if (!answer)
    {
      g_task_return_error (task, error);
      return;
    }
  JsonArray *feed = bmn_json_get_array (answer, "feed");
  const char *next = bmn_json_get_string (answer, "cursor");
  g_autofree char *cursor = next ? g_strconcat (FEED, next, NULL) : NULL;
  GPtrArray *items = new_posts ();
  read_list (self, feed, read_feed_item, items);
  return_page (task, items, feed, cursor);
}

static void
list_feed (GTask *task, const char *cursor, const char *limit)
{
  BmnPlatformReader *reader = g_task_get_source_object (task);
  const char *service = take_service (reader, task);
  if (service)
    call (reader,
          bmn_xrpc_query (service, "app.bsky.feed.getAuthorFeed", "sync", "actor",
                          bmn_bluesky_get_did (BMN_BLUESKY (reader)), "filter",
                          "posts_with_replies", "limit", limit, "cursor", cursor, NULL),
          task, on_feed);
}

static void
list_own (BmnPlatformReader *reader, const char *cursor, guint max, GTask *task)
{
  char *limit = limit_text (max);
  g_task_set_task_data (task, limit, g_free);
  if (!cursor)
    list_feed (task, NULL, limit);
  else if (g_str_has_prefix (cursor, FEED))
    list_feed (task, cursor + strlen (FEED), limit);
  else
    list_records (task, cursor, limit);
}

/*
 * Counts.
 */

typedef struct
{
  GStrv ids;        /* (owned) */
  guint index;      /* of the first that is not asked for yet */
  GPtrArray *posts; /* (owned) (nullable) (element-type BmnHistoryPost) */
} Counting;

static void
counting_free (Counting *counting)
{
  g_strfreev (counting->ids);
  g_clear_pointer (&counting->posts, g_ptr_array_unref);
  g_free (counting);
}

static void count_next (BmnPlatformReader *reader, GTask *task);

static gpointer
read_own_view (BmnBluesky *self, JsonObject *view)
{
  return read_view (self, account_id_of (self), view);
}

static void
on_counts (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  Counting *counting = g_task_get_task_data (task);
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *answer = take_answer (task, BMN_BLUESKY_CLIENT (source), result, &reply);
  if (!answer)
    return;
  read_list (self, bmn_json_get_array (answer, "posts"), read_own_view, counting->posts);
  count_next (BMN_PLATFORM_READER (self), task);
}

static void
count_next (BmnPlatformReader *reader, GTask *task)
{
  Counting *counting = g_task_get_task_data (task);
  const char *service = take_service (reader, task);
  if (!service)
    return;
  if (!counting->ids[counting->index])
    {
      g_task_return_pointer (task, g_steal_pointer (&counting->posts),
                             (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  g_autoptr (GString) url = g_string_new (service);
  g_string_append (url, "/xrpc/app.bsky.feed.getPosts");
  for (guint n = 0; n < MAX_COUNTED && counting->ids[counting->index]; n++, counting->index++)
    {
      g_autofree char *id = g_uri_escape_string (counting->ids[counting->index], NULL, FALSE);
      g_string_append_printf (url, "%curis=%s", n == 0 ? '?' : '&', id);
    }
  call (reader, bmn_http_request_new ("GET", url->str, "sync"), task, on_counts);
}

static void
read_counts (BmnPlatformReader *reader, const char *const *remote_ids, GTask *task)
{
  Counting *counting = g_new0 (Counting, 1);
  counting->ids = g_strdupv ((GStrv)remote_ids);
  counting->posts = new_posts ();
  g_task_set_task_data (task, counting, (GDestroyNotify)counting_free);
  count_next (reader, task);
}

/*
 * Notifications.
 */

static BmnNotificationKind
kind_of (const char *reason)
{
  static const struct
  {
    const char *reason;
    BmnNotificationKind kind;
  } kinds[] = {
    { "mention", BMN_NOTIFICATION_MENTION }, { "reply", BMN_NOTIFICATION_REPLY },
    { "like", BMN_NOTIFICATION_LIKE },       { "repost", BMN_NOTIFICATION_REPOST },
    { "quote", BMN_NOTIFICATION_QUOTE },     { "follow", BMN_NOTIFICATION_FOLLOW },
  };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (reason, kinds[i].reason) == 0)
      return kinds[i].kind;
  return BMN_NOTIFICATION_OTHER;
}

static gboolean
is_about_their_post (BmnNotificationKind kind)
{
  return kind == BMN_NOTIFICATION_MENTION || kind == BMN_NOTIFICATION_REPLY
         || kind == BMN_NOTIFICATION_QUOTE;
}

static gpointer
read_notification (BmnBluesky *self, JsonObject *object)
{
  const char *uri = bmn_json_get_string (object, "uri");
  JsonObject *author = bmn_json_get_object (object, "author");
  const char *did = bmn_json_get_string (author, "did");
  const char *handle = bmn_json_get_string (author, "handle");
  if (!uri || !did || !handle)
    return NULL;
  JsonObject *record = bmn_json_get_object (object, "record");
  JsonObject *parent = bmn_json_get_object (bmn_json_get_object (record, "reply"), "parent");
  BmnNotification *notification = bmn_notification_new ();
  notification->id = g_strdup (uri);
  notification->kind = kind_of (bmn_json_get_string (object, "reason"));
  notification->created_at = parse_time (bmn_json_get_string (object, "indexedAt"));
  notification->author_id = g_strdup (did);
  notification->author_handle = g_strconcat ("@", handle, NULL);
  notification->author_name = g_strdup (bmn_json_get_string (author, "displayName"));
  notification->post_id = g_strdup (is_about_their_post (notification->kind)
                                        ? uri
                                        : bmn_json_get_string (object, "reasonSubject"));
  if (notification->post_id)
    notification->post_url = bmn_bluesky_make_url (self, notification->post_id);
  notification->parent_id = g_strdup (bmn_json_get_string (parent, "uri"));
  notification->text = g_strdup (bmn_json_get_string (record, "text"));
  notification->language = g_strdup (first_text (bmn_json_get_array (record, "langs")));
  return notification;
}

static void
on_notifications (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *answer = take_answer (task, BMN_BLUESKY_CLIENT (source), result, &reply);
  if (!answer)
    return;
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_notification_free);
  JsonArray *list = bmn_json_get_array (answer, "notifications");
  read_list (self, list, read_notification, items);
  return_page (task, items, list, bmn_json_get_string (answer, "cursor"));
}

static void
list_notifications (BmnPlatformReader *reader, const char *cursor, guint max, GTask *task)
{
  const char *service = take_service (reader, task);
  g_autofree char *limit = limit_text (max);
  if (service)
    call (reader,
          bmn_xrpc_query (service, "app.bsky.notification.listNotifications", "sync", "limit",
                          limit, "cursor", cursor, NULL),
          task, on_notifications);
}

/*
 * Hashtags.
 */

static gpointer
read_others_view (BmnBluesky *self, JsonObject *view)
{
  return read_view (self, 0, view);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *answer = take_answer (task, BMN_BLUESKY_CLIENT (source), result, &reply);
  if (!answer)
    return;
  GPtrArray *items = new_posts ();
  JsonArray *posts = bmn_json_get_array (answer, "posts");
  read_list (g_task_get_source_object (task), posts, read_others_view, items);
  return_page (task, items, posts, bmn_json_get_string (answer, "cursor"));
}

static void
list_hashtag (
    BmnPlatformReader *reader, const char *hashtag, const char *cursor, guint max, GTask *task)
{
  const char *service = take_service (reader, task);
  g_autofree char *limit = limit_text (max);
  g_autofree char *query = g_strconcat ("#", hashtag, NULL);
  if (service)
    call (reader,
          bmn_xrpc_query (service, "app.bsky.feed.searchPosts", "sync", "q", query, "tag", hashtag,
                          "sort", "latest", "limit", limit, "cursor", cursor, NULL),
          task, on_found);
}

/*
 * Another account: `app.bsky.actor.getProfile`, which the server has its AppView answer.
 */

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *answer = take_answer (task, BMN_BLUESKY_CLIENT (source), result, &reply);
  if (!answer)
    return;
  const char *avatar = bmn_json_get_string (answer, "avatar");
  BmnAccountFacts *facts = bmn_account_facts_new ();
  facts->has_avatar = avatar && *avatar;
  facts->created_at = parse_time (bmn_json_get_string (answer, "createdAt"));
  g_task_return_pointer (task, facts, (GDestroyNotify)bmn_account_facts_free);
}

static void
look_up_account (BmnPlatformReader *reader, const char *handle, GTask *task)
{
  const char *service = take_service (reader, task);
  if (service)
    call_at (
        reader,
        bmn_xrpc_query (service, "app.bsky.actor.getProfile", "look-up", "actor", handle, NULL),
        BMN_HTTP_PRIORITY_USER, task, on_looked_up);
}

/*
 * Followers.
 */

static void
on_profile (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (BmnXrpcReply) reply = NULL;
  JsonObject *answer = take_answer (task, BMN_BLUESKY_CLIENT (source), result, &reply);
  if (answer)
    g_task_return_int (task, MAX (get_count (answer, "followersCount"), BMN_COUNT_UNKNOWN));
}

static void
read_followers (BmnPlatformReader *reader, GTask *task)
{
  const char *service = take_service (reader, task);
  if (service)
    call (reader,
          bmn_xrpc_query (service, "app.bsky.actor.getProfile", "sync", "actor",
                          bmn_bluesky_get_did (BMN_BLUESKY (reader)), NULL),
          task, on_profile);
}

void
bmn_bluesky_reader_iface_init (BmnPlatformReaderInterface *iface)
{
  iface->list_own = list_own;
  iface->read_counts = read_counts;
  iface->list_notifications = list_notifications;
  iface->list_hashtag = list_hashtag;
  iface->look_up_account = look_up_account;
  iface->read_followers = read_followers;
}
