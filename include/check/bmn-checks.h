#pragma once

#include "bmn-duplicate-index.h"
#include "bmn-finding.h"
#include "bmn-limits.h"
#include "bmn-post.h"
#include "bmn-text-models.h"

G_BEGIN_DECLS

/**
 * BmnLinkState:
 * @BMN_LINK_UNKNOWN: not tried, or no answer that says anything
 * @BMN_LINK_ALIVE: the page is there
 * @BMN_LINK_DEAD: the server says that there is no such page, or there is no such server
 * @BMN_LINK_REDIRECTED: the page is elsewhere
 */
typedef enum
{
  BMN_LINK_UNKNOWN,
  BMN_LINK_ALIVE,
  BMN_LINK_DEAD,
  BMN_LINK_REDIRECTED,
} BmnLinkState;

/**
 * BmnLookUpLink:
 * @url: with its scheme
 * @target: (out) (transfer full): where %BMN_LINK_REDIRECTED leads; else left alone
 *
 * Tells what is known of a link. The checks have no network: the caller tries the links
 * beforehand and answers from what it found.
 */
typedef BmnLinkState (*BmnLookUpLink) (const char *url, char **target, gpointer user_data);

/**
 * BmnStranger:
 * @is_new: the account was opened lately
 * @has_no_avatar: it shows no picture of its own
 */
typedef struct
{
  gboolean is_new;
  gboolean has_no_avatar;
} BmnStranger;

/**
 * BmnLookUpStranger:
 * @handle: as mentioned, without the @
 *
 * Returns: whether anything is known of the account, written to @stranger
 */
typedef gboolean (*BmnLookUpStranger) (const char *handle,
                                       BmnStranger *stranger,
                                       gpointer user_data);

/**
 * BmnMakeReadable:
 * @tag: a hashtag as it is written, without the sign
 *
 * Returns: (transfer full) (nullable): @tag with a capital for each word, where it runs words
 *   together
 */
typedef char *(*BmnMakeReadable) (const char *tag, gpointer user_data);

/**
 * BmnCheckContext:
 * @models: (nullable): without them spam and hostile wording are not looked for
 * @switched_off: a bit `1 << kind` for each #BmnCheckKind the user does not want
 * @published: (nullable): what the account published before; each part of the post is compared
 * @queued: (nullable): what is planned for it, likewise
 * @distrusted: (nullable): domains on the user's own list; their subdomains count as well
 * @known: (nullable): handles the user follows or has talked to, without the @
 * @look_up_link: (nullable):
 * @look_up_stranger: (nullable):
 * @make_readable: (nullable): asked of each hashtag
 * @user_data: for the three functions
 *
 * What the checks know besides the post. All zero is fine: then only the post itself is looked
 * at. None of it is owned.
 */
typedef struct
{
  const BmnTextModels *models;
  guint switched_off;
  const BmnDuplicateIndex *published;
  const BmnDuplicateIndex *queued;
  const char *const *distrusted;
  const char *const *known;
  BmnLookUpLink look_up_link;
  BmnLookUpStranger look_up_stranger;
  BmnMakeReadable make_readable;
  gpointer user_data;
} BmnCheckContext;

/**
 * bmn_checks_run:
 * @post: with the parts that are to go out; a part that is not valid UTF-8 is passed over, as
 *   bmn_post_validate() refuses it
 * @limits: (nullable): of the account; its way of counting tells what is a hashtag, a mention
 *   or a link there. Lengths are not checked here
 * @context:
 *
 * Looks for what the user may want to see before publishing. Reads pictures from disk, so a
 * post with media is better checked in a worker thread; may be called from any.
 *
 * Returns: (transfer full) (element-type BmnFinding): by part, then severest first, then by
 *   place; empty where there is nothing to say
 */
GPtrArray *bmn_checks_run (const BmnPost *post,
                           const BmnLimits *limits,
                           const BmnCheckContext *context) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
