#pragma once

#include "bmn-database-private.h"

G_BEGIN_DECLS

/* `BmnB` in the file's header tells our files from those of other programs. */
#define BMN_DATABASE_APPLICATION_ID 0x426d6e42

/**
 * bmn_migrations_run:
 *
 * Brings the schema to the newest version: an empty file gets all of it, an older one what is
 * missing, after a backup. All or nothing. The caller holds the lock of the folder.
 *
 * Returns: %FALSE with %BMN_ERROR_DAMAGED, %BMN_ERROR_STORAGE or %BMN_ERROR_CONFLICT (newer)
 */
gboolean bmn_migrations_run (BmnDatabase *db, GError **error);

/* Returns: %FALSE with %BMN_ERROR_CONFLICT where a newer version changed the schema */
gboolean bmn_migrations_check_current (BmnDatabase *db, GError **error);

G_END_DECLS
