#pragma once

#include "bmn-checks.h"
#include "bmn-media.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * bmn_session_check_post:
 * @account_id: whose limits and earlier posts count; 0 for none
 *
 * Runs the content checks with all that is known here: the account's earlier posts, the sites
 * the user distrusts, the accounts the user knows, the words of its history, and what
 * bmn_session_try_links_async() and bmn_session_look_up_mentions_async() found before. Reads
 * pictures and the account's history: for a worker thread; any thread. Does not touch the network.
 *
 * Returns: (transfer full) (element-type BmnFinding): maybe empty; %NULL with an error
 */
GPtrArray *bmn_session_check_post (BmnSession *self,
                                   const BmnPost *post,
                                   gint64 account_id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Links of one post that are tried at most; the others stay untried. */
#define BMN_SESSION_MAX_LINKS 20

/**
 * bmn_session_try_links_async:
 *
 * Asks the servers that a post links to whether the pages are there, and keeps the answers in
 * memory for an hour; the next bmn_session_check_post() and bmn_session_advise_async() go by
 * them. It tells those servers of the user's interest, so it is called only where the user
 * asked for it. Nothing on this computer or its network is ever contacted, little is read, and
 * each request stands in the network ledger. Main context of the session.
 */
void bmn_session_try_links_async (BmnSession *self,
                                  const BmnPost *post,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Returns: %FALSE where it was cancelled; a link that gave no answer is no error */
gboolean bmn_session_try_links_finish (BmnSession *self, GAsyncResult *result, GError **error);

/* Mentions of one post that are looked up at most. */
#define BMN_SESSION_MAX_MENTIONS 20

/**
 * bmn_session_look_up_mentions_async:
 * @account_id: whose server is asked
 *
 * Asks the account's server how old the accounts are that a post mentions, and whether they have
 * a picture, and keeps the answers in memory for an hour; the next bmn_session_check_post() and
 * bmn_session_advise_async() go by them. It tells that server of the user's draft, so it is
 * called only where the user asked for it. Each request stands in the network ledger. Main
 * context of the session.
 */
void bmn_session_look_up_mentions_async (BmnSession *self,
                                         const BmnPost *post,
                                         gint64 account_id,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Returns: %FALSE with a #BmnPlatformError (REJECTED where the platform has nothing of the kind),
 *   the store's, or %G_IO_ERROR_CANCELLED; an account that its server does not know is none */
gboolean
bmn_session_look_up_mentions_finish (BmnSession *self, GAsyncResult *result, GError **error);

/**
 * bmn_session_remove_location:
 * @media: from bmn_session_add_media() or a stored post
 *
 * Makes a copy of a picture in the library without the place it was taken at, everything else
 * as it was. This is what %BMN_FIX_REMOVE_LOCATION does: put what it returns where @media was
 * and store the post. Waits for the disk; any thread.
 *
 * Returns: (transfer full): the new medium with @media's description and focus; %NULL with
 *   %BMN_ERROR_INVALID (not a picture whose place can be taken out, or none in it) or the
 *   errors of bmn_media_library_add()
 */
BmnMedia *bmn_session_remove_location (BmnSession *self,
                                       const BmnMedia *media,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_distrust:
 * @domain: such as `example.com`, in any spelling; an address is taken for its host.
 *   %BMN_ERROR_INVALID for what is neither
 * @distrust: %FALSE takes it back; %BMN_ERROR_NOT_FOUND where it was not on the list
 *
 * A link to @domain or below it is reported by the checks. Any thread.
 */
gboolean
bmn_session_distrust (BmnSession *self, const char *domain, gboolean distrust, GError **error);

/* Returns: (transfer full): the domains, sorted. Any thread. */
GStrv bmn_session_list_distrusted (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_know_handle:
 * @handle: such as `anna@example.social`, with or without the first @; %BMN_ERROR_INVALID for
 *   what cannot be one
 * @know: %FALSE takes it back; %BMN_ERROR_NOT_FOUND where it was not on the list
 *
 * Mentions that look like a known account without being it are reported by the checks. Those
 * whom the user's own posts mention often are known without being on this list. Any thread.
 */
gboolean
bmn_session_know_handle (BmnSession *self, const char *handle, gboolean know, GError **error);

/* Returns: (transfer full): the handles on the list, sorted. Any thread. */
GStrv bmn_session_list_known_handles (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
