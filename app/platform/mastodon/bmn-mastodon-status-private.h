#pragma once

#include "bmn-history-post.h"
#include "bmn-publish-request.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BmnMastodonStatus:
 * @id: opaque
 * @url: (nullable): where people see it
 * @created_at: µs, by the server's clock; 0 where it does not say
 * @text: plain
 * @warning: the content warning, empty for none
 * @parent_id: (nullable): what it answers
 * @language: (nullable):
 * @visibility: (nullable): the server's word for who sees it
 * @n_media: attachments
 * @has_poll: whether it has one
 * @is_repost: whether it is somebody else's, repeated
 * @likes: or %BMN_COUNT_UNKNOWN
 * @reposts: likewise
 * @replies: likewise
 *
 * What matters of a status (docs.joinmastodon.org/entities/Status).
 */
typedef struct
{
  char *id;  /* (owned) */
  char *url; /* (owned) (nullable) */
  gint64 created_at;
  char *text;       /* (owned) */
  char *warning;    /* (owned) */
  char *parent_id;  /* (owned) (nullable) */
  char *language;   /* (owned) (nullable) */
  char *visibility; /* (owned) (nullable) */
  guint n_media;
  gboolean has_poll;
  gboolean is_repost;
  gint64 likes;
  gint64 reposts;
  gint64 replies;
} BmnMastodonStatus;

/* Returns: (transfer full) (nullable): %NULL where @object is no status: one has an id that is
 *   a string, a time and a content, which a scheduled status has not */
BmnMastodonStatus *bmn_mastodon_status_parse (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;
void bmn_mastodon_status_free (BmnMastodonStatus *status);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnMastodonStatus, bmn_mastodon_status_free)

BmnReceipt *bmn_mastodon_status_to_receipt (const BmnMastodonStatus *status,
                                            int part) G_GNUC_WARN_UNUSED_RESULT;
BmnHistoryPost *bmn_mastodon_status_to_history (const BmnMastodonStatus *status,
                                                gint64 account_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnMastodonLikeness:
 * @BMN_MASTODON_OTHER: another post
 * @BMN_MASTODON_DOUBTFUL: at the same place of a thread, and more alike than two posts are by
 *   chance: a server may have changed ours
 * @BMN_MASTODON_SAME: ours
 */
typedef enum
{
  BMN_MASTODON_OTHER,
  BMN_MASTODON_DOUBTFUL,
  BMN_MASTODON_SAME,
} BmnMastodonLikeness;

/**
 * bmn_mastodon_status_compare:
 *
 * Compares a status with the part that @request is about: text, warning, what it answers,
 * number of attachments, poll. Blanks, the domain of mentions and Unicode forms do not count,
 * as servers rewrite them.
 */
BmnMastodonLikeness
bmn_mastodon_status_compare (const BmnMastodonStatus *status, const BmnPublishRequest *request);

/**
 * bmn_mastodon_status_describe_changes:
 *
 * Returns: (transfer full) (nullable): in words, what the server made of the part that @request is
 *   about otherwise than it was asked to: who sees it, its warning, its text; %NULL for nothing
 */
char *
bmn_mastodon_status_describe_changes (const BmnMastodonStatus *status,
                                      const BmnPublishRequest *request) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: whether both say the same, as bmn_mastodon_status_compare() sees it */
gboolean bmn_mastodon_texts_are_equal (const char *a, const char *b);

/* Returns: (nullable) (transfer none): the API's word; %NULL for the account's own setting */
const char *bmn_mastodon_visibility_to_word (BmnVisibility visibility);

/* Returns: (nullable) (transfer none): the id of the part before @part */
const char *bmn_mastodon_parent_of (const BmnPublishRequest *request, int part);

G_END_DECLS
