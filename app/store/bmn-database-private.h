#pragma once

#include "bmn-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * A connection to the data folder's file. Each is used by one thread at a time; nothing here
 * locks. Connections of several threads and processes meet in SQLite alone.
 */

#define BMN_DATABASE_NAME "bellman.db"

/* How long one writer waits for another, of this or another process, in milliseconds. */
#define BMN_DATABASE_BUSY_TIMEOUT 30000

typedef struct
{
  sqlite3 *handle;        /* (owned) */
  GHashTable *statements; /* (owned): SQL to prepared statements that nobody uses just now */
  char *folder;           /* (owned) */
  char *path;             /* (owned) */
  BmnWordsFunc words;
  gboolean in_transaction; /* whether a #BmnStoreFunc runs */
} BmnDatabase;

struct _BmnTransaction
{
  BmnDatabase *db;
};

/**
 * bmn_database_open:
 * @words: (nullable): becomes the SQL function bmn_words()
 *
 * Opens the file, which is created with mode 0600 where it is missing, and reads enough of it
 * to know that it is a database.
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_STORAGE or %BMN_ERROR_DAMAGED
 */
BmnDatabase *bmn_database_open (const char *folder,
                                BmnWordsFunc words,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_database_free (BmnDatabase *db);

/* Runs constant SQL, any number of statements. */
gboolean bmn_database_exec (BmnDatabase *db, const char *sql, GError **error);
/* Reads the one number that constant SQL asks for. */
gboolean bmn_database_read_int (BmnDatabase *db, const char *sql, gint64 *value, GError **error);
/* Ends a transaction, if one is open, without its changes. */
void bmn_database_rollback (BmnDatabase *db);

/**
 * bmn_database_check_transaction:
 *
 * SQLite rolls back by itself after some errors, such as a full disk. A function that goes on
 * nevertheless must not do the rest of its work outside of a transaction.
 *
 * Returns: %FALSE with %BMN_ERROR_STORAGE where the transaction under way was lost
 */
gboolean bmn_database_check_transaction (BmnDatabase *db, GError **error);

/**
 * bmn_database_set_error:
 * @rc: a result code of SQLite other than success
 *
 * Says in plain words what went wrong and what to do.
 */
void bmn_database_set_error (BmnDatabase *db, int rc, GError **error);

/* Sets %BMN_ERROR_DAMAGED that names the file and the newest backup. */
void bmn_database_set_damaged (const char *folder, GError **error);

/* Sets %BMN_ERROR_STORAGE (or NOT_FOUND for %ENOENT) in words for a failed call on a file. */
void bmn_storage_set_error (const char *path, int code, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnDatabase, bmn_database_free)

G_END_DECLS
