#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What writing and reading a backup have to agree on. */
#define BMN_BACKUP_MANIFEST "bellman-backup.json"
#define BMN_BACKUP_DATABASE "bellman.db"
#define BMN_BACKUP_MEDIA "media/"
#define BMN_BACKUP_FORMAT "bellman-backup"
#define BMN_BACKUP_VERSION 1
#define BMN_BACKUP_BLOCK (256 * 1024)

/* Returns: whether it is the name of a file of the media library: a SHA-256 and a type */
gboolean bmn_backup_is_media_name (const char *name);

G_END_DECLS
