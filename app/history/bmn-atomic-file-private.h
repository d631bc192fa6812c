#pragma once

#include <gio/gio.h>
#include <stdio.h>

G_BEGIN_DECLS

/* A file that gets its name when it is whole; until then, and after an error, what had the name
 * before is untouched. Mode 0600, as what is written is the user's own. */
typedef struct _BmnAtomicFile BmnAtomicFile;

/* Returns: (transfer full): %NULL with %BMN_ERROR_INVALID for what is no ordinary file,
 *   %BMN_ERROR_NOT_FOUND or %BMN_ERROR_STORAGE */
BmnAtomicFile *bmn_atomic_file_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Deletes what was written, unless it was committed. */
void bmn_atomic_file_free (BmnAtomicFile *self);

/* Returns: (transfer none): where to write; its errors are told by bmn_atomic_file_check() */
FILE *bmn_atomic_file_get_stream (BmnAtomicFile *self);
/* Returns: %FALSE with %BMN_ERROR_STORAGE where something could not be written */
gboolean bmn_atomic_file_check (BmnAtomicFile *self, GError **error);
/* Brings it to the disk under its name. */
gboolean bmn_atomic_file_commit (BmnAtomicFile *self, GError **error);

/* Sets %BMN_ERROR_STORAGE, or NOT_FOUND for %ENOENT, in words for a failed call on a file. */
void bmn_file_set_error (const char *path, int code, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAtomicFile, bmn_atomic_file_free)

G_END_DECLS
