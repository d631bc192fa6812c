#include "bmn-media-library.h"
#include "bmn-media-lock-private.h"
#include "bmn-statement-private.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  gint64 now;
  char *media_folder; /* (owned) */
  guint n_deleted;
} Collection;

/* Files of the library are named by their digest and type. */
static gboolean
is_of_library (const char *name)
{
  const gsize length = 64;
  return strspn (name, "0123456789abcdef") == length && name[length] == '.';
}

static gboolean
is_referred_to (BmnTransaction *tx, const char *name, gboolean *is, GError **error)
{
  g_autofree char *stored = g_build_filename ("media", name, NULL);
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT EXISTS (SELECT 1 FROM media WHERE path = ?)");
  bmn_statement_put_text (query, stored);
  *is = bmn_statement_next (query) && bmn_statement_take_int (query);
  return bmn_statement_finish (query, error);
}

static gboolean
forget_orphan (BmnTransaction *tx, const char *name, GError **error)
{
  g_autoptr (BmnStatement) delete
      = bmn_statement_new (tx, "DELETE FROM media_orphan WHERE name = ?");
  bmn_statement_put_text (delete, name);
  return bmn_statement_run (delete, error);
}

/* Notes that nothing refers to the file. @since: (out): since when that is known */
static gboolean
note_orphan (BmnTransaction *tx, const char *name, gint64 now, gint64 *since, GError **error)
{
  g_autoptr (BmnStatement) insert = bmn_statement_new (
      tx, "INSERT INTO media_orphan (name, since) VALUES (?, ?) ON CONFLICT DO NOTHING");
  bmn_statement_put_text (insert, name);
  bmn_statement_put_int (insert, now);
  if (!bmn_statement_run (insert, error))
    return FALSE;
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT since FROM media_orphan WHERE name = ?");
  bmn_statement_put_text (query, name);
  *since = bmn_statement_next (query) ? bmn_statement_take_int (query) : now;
  return bmn_statement_finish (query, error);
}

/* Whether the file itself is old, too: who adds a content again gives it a new file. */
static gboolean
delete_old (Collection *collection, const char *name, GError **error)
{
  g_autoptr (BmnFileLock) lock = bmn_media_lock_take (collection->media_folder, error);
  g_autofree char *path = g_build_filename (collection->media_folder, name, NULL);
  GStatBuf status;
  if (!lock)
    return FALSE;
  if (g_lstat (path, &status) == 0 && S_ISREG (status.st_mode)
      && status.st_mtime * G_USEC_PER_SEC <= collection->now - BMN_MEDIA_LIBRARY_KEPT
      && g_unlink (path) == 0)
    collection->n_deleted++;
  return TRUE;
}

static gboolean
collect_file (Collection *collection, BmnTransaction *tx, const char *name, GError **error)
{
  gboolean referred_to;
  gint64 since;
  if (!is_referred_to (tx, name, &referred_to, error))
    return FALSE;
  if (referred_to)
    return forget_orphan (tx, name, error);
  if (!note_orphan (tx, name, collection->now, &since, error))
    return FALSE;
  return since > collection->now - BMN_MEDIA_LIBRARY_KEPT || delete_old (collection, name, error);
}

static gboolean
forget_missing (Collection *collection, BmnTransaction *tx, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, "SELECT name FROM media_orphan");
  while (bmn_statement_next (query))
    g_ptr_array_add (names, bmn_statement_take_text (query));
  if (!bmn_statement_finish (query, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (collection->media_folder, names->pdata[i], NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS) && !forget_orphan (tx, names->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

gboolean
bmn_media_library_collect (
    BmnTransaction *tx, const char *folder, gint64 now, guint *n_deleted, GError **error)
{
  g_autofree char *media_folder = g_build_filename (folder, "media", NULL);
  Collection collection = { .now = now, .media_folder = media_folder };
  g_autoptr (GDir) dir = g_dir_open (media_folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    if (is_of_library (name) && !collect_file (&collection, tx, name, error))
      return FALSE;
  if (!forget_missing (&collection, tx, error))
    return FALSE;
  if (n_deleted)
    *n_deleted = collection.n_deleted;
  return TRUE;
}
