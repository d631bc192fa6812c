#include "bmn-store.h"
#include "bmn-backups-private.h"
#include "bmn-error.h"
#include "bmn-file-lock.h"
#include "bmn-migrations-private.h"
#include "bmn-statement-private.h"
#include "bmn-store-worker-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

struct _BmnStore
{
  GObject parent_instance;

  char *folder;           /* (owned) */
  BmnDoorbell *doorbell;  /* (owned) */
  BmnStoreWorker *writer; /* (owned) */
  BmnStoreWorker *reader; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BmnStore, bmn_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
bmn_store_dispose (GObject *object)
{
  BmnStore *self = BMN_STORE (object);
  /* The writer rings the bell until its last job is done. */
  g_clear_pointer (&self->writer, bmn_store_worker_free);
  g_clear_pointer (&self->reader, bmn_store_worker_free);
  g_clear_pointer (&self->doorbell, bmn_doorbell_free);
  G_OBJECT_CLASS (bmn_store_parent_class)->dispose (object);
}

static void
bmn_store_finalize (GObject *object)
{
  g_free (BMN_STORE (object)->folder);
  G_OBJECT_CLASS (bmn_store_parent_class)->finalize (object);
}

static void
bmn_store_class_init (BmnStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = bmn_store_dispose;
  object_class->finalize = bmn_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", BMN_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
bmn_store_init (BmnStore *self)
{
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (!g_path_is_absolute (folder))
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                   _ ("“%s” is not an absolute path. Give the data folder with its whole path."),
                   folder);
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_autofree char *name = g_filename_display_name (folder);
  g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
               /* Translators: the first %s is a path, the second the system's own words */
               _ ("The data folder “%s” cannot be created (%s). Choose another one."), name,
               g_strerror (errno));
  return FALSE;
}

static gboolean
enable_wal (BmnDatabase *db, GError **error)
{
  BmnTransaction tx = { db };
  g_autoptr (BmnStatement) pragma = bmn_statement_new (&tx, "PRAGMA journal_mode = WAL");
  g_autofree char *mode = bmn_statement_next (pragma) ? bmn_statement_take_text (pragma) : NULL;
  if (!bmn_statement_finish (pragma, error))
    return FALSE;
  if (g_strcmp0 (mode, "wal") == 0)
    return TRUE;
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_STORAGE,
                       _ ("The disk of the data folder cannot be shared between programs (it may "
                          "be a network drive). Choose a folder on a disk of this computer."));
  return FALSE;
}

/* A log that an import made long is cut to 16 MiB, not kept at its length for ever. */
static BmnDatabase *
open_writer (const char *folder, BmnWordsFunc words, GError **error)
{
  g_autoptr (BmnDatabase) db = bmn_database_open (folder, words, error);
  if (!db || !enable_wal (db, error) || !bmn_migrations_run (db, error)
      || !bmn_database_exec (db, "PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 16777216;",
                             error))
    return NULL;
  return g_steal_pointer (&db);
}

static BmnDatabase *
open_reader (const char *folder, BmnWordsFunc words, GError **error)
{
  g_autoptr (BmnDatabase) db = bmn_database_open (folder, words, error);
  if (!db || !bmn_database_exec (db, "PRAGMA query_only = ON", error))
    return NULL;
  return g_steal_pointer (&db);
}

/* Another process may be migrating a large file: µs. */
#define OPEN_PATIENCE (10 * 60 * G_USEC_PER_SEC)

/* One process after the other creates and migrates. */
static gboolean
open_databases (const char *folder,
                BmnWordsFunc words,
                BmnDatabase **writer,
                BmnDatabase **reader,
                GError **error)
{
  g_autofree char *path = g_build_filename (folder, "open.lock", NULL);
  g_autoptr (BmnFileLock) lock = bmn_file_lock_take (path, OPEN_PATIENCE, NULL, error);
  gboolean done = lock && (*writer = open_writer (folder, words, error))
                  && (*reader = open_reader (folder, words, error));
  if (!done)
    g_clear_pointer (writer, bmn_database_free);
  return done;
}

static void
on_rung (gpointer data)
{
  g_autoptr (BmnStore) self = g_weak_ref_get (data);
  if (self)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static BmnDoorbell *
watch_doorbell (BmnStore *self, GError **error)
{
  GWeakRef *weak = g_new (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  return bmn_doorbell_new (self->folder, on_rung, weak, free_weak_ref, error);
}

BmnStore *
bmn_store_open (const char *folder, BmnWordsFunc words, GError **error)
{
  g_return_val_if_fail (folder && words, NULL);
  if (!make_folder (folder, error))
    return NULL;
  BmnDatabase *writer = NULL, *reader = NULL;
  if (!open_databases (folder, words, &writer, &reader, error))
    return NULL;
  g_autoptr (BmnStore) self = g_object_new (BMN_TYPE_STORE, NULL);
  self->folder = g_strdup (folder);
  self->doorbell = watch_doorbell (self, error);
  if (!self->doorbell)
    {
      bmn_database_free (writer);
      bmn_database_free (reader);
      return NULL;
    }
  self->writer = bmn_store_worker_new ("store-writer", writer, self->doorbell);
  self->reader = bmn_store_worker_new ("store-reader", reader, NULL);
  return g_steal_pointer (&self);
}

const char *
bmn_store_get_folder (BmnStore *self)
{
  g_return_val_if_fail (BMN_IS_STORE (self), NULL);
  return self->folder;
}

/* Waiting on a thread of the store for the store would never end. */
static gboolean
run_and_wait (
    BmnStore *self, BmnStoreWorker *worker, BmnStoreFunc func, gpointer data, GError **error)
{
  if (!bmn_store_worker_is_current (self->writer) && !bmn_store_worker_is_current (self->reader))
    return bmn_store_worker_run (worker, func, data, error);
  g_critical ("A function of the store must not start another transaction");
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                       _ ("A change was begun inside another one. Report this to the authors."));
  return FALSE;
}

gboolean
bmn_store_write (BmnStore *self, BmnStoreFunc func, gpointer data, GError **error)
{
  g_return_val_if_fail (BMN_IS_STORE (self) && self->writer && func, FALSE);
  return run_and_wait (self, self->writer, func, data, error);
}

gboolean
bmn_store_read (BmnStore *self, BmnStoreFunc func, gpointer data, GError **error)
{
  g_return_val_if_fail (BMN_IS_STORE (self) && self->reader && func, FALSE);
  return run_and_wait (self, self->reader, func, data, error);
}

static GTask *
new_task (BmnStore *self,
          gpointer tag,
          gpointer data,
          GDestroyNotify destroy,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, data, destroy);
  /* What was committed is told as such, even where it was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

void
bmn_store_write_async (BmnStore *self,
                       BmnStoreFunc func,
                       gpointer data,
                       GDestroyNotify destroy,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (BMN_IS_STORE (self) && self->writer && func);
  bmn_store_worker_push (
      self->writer, func,
      new_task (self, bmn_store_write_async, data, destroy, cancellable, callback, user_data));
}

void
bmn_store_write_later_async (BmnStore *self,
                             BmnStoreFunc func,
                             gpointer data,
                             GDestroyNotify destroy,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (BMN_IS_STORE (self) && self->writer && func);
  GTask *task
      = new_task (self, bmn_store_write_async, data, destroy, cancellable, callback, user_data);
  g_task_set_priority (task, G_PRIORITY_LOW);
  bmn_store_worker_push (self->writer, func, task);
}

gboolean
bmn_store_write_finish (BmnStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_store_write_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
bmn_store_read_async (BmnStore *self,
                      BmnStoreFunc func,
                      gpointer data,
                      GDestroyNotify destroy,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (BMN_IS_STORE (self) && self->reader && func);
  bmn_store_worker_push (
      self->reader, func,
      new_task (self, bmn_store_read_async, data, destroy, cancellable, callback, user_data));
}

gboolean
bmn_store_read_finish (BmnStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_store_read_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static int
stop_when_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static gboolean
check_integrity (BmnDatabase *db, GCancellable *cancellable, GError **error)
{
  BmnTransaction tx = { db };
  g_autoptr (BmnStatement) check = bmn_statement_new (&tx, "PRAGMA integrity_check (1)");
  g_autofree char *verdict = bmn_statement_next (check) ? bmn_statement_take_text (check) : NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!bmn_statement_finish (check, error))
    return FALSE;
  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;
  bmn_database_set_damaged (db->folder, error);
  return FALSE;
}

/* On a connection of its own, so that nobody has to wait for it. */
static BmnDatabase *
open_to_check (const char *folder, GCancellable *cancellable, GError **error)
{
  BmnDatabase *db = bmn_database_open (folder, NULL, error);
  if (db)
    sqlite3_progress_handler (db->handle, 10000, stop_when_cancelled, cancellable);
  return db;
}

gboolean
bmn_store_check (BmnStore *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (BMN_IS_STORE (self), FALSE);
  g_autoptr (BmnDatabase) db = open_to_check (self->folder, cancellable, error);
  gint64 n_broken;
  if (!db || !check_integrity (db, cancellable, error)
      || !bmn_database_read_int (db, "SELECT count(*) FROM pragma_foreign_key_check", &n_broken,
                                 error))
    return FALSE;
  if (n_broken == 0)
    return TRUE;
  bmn_database_set_damaged (self->folder, error);
  return FALSE;
}

static void
check_in_thread (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (BmnDatabase) db = open_to_check (folder, cancellable, &error);
  if (db && check_integrity (db, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
bmn_store_check_async (BmnStore *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (BMN_IS_STORE (self));
  g_autoptr (GTask) task = new_task (self, bmn_store_check_async, g_strdup (self->folder), g_free,
                                     cancellable, callback, user_data);
  g_task_run_in_thread (task, check_in_thread);
}

gboolean
bmn_store_check_finish (BmnStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_store_check_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
bmn_store_backup (BmnStore *self, const char *path, GError **error)
{
  g_return_val_if_fail (BMN_IS_STORE (self) && path, FALSE);
  return bmn_backups_write (self->folder, path, error);
}
