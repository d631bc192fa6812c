#pragma once

#include "bmn-media.h"
#include "bmn-store.h"

G_BEGIN_DECLS

/**
 * bmn_media_library_add:
 * @folder: the data folder
 * @path: the user's file
 * @alt: (nullable): its description
 *
 * Copies the file into `media/` of the data folder, named by the SHA-256 of its content, so
 * that moving or editing the original later cannot break a planned post. Finds type and size
 * in pixels from the content. Written to a temporary name, synced and renamed; the same
 * content twice is stored once. Blocks: call it on a worker thread.
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND, %BMN_ERROR_INVALID (a folder, a
 *   pipe, empty, not a picture, sound or video) or %BMN_ERROR_STORAGE
 */
BmnMedia *bmn_media_library_add (const char *folder,
                                 const char *path,
                                 const char *alt,
                                 GCancellable *cancellable,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_media_library_verify:
 *
 * Returns: whether the copy is there and still what was added; %FALSE with
 *   %BMN_ERROR_NOT_FOUND or %BMN_ERROR_DAMAGED. Blocks: reads the whole file.
 */
gboolean
bmn_media_library_verify (const BmnMedia *media, GCancellable *cancellable, GError **error);

/* For how long nothing must refer to a file before it is deleted, µs: a window that was left
 * open, or somebody who takes a deletion back, may still mean it. */
#define BMN_MEDIA_LIBRARY_KEPT (7 * G_TIME_SPAN_DAY)

/**
 * bmn_media_library_collect:
 * @tx: a transaction that writes: no post can begin to refer to a file meanwhile
 * @folder: the data folder
 * @now: µs
 * @n_deleted: (out) (optional): how many files were deleted
 *
 * Deletes the copies that no post has referred to for %BMN_MEDIA_LIBRARY_KEPT, as far as it
 * was looked: one that is without a post is noted first, and deleted by a later call. Files that
 * are not the library's own are left alone, and so is what another process adds meanwhile.
 */
gboolean bmn_media_library_collect (
    BmnTransaction *tx, const char *folder, gint64 now, guint *n_deleted, GError **error);

G_END_DECLS
