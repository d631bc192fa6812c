#pragma once

#include "bmn-account.h"
#include "bmn-capabilities.h"
#include "bmn-limits.h"
#include "bmn-post.h"
#include "bmn-session.h"
#include "bmn-target.h"
#include "bmn-text-dialect.h"
#include "bmn-when.h"

G_BEGIN_DECLS

/*
 * What a composer needs: drafts that are saved with each pause in typing, whatever state they
 * are in, and which of them are on screen. All of it is called in the session's main context.
 */

/**
 * bmn_session_save_draft:
 * @post: with id 0 stored as a new one, which sets its id. May be unfinished: nothing is
 *   validated
 * @targets: (element-type BmnTarget): an account with its own text, if it has one; all other
 *   fields are left alone. An account that is not here any more loses its draft
 *
 * Keeps what is being written without planning it.
 *
 * Returns: %FALSE with %BMN_ERROR_CONFLICT where the post is planned or out by now,
 *   %BMN_ERROR_NOT_FOUND or the store's error
 */
gboolean
bmn_session_save_draft (BmnSession *self, BmnPost *post, GPtrArray *targets, GError **error);

/**
 * bmn_session_plan_draft:
 * @post: as for bmn_session_save_draft()
 * @targets: likewise
 * @original: a planned post that @post is a changed copy of; 0 for none. It takes over the
 *   copy's content, and the copy goes
 * @when: (nullable): %NULL keeps the times of @original
 * @warnings: (out) (transfer full): see bmn_session_add_post()
 *
 * Saves the draft, then plans it. Where it cannot be planned it stays the draft that it is.
 *
 * Returns: %FALSE with the errors of bmn_session_update_post()
 */
gboolean bmn_session_plan_draft (BmnSession *self,
                                 BmnPost *post,
                                 GPtrArray *targets,
                                 gint64 original,
                                 const BmnWhen *when,
                                 GStrv *warnings,
                                 GError **error);

/**
 * bmn_session_duplicate_post:
 * @copy_id: (out): the new draft
 *
 * Makes a draft of any post: what it says, its media, and the accounts with their own texts. It
 * repeats nothing and has no time.
 *
 * Returns: %FALSE with %BMN_ERROR_NOT_FOUND or the store's error
 */
gboolean bmn_session_duplicate_post (BmnSession *self, gint64 id, gint64 *copy_id, GError **error);

/* Deletes a draft; one that is planned or gone by now is left alone. */
gboolean bmn_session_discard_draft (BmnSession *self, gint64 id, GError **error);

/**
 * BmnOpenDraft:
 * @post_id: the draft
 * @original: see bmn_session_plan_draft()
 */
typedef struct
{
  gint64 post_id;
  gint64 original;
} BmnOpenDraft;

/* Remembers which drafts are on screen. @drafts: (element-type BmnOpenDraft) */
gboolean bmn_session_set_open_drafts (BmnSession *self, GArray *drafts, GError **error);
/* Returns: (transfer full) (element-type BmnOpenDraft): those that are still there, for the
 * next start to open again */
GArray *bmn_session_list_open_drafts (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnDestination:
 * @platform_name: translated
 *
 * An account with what it can do and accepts by now.
 */
typedef struct
{
  BmnAccount *account; /* (owned) */
  char *platform_name; /* (owned) */
  BmnCapabilities caps;
  BmnLimits *limits; /* (owned) */
} BmnDestination;

BmnDestination *bmn_destination_copy (const BmnDestination *self) G_GNUC_WARN_UNUSED_RESULT;
void bmn_destination_free (BmnDestination *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnDestination, bmn_destination_free)

/* Returns: whose hashtags, mentions and links these are, by the way lengths are counted */
BmnTextDialect bmn_destination_get_dialect (const BmnDestination *self);

/* Returns: (transfer full) (element-type BmnDestination): every account, by id */
GPtrArray *
bmn_session_list_destinations (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
