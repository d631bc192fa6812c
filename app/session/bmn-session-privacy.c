#include "bmn-session-privacy.h"
#include "bmn-session-private.h"

#include "bmn-error.h"
#include "bmn-learnt.h"
#include "bmn-store-replace.h"
#include "bmn-stored-counts.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/*
 * What is stored.
 */

void
bmn_stored_data_free (BmnStoredData *stored)
{
  g_free (stored->folder);
  g_free (stored);
}

/* Adds up the files below @folder; those that come and go meanwhile count as they are met. */
static void
measure (GFile *folder, gint64 *bytes, guint *n)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      folder,
      G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                     "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *child;
  while (files && g_file_enumerator_iterate (files, &info, &child, NULL, NULL) && info)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        measure (child, bytes, n);
      else
        {
          *bytes += g_file_info_get_size (info);
          (*n)++;
        }
    }
}

static gint64
measure_below (const char *folder, const char *name, guint *n)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64 bytes = 0;
  measure (file, &bytes, n);
  return bytes;
}

static gboolean
read_counts (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_stored_counts_get (tx, data, error);
}

BmnStoredData *
bmn_session_describe_stored (BmnSession *self, GError **error)
{
  BmnStoredCounts counts = { 0 };
  guint n_files = 0;
  if (!bmn_store_read (bmn_session_get_store (self), read_counts, &counts, error))
    return NULL;
  BmnStoredData *stored = g_new0 (BmnStoredData, 1);
  stored->folder = g_strdup (bmn_session_get_folder (self));
  stored->n_accounts = counts.accounts;
  stored->n_posts = counts.posts;
  stored->n_planned = counts.planned;
  stored->n_history = counts.history;
  stored->n_requests = counts.requests;
  stored->n_suggestions = counts.suggestions;
  stored->media_bytes = measure_below (stored->folder, "media", &stored->n_media);
  stored->backup_bytes = measure_below (stored->folder, "backups", &n_files);
  stored->database_bytes
      = measure_below (stored->folder, "", &n_files) - stored->media_bytes - stored->backup_bytes;
  return stored;
}

/*
 * What was learnt.
 */

static gboolean
forget (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_learnt_forget (tx, *(const gint64 *)data, error);
}

gboolean
bmn_session_forget_learnt (BmnSession *self, gint64 account_id, GError **error)
{
  return bmn_store_write (bmn_session_get_store (self), forget, &account_id, error);
}

static gboolean
include_all (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_learnt_include_all (tx, *(const gint64 *)data, error);
}

gboolean
bmn_session_learn_again (BmnSession *self, gint64 account_id, GError **error)
{
  return bmn_store_write (bmn_session_get_store (self), include_all, &account_id, error);
}

/*
 * Deleting.
 */

static gboolean
delete_tree (const char *path, GError **error)
{
  g_autoptr (GDir) dir
      = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (!delete_tree (child, error))
        return FALSE;
    }
  if (g_remove (path) == 0)
    return TRUE;
  g_autofree char *shown = g_filename_display_name (path);
  g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
               /* Translators: the first %s is a path, the second the system's own words */
               _ ("“%s” could not be deleted (%s). Delete it yourself."), shown,
               g_strerror (errno));
  return FALSE;
}

/* An empty folder takes its place first: that is what makes sure that nobody uses it. */
gboolean
bmn_session_delete_data (const char *folder, GError **error)
{
  g_autofree char *path = bmn_session_find_folder (folder);
  g_autofree char *empty = g_strconcat (path, ".erasing-XXXXXX", NULL);
  g_autofree char *aside = NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!g_mkdtemp_full (empty, 0700))
    {
      g_autofree char *shown = g_filename_display_name (empty);
      g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE, _ ("“%s” cannot be written (%s)."), shown,
                   g_strerror (errno));
      return FALSE;
    }
  if (!bmn_store_replace (path, empty, &aside, error))
    {
      g_rmdir (empty);
      return FALSE;
    }
  return (!aside || delete_tree (aside, error)) && delete_tree (path, error);
}
