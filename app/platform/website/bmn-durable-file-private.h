#pragma once

#include <gio/gio.h>

/*
 * Files that are there whole or not at all, also after a power cut: a new file is written
 * beside its place, made durable, and renamed. They block: for worker threads.
 */

/* Beginning of the names of files that are still being written. */
#define BMN_DURABLE_FILE_PREFIX ".bellman-"

/**
 * bmn_durable_file_write:
 * @folder: absolute, there
 * @name: within @folder; what has this name is replaced
 *
 * Returns: %FALSE with %BMN_ERROR_STORAGE
 */
gboolean bmn_durable_file_write (
    const char *folder, const char *name, const char *contents, gsize length, GError **error);

/**
 * bmn_durable_file_copy:
 * @source: an open file, read from where it stands
 *
 * Likewise with the rest of a file that may be too large for memory.
 */
gboolean bmn_durable_file_copy (const char *folder, const char *name, int source, GError **error);

/* Removes it for good; what is not there is no error. Returns: %FALSE with %BMN_ERROR_STORAGE */
gboolean bmn_durable_file_remove (const char *folder, const char *name, GError **error);

/* Makes @folder durably there; its parent must be. Returns: %FALSE with %BMN_ERROR_STORAGE */
gboolean bmn_durable_folder_make (const char *folder, GError **error);

/* Removes what writers left that were killed; only while no other may write in @folder. */
void bmn_durable_folder_sweep (const char *folder);

/**
 * bmn_durable_file_open:
 *
 * Opens an ordinary file for reading; never waits for the other end of a pipe.
 *
 * Returns: a descriptor, or −1 with %G_FILE_ERROR
 */
int bmn_durable_file_open (const char *path, GError **error);

/**
 * bmn_durable_file_read:
 * @max: most bytes
 *
 * Returns: (transfer full): all of it, followed by a NUL; %NULL with %G_FILE_ERROR
 */
char *bmn_durable_file_read (const char *path, gsize max, gsize *length, GError **error);
