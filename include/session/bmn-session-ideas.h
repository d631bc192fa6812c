#pragma once

#include "bmn-evergreen.h"
#include "bmn-idea.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/* Ideas of one account, and good times of one account, at most. */
#define BMN_IDEAS_PER_ACCOUNT 4
#define BMN_IDEAS_TIMES_PER_ACCOUNT 2

/**
 * bmn_session_list_ideas:
 * @account_id: 0 for all
 *
 * What could be written next: topics that are due, rise or lift and that the user did not
 * hide, and free times of the next seven days that did well. Learns the accounts' histories,
 * which takes as long as they are; any thread.
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND or the store's error
 */
BmnIdeas *bmn_session_list_ideas (BmnSession *self,
                                  gint64 account_id,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_hide_idea:
 * @topic: the text of its topic
 * @until: µs; %G_MAXINT64 for never again, 0 to take it back
 */
gboolean bmn_session_hide_idea (
    BmnSession *self, gint64 account_id, const char *topic, gint64 until, GError **error);

/**
 * bmn_session_start_idea:
 * @why: becomes the draft's note
 * @post_id: (out): the new draft
 *
 * Makes an empty draft on the account, for somebody to write.
 */
gboolean bmn_session_start_idea (
    BmnSession *self, gint64 account_id, const char *why, gint64 *post_id, GError **error);

/*
 * The evergreen library: good posts that are worth repeating.
 */

/**
 * bmn_session_list_evergreens:
 * @account_id: 0 for all
 *
 * Returns: (transfer full) (element-type BmnEvergreen): ready ones first
 */
GPtrArray *bmn_session_list_evergreens (BmnSession *self,
                                        gint64 account_id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_propose_evergreens:
 * @max: how many at most
 *
 * Looks for posts that did best for their time, are older than the usual cooldown, answer
 * nobody, and are not in the library yet; any thread.
 *
 * Returns: (transfer full) (element-type BmnHistoryPost): best first
 */
GPtrArray *bmn_session_propose_evergreens (BmnSession *self,
                                           gint64 account_id,
                                           guint max,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts a post of the history into the library, or changes the rules of one that is in it;
 * sets the id. */
gboolean bmn_session_put_evergreen (BmnSession *self, BmnEvergreen *evergreen, GError **error);
gboolean bmn_session_remove_evergreen (BmnSession *self, gint64 id, GError **error);

/**
 * bmn_session_repeat_evergreen:
 * @post_id: (out): the new draft
 *
 * Makes a draft of it, with the media and alt texts where Bellman has them. It counts as a
 * repetition from when it is planned. %BMN_ERROR_CONFLICT where it rests, is used up or has
 * ended.
 */
gboolean
bmn_session_repeat_evergreen (BmnSession *self, gint64 id, gint64 *post_id, GError **error);

G_END_DECLS
