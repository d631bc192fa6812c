#include "bmn-session-backup.h"
#include "bmn-job-private.h"
#include "bmn-session-private.h"

#include "bmn-backup.h"
#include "bmn-error.h"
#include "bmn-store-replace.h"
#include "bmn-targets.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/*
 * Backup.
 */

typedef struct
{
  BmnStore *store; /* (owned) */
  char *path;      /* (owned) */
  gint64 now;
} Backup;

static void
backup_free (Backup *backup)
{
  g_object_unref (backup->store);
  g_free (backup->path);
  g_free (backup);
}

static gboolean
run_backup (BmnJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Backup *backup = data;
  return bmn_backup_write (backup->store, backup->path, backup->now, bmn_job_report, job,
                           cancellable, error);
}

void
bmn_session_backup_async (BmnSession *self,
                          const char *path,
                          BmnProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Backup *backup = g_new0 (Backup, 1);
  backup->store = g_object_ref (bmn_session_get_store (self));
  backup->path = g_strdup (path);
  backup->now = bmn_session_now (self);
  bmn_job_run_async (self, bmn_session_backup_async, run_backup, backup,
                     (GDestroyNotify)backup_free, progress, progress_data, cancellable, callback,
                     user_data);
}

gboolean
bmn_session_backup_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  return bmn_job_run_finish (self, result, bmn_session_backup_async, error) != NULL;
}

/*
 * Restore.
 */

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
  gint64 now;
  BmnRestoreReport *report; /* (owned) (nullable) */
} Restore;

void
bmn_restore_report_free (BmnRestoreReport *report)
{
  g_free (report->aside);
  g_free (report);
}

static void
restore_free (Restore *restore)
{
  g_free (restore->folder);
  g_free (restore->path);
  g_clear_pointer (&restore->report, bmn_restore_report_free);
  g_free (restore);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

/* Since the backup was written, its planned posts may have gone out from the data that it
 * replaces; nobody knows here, so the user is asked before anything goes out again. What was
 * being published is looked up by the publisher, as after a crash. */
static gboolean
hold_overdue (BmnTransaction *tx, gpointer data, GError **error)
{
  Restore *restore = data;
  const BmnTargetFilter filter
      = { .states = 1u << BMN_TARGET_SCHEDULED, .try_until = restore->now };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  for (guint i = 0; targets && i < targets->len; i++)
    {
      BmnTarget *target = targets->pdata[i];
      target->state = BMN_TARGET_HELD;
      target->next_try_at = 0;
      g_free (target->error);
      target->error = g_strdup (_ ("This was planned in a backup that was restored after its time. "
                                   "Look whether it is out, and publish it only if it is not."));
      if (!bmn_targets_update (tx, target, BMN_TARGET_SCHEDULED, error))
        return FALSE;
      restore->report->n_held++;
    }
  return targets != NULL;
}

/* Opening also brings a backup of an earlier version to this one. */
static gboolean
check_data (Restore *restore, const char *unpacked, GCancellable *cancellable, GError **error)
{
  g_autoptr (BmnStore) store = bmn_store_open (unpacked, bmn_session_cut_words, error);
  gboolean done = store && bmn_store_check (store, cancellable, error)
                  && bmn_store_write (store, hold_overdue, restore, error);
  if (done || !g_error_matches (*error, BMN_ERROR, BMN_ERROR_DAMAGED))
    return done;
  /* The message would name a file that is deleted in a moment. */
  g_clear_error (error);
  g_autofree char *name = g_filename_display_name (restore->path);
  g_set_error (error, BMN_ERROR, BMN_ERROR_DAMAGED,
               _ ("The data in “%s” is damaged. Choose another backup; nothing was changed."),
               name);
  return FALSE;
}

/* Beside the data folder, so that it is on the same disk. */
static char *
make_folder (const char *folder, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *pattern = g_strconcat (folder, ".restoring-XXXXXX", NULL);
  if (g_mkdir_with_parents (parent, 0700) == 0 && g_mkdtemp_full (pattern, 0700))
    return g_steal_pointer (&pattern);
  g_autofree char *name = g_filename_display_name (parent);
  g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
               /* Translators: the first %s is a path, the second the system's own words */
               _ ("There is no place beside the data folder to restore to: “%s” cannot be written "
                  "(%s)."),
               name, g_strerror (errno));
  return NULL;
}

static gboolean
run_restore (BmnJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Restore *restore = data;
  g_autofree char *unpacked = make_folder (restore->folder, error);
  restore->report = g_new0 (BmnRestoreReport, 1);
  if (!unpacked)
    return FALSE;
  gboolean done = bmn_backup_unpack (restore->path, unpacked, &restore->report->created_at,
                                     bmn_job_report, job, cancellable, error)
                  && check_data (restore, unpacked, cancellable, error)
                  && !g_cancellable_set_error_if_cancelled (cancellable, error)
                  && bmn_store_replace (restore->folder, unpacked, &restore->report->aside, error);
  if (!done)
    remove_tree (unpacked);
  return done;
}

void
bmn_session_restore_async (const char *folder,
                           const char *path,
                           BmnProgressFunc progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Restore *restore = g_new0 (Restore, 1);
  restore->folder = bmn_session_find_folder (folder);
  restore->path = g_strdup (path);
  restore->now = g_get_real_time ();
  bmn_job_run_async (NULL, bmn_session_restore_async, run_restore, restore,
                     (GDestroyNotify)restore_free, progress, progress_data, cancellable, callback,
                     user_data);
}

BmnRestoreReport *
bmn_session_restore_finish (GAsyncResult *result, GError **error)
{
  Restore *restore = bmn_job_run_finish (NULL, result, bmn_session_restore_async, error);
  return restore ? g_steal_pointer (&restore->report) : NULL;
}
