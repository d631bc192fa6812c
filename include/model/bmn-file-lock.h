#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A lock that other threads and other programs respect: an advisory lock of an open file
 * (F_OFD_SETLK). It never goes stale, as it dies with its holder.
 */

/**
 * bmn_file_lock_take:
 * @path: made where it is not there; never removed, as others may wait at it
 * @patience: µs to wait for another holder
 * @cancellable: (nullable): ends the wait
 *
 * Waits and takes the lock. Blocks: for worker threads.
 *
 * Returns: a descriptor to close, which gives the lock back; −1 with %BMN_ERROR_STORAGE where
 *   the file cannot be made or locked or @patience ended, or with %G_IO_ERROR_CANCELLED
 */
int
bmn_file_lock_take (const char *path, gint64 patience, GCancellable *cancellable, GError **error);

G_END_DECLS
