#pragma once

#include "bmn-post-view.h"
#include "bmn-session.h"
#include "bmn-when.h"

G_BEGIN_DECLS

/**
 * bmn_session_add_media:
 *
 * Takes a copy of the user's file into the data folder. Waits for the disk; any thread.
 *
 * Returns: (transfer full): %NULL with the errors of bmn_media_library_add()
 */
BmnMedia *bmn_session_add_media (BmnSession *self,
                                 const char *path,
                                 const char *alt,
                                 GCancellable *cancellable,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_add_post:
 * @account_ids: (element-type gint64): where to, each once
 * @when: when to
 * @warnings: (out) (transfer full) (element-type utf8): what pre-flight thinks the user
 *   should know; maybe empty
 *
 * Stores a new post with a target for each account, and sets @post's id. What an account would
 * refuse is not planned: the post is then kept as a draft, and the error says so and names it.
 */
gboolean bmn_session_add_post (BmnSession *self,
                               BmnPost *post,
                               GArray *account_ids,
                               const BmnWhen *when,
                               GStrv *warnings,
                               GError **error);

/**
 * bmn_session_update_post:
 * @post: from bmn_session_get_post(), changed
 * @when: (nullable): a new time for all targets that can still be moved; %NULL keeps theirs
 *
 * %BMN_ERROR_CONFLICT while a target is being published, may be out, or is out in part.
 */
gboolean bmn_session_update_post (
    BmnSession *self, BmnPost *post, const BmnWhen *when, GStrv *warnings, GError **error);

/* Returns: (transfer full): the post with targets, attempts and receipts */
BmnPostView *
bmn_session_get_post (BmnSession *self, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_list_posts:
 * @states: bits (1 << BmnTargetState) of which a target must have one; 0 for all
 * @account_id: an account that a target must be on; 0 for all
 *
 * Returns: (transfer full) (element-type BmnPostView): by the time of the earliest matching
 *   target, drafts last; with the matching targets only, without attempts and receipts
 */
GPtrArray *bmn_session_list_posts (BmnSession *self,
                                   guint states,
                                   gint64 account_id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes back every target that is not out yet; %BMN_ERROR_CONFLICT where there is none. What a
 * server holds is taken back from it by the publisher, as soon as that runs. */
gboolean bmn_session_cancel_post (BmnSession *self, gint64 id, GError **error);

/**
 * bmn_session_set_hand_over:
 * @account_id: one account of the post, or 0 for all
 * @hand_over: whether the server is to hold the post until its time, or this computer
 * @warnings: (out) (transfer full) (element-type utf8): maybe empty
 *
 * Chooses who publishes a planned post. The publisher hands it over or takes it back as soon as
 * it runs; bmn_target_view_get_goes_out() tells how far that is.
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID where no server can hold it, %BMN_ERROR_CONFLICT where
 *   there is nothing to change
 */
gboolean bmn_session_set_hand_over (BmnSession *self,
                                    gint64 id,
                                    gint64 account_id,
                                    gboolean hand_over,
                                    GStrv *warnings,
                                    GError **error);

/**
 * BmnRetry:
 * @BMN_RETRY_LOOK: try again what failed, was held or cancelled; what is unknown is looked up
 *   first and sent only if that is certain to be right
 * @BMN_RETRY_NOT_OUT: the user says that the unknown is not out: send it again
 * @BMN_RETRY_IS_OUT: the user says that the unknown is out: count it as published
 */
typedef enum
{
  BMN_RETRY_LOOK,
  BMN_RETRY_NOT_OUT,
  BMN_RETRY_IS_OUT,
} BmnRetry;

/* Lets every target that stopped go on now; %BMN_ERROR_CONFLICT where there is none. */
gboolean bmn_session_retry_post (BmnSession *self, gint64 id, BmnRetry how, GError **error);

/**
 * bmn_session_delete_post_async:
 * @remote: also delete what is out from the platforms, first; where that fails the post stays
 *
 * Deletes a post here. %BMN_ERROR_CONFLICT while a target is being published, or while a server
 * may hold it.
 */
void bmn_session_delete_post_async (BmnSession *self,
                                    gint64 id,
                                    gboolean remote,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean bmn_session_delete_post_finish (BmnSession *self, GAsyncResult *result, GError **error);

/**
 * bmn_session_edit_remote_async:
 *
 * Changes what is out on the platforms to what the post says now. %BMN_ERROR_CONFLICT where
 * nothing is out, %BMN_PLATFORM_ERROR_REJECTED where an account cannot.
 */
void bmn_session_edit_remote_async (BmnSession *self,
                                    gint64 id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean bmn_session_edit_remote_finish (BmnSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
