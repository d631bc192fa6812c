#pragma once

#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * BmnStoredData:
 * @folder: where everything but credentials is
 * @n_accounts: accounts
 * @n_posts: posts written here
 * @n_planned: of their targets, those that wait for their time
 * @n_history: posts of the history
 * @n_requests: lines of the network ledger
 * @n_suggestions: lines of the log of suggestions
 * @n_media: files of pictures and videos
 * @database_bytes: size of the database with its log
 * @media_bytes: of @n_media files
 * @backup_bytes: of copies that were made before an update
 *
 * What is kept on this computer.
 */
typedef struct
{
  char *folder; /* (owned) */
  gint64 n_accounts;
  gint64 n_posts;
  gint64 n_planned;
  gint64 n_history;
  gint64 n_requests;
  gint64 n_suggestions;
  guint n_media;
  gint64 database_bytes;
  gint64 media_bytes;
  gint64 backup_bytes;
} BmnStoredData;

void bmn_stored_data_free (BmnStoredData *stored);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnStoredData, bmn_stored_data_free)

/* Looks at every file: for a worker thread; any thread. Returns: (transfer full) */
BmnStoredData *
bmn_session_describe_stored (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_forget_learnt:
 * @account_id: 0 for all accounts
 *
 * Has the suggestions start anew: what was learnt, the log of what was suggested and the ideas
 * that were put off are deleted, and no post of the history so far is learnt from again unless
 * bmn_session_exclude_post() or bmn_session_learn_again() takes it in. Waits for the disk,
 * briefly; any thread.
 */
gboolean bmn_session_forget_learnt (BmnSession *self, gint64 account_id, GError **error);

/* Takes in all posts of an account's history again, or of all accounts for 0. Waits for the
 * disk, briefly; any thread. */
gboolean bmn_session_learn_again (BmnSession *self, gint64 account_id, GError **error);

/**
 * bmn_session_give_up_accounts_async:
 *
 * The first half of erasing everything: stops publishing, signs out of every account (revoking
 * what can be revoked) and removes all credentials from the keyring. Then close the session and
 * call bmn_session_delete_data(). Main context of the session.
 *
 * A platform that cannot be reached is no error but a warning, as is a keyring that is not
 * there.
 */
void bmn_session_give_up_accounts_async (BmnSession *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Returns: (transfer full): what could not be done elsewhere, in words, maybe none; %NULL with
 * %BMN_ERROR_CONFLICT (another process publishes; nothing was done) or %BMN_ERROR_LOCKED */
GStrv bmn_session_give_up_accounts_finish (BmnSession *self,
                                           GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_delete_data:
 * @folder: (nullable): as for bmn_session_open()
 *
 * Deletes a data folder with all that is in it. Blocks; any thread. No session may be open on
 * it.
 *
 * Returns: %FALSE with %BMN_ERROR_CONFLICT while another process has it open, when nothing is
 *   deleted, or with %BMN_ERROR_STORAGE naming what is left
 */
gboolean bmn_session_delete_data (const char *folder, GError **error);

G_END_DECLS
