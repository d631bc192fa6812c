#pragma once

#include "bmn-account-levers.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/*
 * What the user decides about suggestions. Every function waits for the disk, briefly, and may
 * be called on any thread; bmn_session_advise_async() and bmn_engines_get() go by it
 * from the next call on. Errors are %BMN_ERROR_NOT_FOUND (no such account or history post),
 * %BMN_ERROR_INVALID (said below) and the store's.
 */

/* Returns: (transfer full): all levers of the account */
BmnAccountLevers *bmn_session_get_levers (BmnSession *self,
                                          gint64 account_id,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_pin_tag:
 * @tag: with or without the sign, in any case; %BMN_ERROR_INVALID for what is no hashtag
 * @pin: %FALSE takes it back
 *
 * Suggests a hashtag always, and first. A muted one is muted no longer.
 */
gboolean bmn_session_pin_tag (
    BmnSession *self, gint64 account_id, const char *tag, gboolean pin, GError **error);

/* As bmn_session_pin_tag(), for a hashtag that is never to be suggested. */
gboolean bmn_session_mute_tag (
    BmnSession *self, gint64 account_id, const char *tag, gboolean mute, GError **error);

/**
 * bmn_session_exclude_post:
 * @history_id: a post of the history
 * @exclude: %FALSE takes it in again
 *
 * Makes the engine be as if it had never seen a post.
 */
gboolean
bmn_session_exclude_post (BmnSession *self, gint64 history_id, gboolean exclude, GError **error);

/**
 * bmn_session_set_lever_settings:
 * @half_life: days, 0 (the engine's own judgement) to %BMN_ACCOUNT_LEVERS_MAX_HALF_LIFE
 * @diversity: 0 to 1
 * @never_hours: see #BmnAccountLevers
 *
 * %BMN_ERROR_INVALID where a number lies outside.
 */
gboolean bmn_session_set_lever_settings (BmnSession *self,
                                         gint64 account_id,
                                         double half_life,
                                         double diversity,
                                         guint32 never_hours,
                                         GError **error);

G_END_DECLS
