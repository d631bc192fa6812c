#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The store keeps everything but secrets in one SQLite file of a data folder. Nothing
 * outside this module knows SQLite.
 *
 * One thread owns the writing connection and another the reading one, so a screen can read
 * while an import writes. All access goes through a function that the store calls with a
 * #BmnTransaction: either everything in it happens, or nothing. The functions of the tables
 * (bmn_posts_insert(), bmn_targets_list(), …) take that transaction, and several of them in
 * one function are one change.
 *
 * Several processes may have the same folder open. A committed change rings a doorbell (a
 * stamp file that all of them watch), which each reports as #BmnStore::changed.
 */

#define BMN_TYPE_STORE (bmn_store_get_type ())
G_DECLARE_FINAL_TYPE (BmnStore, bmn_store, BMN, STORE, GObject)

/**
 * BmnTransaction:
 *
 * A transaction under way; valid only inside the #BmnStoreFunc it was given to.
 */
typedef struct _BmnTransaction BmnTransaction;

/**
 * BmnStoreFunc:
 *
 * Runs on a thread of the store. It must not wait for anything but the store, and must not
 * start another transaction.
 *
 * Returns: %TRUE to commit, %FALSE with @error to roll everything back
 */
typedef gboolean (*BmnStoreFunc) (BmnTransaction *tx, gpointer data, GError **error);

/**
 * BmnWordsFunc:
 * @text: valid UTF-8
 *
 * Cuts @text into words for full-text search, so that Chinese, Japanese and Thai are found
 * too. Called on any thread of the store.
 *
 * Returns: (transfer full): the words, separated by blanks
 */
typedef char *(*BmnWordsFunc) (const char *text);

/**
 * bmn_store_open:
 * @folder: absolute path; created with mode 0700 where it is missing
 * @words: how texts are cut into words for search
 *
 * Opens the data folder, brings an older schema up to date after a backup
 * (`backups/bellman-schema-N-….db`), and starts the store's threads. Blocks for a moment, for
 * longer only when a large file is migrated. Signals are emitted in the thread-default main
 * context of the caller.
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_DAMAGED (the file is not ours or damaged;
 *   the message names it and the newest backup), %BMN_ERROR_STORAGE (cannot be created, read
 *   or written; full or read-only disk) or %BMN_ERROR_CONFLICT (written by a newer version)
 */
BmnStore *
bmn_store_open (const char *folder, BmnWordsFunc words, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none): the absolute path given to bmn_store_open() */
const char *bmn_store_get_folder (BmnStore *self);

/**
 * bmn_store_write:
 *
 * Runs @func in a transaction that may write (`BEGIN IMMEDIATE`, `synchronous=FULL`) and waits
 * for it; the change is on the disk when this returns %TRUE. Waits up to 30 s for another
 * process that writes. Rings the doorbell if anything changed. Any thread but the store's own.
 *
 * Returns: %FALSE with the function's error, %BMN_ERROR_STORAGE (full, read-only, busy) or
 *   %BMN_ERROR_DAMAGED; nothing is changed then
 */
gboolean bmn_store_write (BmnStore *self, BmnStoreFunc func, gpointer data, GError **error);

/**
 * bmn_store_read:
 *
 * Runs @func on the reading connection, in a transaction that sees one state of the data.
 */
gboolean bmn_store_read (BmnStore *self, BmnStoreFunc func, gpointer data, GError **error);

/**
 * bmn_store_write_async:
 * @data: handed to @func; freed with @destroy once the operation has ended
 *
 * As bmn_store_write(), without waiting. Writes happen in the order they were asked for.
 * Cancelling prevents one that has not begun; one that has begun is finished.
 */
void bmn_store_write_async (BmnStore *self,
                            BmnStoreFunc func,
                            gpointer data,
                            GDestroyNotify destroy,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* As bmn_store_write_async(), behind every write that is asked for until its turn comes: for long
 * work in many parts, so that whatever else is to be written waits for one part at most. Such
 * writes happen in their own order. To be finished by bmn_store_write_finish(). */
void bmn_store_write_later_async (BmnStore *self,
                                  BmnStoreFunc func,
                                  gpointer data,
                                  GDestroyNotify destroy,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean bmn_store_write_finish (BmnStore *self, GAsyncResult *result, GError **error);

/* As bmn_store_write_async(), on the reading connection. */
void bmn_store_read_async (BmnStore *self,
                           BmnStoreFunc func,
                           gpointer data,
                           GDestroyNotify destroy,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean bmn_store_read_finish (BmnStore *self, GAsyncResult *result, GError **error);

/**
 * bmn_store_check_async:
 *
 * Runs SQLite's integrity check; meant for after start, never before the first frame.
 */
void bmn_store_check_async (BmnStore *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Returns: %FALSE with %BMN_ERROR_DAMAGED naming the file and the newest backup */
gboolean bmn_store_check_finish (BmnStore *self, GAsyncResult *result, GError **error);

/* As bmn_store_check_async(), on the calling thread; also whether all references hold. */
gboolean bmn_store_check (BmnStore *self, GCancellable *cancellable, GError **error);

/**
 * bmn_store_backup:
 * @path: where to; must not exist
 *
 * Writes a consistent copy of the database while others go on writing. Waits for it.
 */
gboolean bmn_store_backup (BmnStore *self, const char *path, GError **error);

/*
 * Signals:
 *
 * BmnStore::changed (): this or another process committed a change. Several changes in quick
 * succession may be told once. Costs nothing while nothing changes (no polling).
 */

G_END_DECLS
