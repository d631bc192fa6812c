#pragma once

#include "bmn-advisor-private.h"
#include "bmn-clock.h"
#include "bmn-link-states-private.h"
#include "bmn-platform.h"
#include "bmn-post.h"
#include "bmn-secret-store.h"
#include "bmn-session.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/* What the files of this module share of a session. */

/**
 * BmnSessionPlatformFunc:
 *
 * Makes a platform object, as bmn_platform_new() does.
 */
typedef BmnPlatform *(*BmnSessionPlatformFunc) (const BmnAccount *account,
                                                BmnHttpClient *http,
                                                BmnPlatformHost *host,
                                                gpointer data,
                                                GError **error);

/**
 * BmnSessionSurroundings:
 * @clock: what time it is
 * @secrets: where credentials are kept
 * @platforms: (nullable): makes platform objects; %NULL for those of the table
 * @links_anywhere: whether links of a draft may be tried on this computer and its network too,
 *   where tests have their servers
 *
 * What a session finds around it. The program has the system's clock and keyring.
 */
typedef struct
{
  BmnClock *clock;
  BmnSecretStore *secrets;
  BmnSessionPlatformFunc platforms;
  gpointer platforms_data;
  gboolean links_anywhere;
} BmnSessionSurroundings;

/* As bmn_session_open(), anywhere: the seam for tests. @around: its objects are kept */
BmnSession *bmn_session_open_in (const char *folder,
                                 const BmnSessionSurroundings *around,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Each (transfer none). */
BmnStore *bmn_session_get_store (BmnSession *self);
BmnClock *bmn_session_get_clock (BmnSession *self);
BmnSecretStore *bmn_session_get_secrets (BmnSession *self);
BmnHttpClient *bmn_session_get_http (BmnSession *self);
BmnRecentAnswers *bmn_session_get_link_states (BmnSession *self);
/* #BmnAccountFacts of accounts that were looked up; see bmn-session-mentions.c. */
BmnRecentAnswers *bmn_session_get_account_facts (BmnSession *self);
/* Made when first asked for. */
BmnAdvisor *bmn_session_get_advisor (BmnSession *self);

/* Returns: whether links may be tried that lead to this computer or its network */
gboolean bmn_session_may_try_link_anywhere (BmnSession *self);

/* Returns: (transfer full): the key of an account's credentials, unique over all data folders */
char *bmn_session_make_secret_key (BmnSession *self, gint64 account_id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_make_platform:
 * @account: copied; its id may still be 0 while it is being added
 *
 * Returns: (transfer full): a platform object with a host of its own that knows the facts
 *   learned so far; it keeps the session alive
 */
BmnPlatform *bmn_session_make_platform (BmnSession *self,
                                        const BmnAccount *account,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As bmn_session_make_platform(), for signing in: what is to be kept, credentials and facts,
 * stays in the host's memory until bmn_account_host_adopt_async(). */
BmnPlatform *bmn_session_make_platform_to_sign_in (BmnSession *self,
                                                   const BmnAccount *account,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: %FALSE with %BMN_ERROR_CONFLICT where the target is being published, is or may be out
 * in part, so that nothing of it must change */
gboolean bmn_session_check_editable (BmnTransaction *tx, const BmnTarget *target, GError **error);

/**
 * bmn_session_check_content:
 * @target: only its account and own parts are looked at
 *
 * Asks whether an account would take a post. In the main context, where platforms live.
 *
 * Returns: %FALSE with what it would refuse
 */
gboolean bmn_session_check_content (BmnSession *self,
                                    const BmnPost *post,
                                    const BmnTarget *target,
                                    GError **error);

/* Shows @uri or asks @question through what bmn_session_set_prompt() was given. */
gboolean bmn_session_open_uri (BmnSession *self, const char *uri, GError **error);
void bmn_session_ask (BmnSession *self, const char *question, GTask *task);

/* Returns: (transfer full): @folder, or the user's own data folder for %NULL */
char *bmn_session_find_folder (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* Words of a text separated by blanks, for full-text search in every script: what a store is
 * opened with. Any thread. */
char *bmn_session_cut_words (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* Sets %BMN_ERROR_CONFLICT with @message, translated. Returns: %FALSE */
gboolean bmn_session_set_conflict (GError **error, const char *message);

G_END_DECLS
