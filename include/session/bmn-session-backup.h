#pragma once

#include "bmn-progress.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * bmn_session_backup_async:
 * @path: what is there already is replaced once the new file is whole
 * @progress: (nullable): hears of bytes, in the session's main context
 *
 * Writes all that is in the data folder into one file, but for passwords and tokens, which are
 * in the keyring. Everything may go on meanwhile. To be cancelled and waited for before the
 * session is closed.
 */
void bmn_session_backup_async (BmnSession *self,
                               const char *path,
                               BmnProgressFunc progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Returns: %FALSE with the errors of bmn_backup_write() */
gboolean bmn_session_backup_finish (BmnSession *self, GAsyncResult *result, GError **error);

/**
 * BmnRestoreReport:
 * @created_at: when the backup was written, µs
 * @n_held: planned posts whose time has passed since: they are held, as they may be out
 * @aside: (nullable): where the data folder that was there before is kept
 */
typedef struct
{
  gint64 created_at;
  guint n_held;
  char *aside; /* (owned) (nullable) */
} BmnRestoreReport;

void bmn_restore_report_free (BmnRestoreReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnRestoreReport, bmn_restore_report_free)

/**
 * bmn_session_restore_async:
 * @folder: (nullable): as for bmn_session_open(); no session of this process may have it open
 * @path: a backup
 * @progress: (nullable): hears of bytes
 *
 * Puts what a backup holds in the place of the data folder, once it was unpacked beside it and
 * found to be whole; what was there is kept under another name.
 */
void bmn_session_restore_async (const char *folder,
                                const char *path,
                                BmnProgressFunc progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/**
 * bmn_session_restore_finish:
 *
 * Returns: (transfer full): %NULL with the errors of bmn_backup_unpack(), %BMN_ERROR_DAMAGED, or
 *   %BMN_ERROR_CONFLICT while another process publishes from the folder or has it open, or where
 *   the backup is of a newer version; nothing is changed then
 */
BmnRestoreReport *
bmn_session_restore_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
