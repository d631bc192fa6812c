#pragma once

#include "bmn-history-post.h"
#include "bmn-platform.h"

G_BEGIN_DECLS

/*
 * BmnPlatformReader: what a platform can tell beyond publishing: the account's own posts, their
 * counts, what others did with them, what is said under a hashtag, what is talked about. A
 * platform implements what it has; the rest ends in %BMN_PLATFORM_ERROR_REJECTED that says
 * that it is not offered, as does a server that lacks it. Reading goes after publishing
 * (%BMN_HTTP_PRIORITY_SYNC). All in one main context; a task is (transfer none): who answers
 * later takes a reference.
 */

/**
 * BmnReaderPage:
 * @items: newest first; what they are is said by each call
 * @next: (nullable): cursor of the page after this one (older items), opaque; %NULL at the end
 */
typedef struct
{
  GPtrArray *items; /* (owned) */
  char *next;       /* (owned) (nullable) */
} BmnReaderPage;

/* @items: (transfer full): */
BmnReaderPage *bmn_reader_page_new (GPtrArray *items, const char *next) G_GNUC_WARN_UNUSED_RESULT;
void bmn_reader_page_free (BmnReaderPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnReaderPage, bmn_reader_page_free)

/**
 * BmnNotificationKind:
 *
 * What somebody did. %BMN_NOTIFICATION_OTHER is what a platform has beyond these.
 */
typedef enum
{
  BMN_NOTIFICATION_OTHER,
  BMN_NOTIFICATION_MENTION,
  BMN_NOTIFICATION_REPLY,
  BMN_NOTIFICATION_LIKE,
  BMN_NOTIFICATION_REPOST,
  BMN_NOTIFICATION_QUOTE,
  BMN_NOTIFICATION_FOLLOW,
} BmnNotificationKind;

/**
 * BmnNotification:
 * @id: the platform's identifier, opaque
 * @kind: see #BmnNotificationKind
 * @created_at: µs since the epoch
 * @author_id: the platform's identifier of who did it, opaque
 * @author_handle: such as `@shop@example.org`
 * @author_name: (nullable): what they call themselves
 * @post_id: (nullable): the post meant: theirs for a mention, reply or quote, else ours
 * @post_url: (nullable):
 * @parent_id: (nullable): the post that theirs answers
 * @text: (nullable): of that post, plain
 * @language: (nullable): BCP 47
 */
typedef struct
{
  char *id; /* (owned) */
  BmnNotificationKind kind;
  gint64 created_at;
  char *author_id;     /* (owned) */
  char *author_handle; /* (owned) */
  char *author_name;   /* (owned) (nullable) */
  char *post_id;       /* (owned) (nullable) */
  char *post_url;      /* (owned) (nullable) */
  char *parent_id;     /* (owned) (nullable) */
  char *text;          /* (owned) (nullable) */
  char *language;      /* (owned) (nullable) */
} BmnNotification;

/* All strings empty: the caller fills it in. */
BmnNotification *bmn_notification_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_notification_free (BmnNotification *notification);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnNotification, bmn_notification_free)

/**
 * BmnTrend:
 * @hashtag: without the sign
 * @uses: posts in the last days the platform counts, %BMN_COUNT_UNKNOWN where it does not say
 * @accounts: how many people those came from, likewise
 */
typedef struct
{
  char *hashtag; /* (owned) */
  gint64 uses;
  gint64 accounts;
} BmnTrend;

BmnTrend *bmn_trend_new (const char *hashtag) G_GNUC_WARN_UNUSED_RESULT;
void bmn_trend_free (BmnTrend *trend);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTrend, bmn_trend_free)

/**
 * BmnAccountFacts:
 * @created_at: when the account was opened, µs since the epoch; 0 where that is not told
 * @has_avatar: whether it shows a picture of its own
 *
 * What anybody may know of an account.
 */
typedef struct
{
  gint64 created_at;
  gboolean has_avatar;
} BmnAccountFacts;

BmnAccountFacts *bmn_account_facts_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_account_facts_free (BmnAccountFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAccountFacts, bmn_account_facts_free)

#define BMN_TYPE_PLATFORM_READER (bmn_platform_reader_get_type ())
G_DECLARE_INTERFACE (BmnPlatformReader, bmn_platform_reader, BMN, PLATFORM_READER, BmnPlatform)

/**
 * BmnPlatformReaderInterface:
 * @list_own: (nullable): task: #BmnReaderPage
 * @read_counts: (nullable): task: #GPtrArray of #BmnHistoryPost
 * @list_notifications: (nullable): task: #BmnReaderPage
 * @list_hashtag: (nullable): task: #BmnReaderPage
 * @list_trends: (nullable): task: #GPtrArray of #BmnTrend
 * @list_followed_tags: (nullable): task: #GPtrArray of utf8
 * @look_up_account: (nullable): task: #BmnAccountFacts
 * @read_followers: (nullable): task: int, %BMN_COUNT_UNKNOWN where it is not told
 *
 * As the functions below.
 */
struct _BmnPlatformReaderInterface
{
  GTypeInterface parent_iface;

  void (*list_own) (BmnPlatformReader *self, const char *cursor, guint max, GTask *task);
  void (*read_counts) (BmnPlatformReader *self, const char *const *remote_ids, GTask *task);
  void (*list_notifications) (BmnPlatformReader *self, const char *cursor, guint max, GTask *task);
  void (*list_hashtag) (
      BmnPlatformReader *self, const char *hashtag, const char *cursor, guint max, GTask *task);
  void (*list_trends) (BmnPlatformReader *self, guint max, GTask *task);
  void (*list_followed_tags) (BmnPlatformReader *self, guint max, GTask *task);
  void (*look_up_account) (BmnPlatformReader *self, const char *handle, GTask *task);
  void (*read_followers) (BmnPlatformReader *self, GTask *task);
};

/**
 * bmn_platform_reader_list_own_async:
 * @cursor: (nullable): %NULL for the newest, else the last page's `next`
 * @max: at most so many; a platform may give fewer and still have more
 *
 * Reads the account's own posts and replies, without reposts of others.
 */
void bmn_platform_reader_list_own_async (BmnPlatformReader *self,
                                         const char *cursor,
                                         guint max,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Returns: (transfer full): a page of #BmnHistoryPost */
BmnReaderPage *bmn_platform_reader_list_own_finish (BmnPlatformReader *self,
                                                    GAsyncResult *result,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_platform_reader_read_counts_async:
 * @remote_ids: (array zero-terminated=1): as in receipts and history
 *
 * Reads the present counts of some of the account's posts.
 */
void bmn_platform_reader_read_counts_async (BmnPlatformReader *self,
                                            const char *const *remote_ids,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/* Returns: (transfer full) (element-type BmnHistoryPost): of those that are still there */
GPtrArray *bmn_platform_reader_read_counts_finish (BmnPlatformReader *self,
                                                   GAsyncResult *result,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads what others did. @cursor: (nullable): see bmn_platform_reader_list_own_async() */
void bmn_platform_reader_list_notifications_async (BmnPlatformReader *self,
                                                   const char *cursor,
                                                   guint max,
                                                   GCancellable *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer user_data);
/* Returns: (transfer full): a page of #BmnNotification */
BmnReaderPage *
bmn_platform_reader_list_notifications_finish (BmnPlatformReader *self,
                                               GAsyncResult *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_platform_reader_list_hashtag_async:
 * @hashtag: without the sign
 * @cursor: (nullable): see bmn_platform_reader_list_own_async()
 *
 * Reads public posts of anybody under a hashtag.
 */
void bmn_platform_reader_list_hashtag_async (BmnPlatformReader *self,
                                             const char *hashtag,
                                             const char *cursor,
                                             guint max,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
/* Returns: (transfer full): a page of #BmnHistoryPost whose account id is 0 */
BmnReaderPage *bmn_platform_reader_list_hashtag_finish (BmnPlatformReader *self,
                                                        GAsyncResult *result,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads which hashtags are talked about, most first. */
void bmn_platform_reader_list_trends_async (BmnPlatformReader *self,
                                            guint max,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/* Returns: (transfer full) (element-type BmnTrend): */
GPtrArray *bmn_platform_reader_list_trends_finish (BmnPlatformReader *self,
                                                   GAsyncResult *result,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads which hashtags the account follows. A sign-in that did not allow this ends in
 * %BMN_PLATFORM_ERROR_REJECTED, as does a platform without it. */
void bmn_platform_reader_list_followed_tags_async (BmnPlatformReader *self,
                                                   guint max,
                                                   GCancellable *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer user_data);
/* Returns: (transfer full) (element-type utf8): without the sign, as they are written there */
GPtrArray *bmn_platform_reader_list_followed_tags_finish (BmnPlatformReader *self,
                                                          GAsyncResult *result,
                                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_platform_reader_look_up_account_async:
 * @handle: as it is mentioned there, without the @
 *
 * Reads what the account's server knows of another account. Somebody waits for it
 * (%BMN_HTTP_PRIORITY_USER).
 */
void bmn_platform_reader_look_up_account_async (BmnPlatformReader *self,
                                                const char *handle,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data);
/* Returns: (transfer full): %NULL with an error, %BMN_PLATFORM_ERROR_REJECTED for an account
 *   that the server does not know */
BmnAccountFacts *
bmn_platform_reader_look_up_account_finish (BmnPlatformReader *self,
                                            GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads how many follow the account. */
void bmn_platform_reader_read_followers_async (BmnPlatformReader *self,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
/* @followers: (out): %BMN_COUNT_UNKNOWN where the platform does not tell */
gboolean bmn_platform_reader_read_followers_finish (BmnPlatformReader *self,
                                                    GAsyncResult *result,
                                                    gint64 *followers,
                                                    GError **error);

G_END_DECLS
