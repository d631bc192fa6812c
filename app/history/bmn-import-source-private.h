#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnImportSource: the files in a file that somebody else made: in a zip, a tar or a
 * gzipped tar one after the other; any other file is its own only member. Nothing is
 * unpacked to the disk and nothing is kept in memory. Blocks: for worker threads.
 */
typedef struct _BmnImportSource BmnImportSource;

/**
 * bmn_import_source_open:
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND or %BMN_ERROR_INVALID
 */
BmnImportSource *
bmn_import_source_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_import_source_free (BmnImportSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnImportSource, bmn_import_source_free)

/**
 * bmn_import_source_next:
 *
 * Goes to the next member.
 *
 * Returns: (transfer none) (nullable): its path in the archive, the file's own name outside of
 *   one; %NULL at the end, or with %BMN_ERROR_INVALID: paths that lead out of the archive,
 *   passwords, unusual compression, what is cut off or damaged
 */
const char *bmn_import_source_next (BmnImportSource *self, GError **error);

/**
 * bmn_import_source_read:
 *
 * Reads on in the member that bmn_import_source_next() went to.
 *
 * Returns: how many bytes, 0 at its end, −1 with %BMN_ERROR_INVALID; the same where the file
 *   unpacks to far more than an honest one does
 */
gssize bmn_import_source_read (BmnImportSource *self, void *buffer, gsize size, GError **error);

/* Returns: whether there can be more than one member */
gboolean bmn_import_source_is_archive (BmnImportSource *self);
/* Returns: when the member, or the file, was written: µs; 0 where nobody knows */
gint64 bmn_import_source_get_written_at (BmnImportSource *self);
/* How far in the file reading has come, and how long it is: bytes. */
gint64 bmn_import_source_get_position (BmnImportSource *self);
gint64 bmn_import_source_get_size (BmnImportSource *self);

G_END_DECLS
