#pragma once

#include "bmn-part.h"
#include "bmn-poll.h"
#include "bmn-visibility.h"

G_BEGIN_DECLS

/**
 * BmnPost:
 * @id: the store's number, 0 until stored
 * @parts: (element-type BmnPart): at least one; the text for every account without its own
 * @title: (nullable): for platforms that have titles
 * @language: (nullable): BCP 47
 * @content_warning: (nullable): text shown instead of the post until the reader opens it
 * @sensitive: whether media are to be hidden until asked for
 * @poll: (nullable):
 * @tags: (nullable): the user's own labels, for filters; never published
 * @note: (nullable): for colleagues; never published
 * @recurrence: (nullable): an RFC 5545 RRULE without the `RRULE:` prefix; this post is the
 *   pattern and each date makes a post of its own with @series_id set to this one's id
 * @series_id: the post this one repeats, or 0
 * @revision: grows by one with each change of what would be published
 * @created_at: µs since the epoch
 * @modified_at: µs since the epoch
 *
 * What the user writes: the content, apart from where and when it goes out (#BmnTarget).
 */
typedef struct
{
  gint64 id;
  GPtrArray *parts;      /* (owned) (element-type BmnPart) */
  char *title;           /* (owned) (nullable) */
  char *language;        /* (owned) (nullable) */
  char *content_warning; /* (owned) (nullable) */
  gboolean sensitive;
  BmnVisibility visibility;
  BmnPoll *poll;    /* (owned) (nullable) */
  GStrv tags;       /* (owned) (nullable) */
  char *note;       /* (owned) (nullable) */
  char *recurrence; /* (owned) (nullable) */
  gint64 series_id;
  gint64 revision;
  gint64 created_at;
  gint64 modified_at;
} BmnPost;

/* A post without parts, at revision 1. */
BmnPost *bmn_post_new (void) G_GNUC_WARN_UNUSED_RESULT;
BmnPost *bmn_post_copy (const BmnPost *post) G_GNUC_WARN_UNUSED_RESULT;
void bmn_post_free (BmnPost *post);

/**
 * bmn_post_validate:
 *
 * Checks what holds for every platform: a part at least, valid UTF-8, no part without both
 * text and media, alt texts and poll answers that are not empty.
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID otherwise
 */
gboolean bmn_post_validate (const BmnPost *post, GError **error);

/**
 * bmn_post_excerpt:
 * @max_chars: in code points
 *
 * Returns: (transfer full): the first words on one line, for lists and messages
 */
char *bmn_post_excerpt (const BmnPost *post, gsize max_chars) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPost, bmn_post_free)

G_END_DECLS
