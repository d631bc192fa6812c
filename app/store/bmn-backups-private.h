#pragma once

#include "bmn-database-private.h"

G_BEGIN_DECLS

/* Copies of the database, in `backups/` of the data folder. */

/* Returns: (transfer full) (nullable): the path of the newest backup */
char *bmn_backups_find_newest (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_backups_write:
 * @path: must not exist
 *
 * Writes what is committed as a database of its own, mode 0600, on the disk when this
 * returns. Nobody else has to wait meanwhile.
 */
gboolean bmn_backups_write (const char *folder, const char *path, GError **error);

/* Makes the backup before a migration from @version, and deletes the oldest of many. */
gboolean bmn_backups_write_before_migration (const char *folder, gint64 version, GError **error);

G_END_DECLS
