#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Advisory locks on a whole file. They belong to the open file ("open file description
 * locks"), so two of one process exclude each other as those of two processes do, and they end
 * when the file is closed, however that happens.
 */

/* Returns: a descriptor of the file, created with mode 0600; -1 with %BMN_ERROR_STORAGE */
int bmn_file_lock_open (const char *path, GError **error);
/* Returns: whether the lock was had at once; without @error where another has it */
gboolean bmn_file_lock_try (int fd, const char *path, GError **error);
/* Blocks until the lock is had. */
gboolean bmn_file_lock_wait (int fd, const char *path, GError **error);

G_END_DECLS
