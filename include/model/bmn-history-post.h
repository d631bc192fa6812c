#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A count that the platform did not tell; never to be mistaken for none. */
#define BMN_COUNT_UNKNOWN (-1)

/* How a remote id begins that an import made up, as its file did not tell the platform's own:
 * such an id gives way to the platform's once that is known. */
#define BMN_HISTORY_PROVISIONAL_ID "import:"

/**
 * BmnHistoryPost:
 * @id: the store's number, 0 until stored
 * @account_id: whose post it is
 * @remote_id: the platform's identifier, opaque; unique within the account
 * @url: (nullable):
 * @text: plain text, as published
 * @language: (nullable): BCP 47
 * @published_at: µs since the epoch
 * @is_reply: whether it answers somebody
 * @n_media: attached media
 * @target_id: the target it was published by, or 0 where it came from elsewhere
 * @likes: latest known count, or %BMN_COUNT_UNKNOWN
 * @reposts: likewise
 * @replies: likewise
 * @counted_at: when those were read, µs; 0 for never
 * @seen_at: when the platform itself last showed the post, µs; 0 where only an import or
 *   Bellman's own publishing told of it
 * @gone_at: when it was noticed that it is no longer on the platform, µs; 0 while it is there
 *
 * One post of the account's own history, with its latest counts.
 */
typedef struct
{
  gint64 id;
  gint64 account_id;
  char *remote_id; /* (owned) */
  char *url;       /* (owned) (nullable) */
  char *text;      /* (owned) */
  char *language;  /* (owned) (nullable) */
  gint64 published_at;
  gboolean is_reply;
  int n_media;
  gint64 target_id;
  gint64 likes;
  gint64 reposts;
  gint64 replies;
  gint64 counted_at;
  gint64 seen_at;
  gint64 gone_at;
} BmnHistoryPost;

/* Counts start as unknown. */
BmnHistoryPost *bmn_history_post_new (gint64 account_id,
                                      const char *remote_id,
                                      const char *text,
                                      gint64 published_at) G_GNUC_WARN_UNUSED_RESULT;
BmnHistoryPost *bmn_history_post_copy (const BmnHistoryPost *post) G_GNUC_WARN_UNUSED_RESULT;
void bmn_history_post_free (BmnHistoryPost *post);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnHistoryPost, bmn_history_post_free)

G_END_DECLS
