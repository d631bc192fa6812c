#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnFileLock: an advisory lock on a whole file. It belongs to the open file ("open file
 * description lock", fcntl(2)), so two of one process exclude each other as those of two
 * processes do, and it ends with its last reference or its process, however that dies. The
 * file is created with mode 0600 and never removed, as others may wait at it.
 */

#define BMN_TYPE_FILE_LOCK (bmn_file_lock_get_type ())
G_DECLARE_FINAL_TYPE (BmnFileLock, bmn_file_lock, BMN, FILE_LOCK, GObject)

/**
 * bmn_file_lock_try:
 *
 * Returns: (transfer full) (nullable): %NULL without @error where another holds it, with
 *   %BMN_ERROR_STORAGE where the file cannot be used. Any thread.
 */
BmnFileLock *bmn_file_lock_try (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_file_lock_take:
 * @patience: µs to wait for another holder
 *
 * Waits for the lock, looking again a few dozen times a second. Blocks: for worker threads,
 * and for locks that are held for moments.
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_STORAGE where the file cannot be used or
 *   @patience ended, or with %G_IO_ERROR_CANCELLED
 */
BmnFileLock *bmn_file_lock_take (const char *path,
                                 gint64 patience,
                                 GCancellable *cancellable,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_file_lock_wait_async:
 *
 * Waits without end and without polling, on a thread of its own. Cancelling ends the wait for
 * the caller; a lock that comes after that is given up at once.
 */
void bmn_file_lock_wait_async (const char *path,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
BmnFileLock *
bmn_file_lock_wait_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
