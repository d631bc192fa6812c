#pragma once

#include "bmn-progress.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/*
 * A backup is one file: a tar archive compressed with Zstandard, of
 *
 *     bellman-backup.json   {"format":"bellman-backup","version":1,"created_at":…,"bytes":…}
 *     bellman.db            the database, of one moment
 *     media/…               the media library
 *
 * Passwords and tokens are in the keyring and never in here.
 */

/**
 * bmn_backup_write:
 * @path: what is there already is replaced once the new file is whole
 * @now: µs
 * @progress: (nullable): called on the calling thread with bytes done and in all
 *
 * Writes a backup while others go on working. Blocks: call it on a worker thread, not one of
 * the store's.
 *
 * Returns: %FALSE with the errors of bmn_store_backup(), _INVALID (@path is no ordinary file),
 *   _STORAGE or %G_IO_ERROR_CANCELLED; @path is as it was then
 */
gboolean bmn_backup_write (BmnStore *store,
                           const char *path,
                           gint64 now,
                           BmnProgressFunc progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error);

/**
 * bmn_backup_unpack:
 * @folder: a new folder, empty
 * @created_at: (out) (optional): when the backup was written, µs
 *
 * Unpacks a backup. Takes nothing but the files that a backup has, each once, no more bytes than
 * it said at its beginning, and media that are what their names say. What the database holds is
 * not looked at here. Blocks.
 *
 * Returns: %FALSE with %BMN_ERROR_NOT_FOUND, %BMN_ERROR_INVALID (no backup, a cut or damaged one,
 *   one of a newer version), %BMN_ERROR_STORAGE or %G_IO_ERROR_CANCELLED; @folder may then hold
 *   some of it
 */
gboolean bmn_backup_unpack (const char *path,
                            const char *folder,
                            gint64 *created_at,
                            BmnProgressFunc progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
