#include "bmn-website-folder-private.h"
#include "bmn-durable-file-private.h"
#include "bmn-error.h"
#include "bmn-failpoint.h"
#include "bmn-file-lock.h"
#include "bmn-platform-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define LOCK_FILE ".bellman.lock"
#define LOCK_PATIENCE (30 * G_USEC_PER_SEC)

/* Larger files cannot be ours. */
#define PAGE_MAX (16 * 1024 * 1024)
#define FEED_MAX (256 * 1024 * 1024)

struct _BmnWebsiteFolder
{
  char *dir;         /* (owned) */
  char *posts;       /* (owned) */
  char *media;       /* (owned) */
  BmnFileLock *lock; /* (owned) */
};

static gboolean
fail_read (GError **error, const char *path, const char *reason)
{
  g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
               /* Translators: the first %s is a file or folder, the second the system's reason. */
               _ ("“%s” cannot be read: %s. Connect the drive or choose another folder for this "
                  "account."),
               path, reason);
  return FALSE;
}

static gboolean
fail_foreign (GError **error, const char *path)
{
  g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
               /* Translators: %s is a file. */
               _ ("“%s” was not written by Bellman and is in the way. Move it elsewhere, or "
                  "choose another folder for this account."),
               path);
  return FALSE;
}

BmnWebsiteFolder *
bmn_website_folder_open (const char *dir, GCancellable *cancellable, GError **error)
{
  if (!g_file_test (dir, G_FILE_TEST_IS_DIR))
    {
      fail_read (error, dir, g_strerror (g_file_test (dir, G_FILE_TEST_EXISTS) ? ENOTDIR : ENOENT));
      return NULL;
    }
  g_autofree char *lock_path = g_build_filename (dir, LOCK_FILE, NULL);
  g_autoptr (BmnWebsiteFolder) folder = g_new0 (BmnWebsiteFolder, 1);
  folder->dir = g_strdup (dir);
  folder->posts = g_build_filename (dir, "posts", NULL);
  folder->media = g_build_filename (dir, "media", NULL);
  folder->lock = bmn_file_lock_take (lock_path, LOCK_PATIENCE, cancellable, error);
  if (!folder->lock || !bmn_durable_folder_make (folder->posts, error)
      || !bmn_durable_folder_make (folder->media, error))
    return NULL;
  bmn_durable_folder_sweep (folder->dir);
  bmn_durable_folder_sweep (folder->posts);
  bmn_durable_folder_sweep (folder->media);
  return g_steal_pointer (&folder);
}

void
bmn_website_folder_close (BmnWebsiteFolder *folder)
{
  g_clear_object (&folder->lock);
  g_free (folder->dir);
  g_free (folder->posts);
  g_free (folder->media);
  g_free (folder);
}

/* Media */

/* Returns: (transfer full) (nullable): the hexadecimal digest of what is left of @fd */
static char *
digest_of (int fd)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *chunk = g_malloc (64 * 1024);
  gssize n;
  while ((n = read (fd, chunk, 64 * 1024)) != 0)
    {
      if (n < 0 && errno != EINTR)
        return NULL;
      if (n > 0)
        g_checksum_update (sum, chunk, n);
    }
  return g_strdup (g_checksum_get_string (sum));
}

/* Returns: whether the ordinary file at @path has the digest @sha256 */
static gboolean
has_digest (const char *path, const char *sha256)
{
  int fd = bmn_durable_file_open (path, NULL);
  if (fd < 0)
    return FALSE;
  g_autofree char *digest = digest_of (fd);
  close (fd);
  return g_strcmp0 (digest, sha256) == 0;
}

static gboolean
add_medium (BmnWebsiteFolder *folder, const BmnMedia *media, GError **error)
{
  g_autofree char *name = bmn_website_media_name (media);
  g_autofree char *path = g_build_filename (folder->media, name, NULL);
  if (has_digest (path, media->sha256))
    return TRUE;
  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return fail_foreign (error, path);
  if (!has_digest (media->path, media->sha256))
    {
      g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                           _ ("An attached file is missing or was changed since it was added. "
                              "Remove it from the post and add it again."));
      return FALSE;
    }
  int source = bmn_durable_file_open (media->path, error);
  if (source < 0)
    return FALSE;
  gboolean copied = bmn_durable_file_copy (folder->media, name, source, error);
  close (source);
  if (copied)
    bmn_failpoint ("website-media");
  return copied;
}

gboolean
bmn_website_folder_add_media (BmnWebsiteFolder *folder, const BmnWebsitePage *page, GError **error)
{
  for (guint i = 0; i < page->parts->len; i++)
    {
      const BmnPart *part = page->parts->pdata[i];
      for (guint j = 0; j < part->media->len; j++)
        if (!add_medium (folder, part->media->pdata[j], error))
          return FALSE;
    }
  return TRUE;
}

static void
collect_media (GHashTable *names, const BmnWebsitePage *page)
{
  for (guint i = 0; i < page->parts->len; i++)
    {
      const BmnPart *part = page->parts->pdata[i];
      for (guint j = 0; j < part->media->len; j++)
        g_hash_table_add (names, bmn_website_media_name (part->media->pdata[j]));
    }
}

static gboolean
remove_unused_media (BmnWebsiteFolder *folder,
                     const BmnWebsitePage *old,
                     GPtrArray *pages,
                     GError **error)
{
  g_autoptr (GHashTable) unused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  collect_media (unused, old);
  for (guint i = 0; i < pages->len; i++)
    collect_media (used, pages->pdata[i]);
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, unused);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (used, name)
        && !bmn_durable_file_remove (folder->media, name, error))
      return FALSE;
  return TRUE;
}

/* Pages */

static char *
page_path (const char *dir, const char *key)
{
  g_autofree char *name = g_strconcat (key, ".md", NULL);
  return g_build_filename (dir, "posts", name, NULL);
}

gboolean
bmn_website_folder_write_page (BmnWebsiteFolder *folder,
                               const BmnWebsitePage *page,
                               const char *base_url,
                               GError **error)
{
  g_autofree char *name = g_strconcat (page->key, ".md", NULL);
  g_autofree char *text = bmn_website_page_to_markdown (page, base_url);
  return bmn_durable_file_write (folder->posts, name, text, strlen (text), error);
}

gboolean
bmn_website_folder_remove_page (BmnWebsiteFolder *folder, const char *key, GError **error)
{
  g_autofree char *name = g_strconcat (key, ".md", NULL);
  return bmn_durable_file_remove (folder->posts, name, error);
}

gboolean
bmn_website_dir_load_page (const char *dir, const char *key, BmnWebsitePage **page, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = page_path (dir, key);
  gsize length;
  g_autofree char *text = bmn_durable_file_read (path, PAGE_MAX, &length, &local_error);
  *page = NULL;
  if (!text)
    {
      /* Only a folder that is there can tell that the page is not. */
      if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT)
          && g_file_test (dir, G_FILE_TEST_IS_DIR))
        return TRUE;
      return fail_read (error, path, local_error->message);
    }
  *page = bmn_website_page_parse (text, length);
  if (*page && g_str_equal ((*page)->key, key))
    return TRUE;
  g_clear_pointer (page, bmn_website_page_free);
  return fail_foreign (error, path);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const BmnWebsitePage *page_a = *(const BmnWebsitePage *const *)a;
  const BmnWebsitePage *page_b = *(const BmnWebsitePage *const *)b;
  if (page_a->date != page_b->date)
    return page_a->date < page_b->date ? 1 : -1;
  return strcmp (page_b->key, page_a->key);
}

GPtrArray *
bmn_website_dir_load_pages (const char *dir, GError **error)
{
  g_autoptr (GPtrArray) pages
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_website_page_free);
  g_autofree char *posts = g_build_filename (dir, "posts", NULL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) listing = g_dir_open (posts, 0, &local_error);
  if (!listing)
    {
      fail_read (error, posts, local_error->message);
      return NULL;
    }
  const char *name;
  while ((name = g_dir_read_name (listing)))
    {
      g_autofree char *key
          = g_str_has_suffix (name, ".md") ? g_strndup (name, strlen (name) - 3) : NULL;
      BmnWebsitePage *page;
      /* Pages of others are theirs to list; ours that are damaged cannot be. */
      if (bmn_website_key_is_safe (key) && bmn_website_dir_load_page (dir, key, &page, NULL)
          && page)
        g_ptr_array_add (pages, page);
    }
  g_ptr_array_sort (pages, compare_newest_first);
  return g_steal_pointer (&pages);
}

/* Feeds */

/*
 * @ids: (out) (transfer full) (nullable): %NULL where there is no such file
 * @id: (out) (transfer full) (nullable): the feed's own, of Atom alone
 */
static gboolean
read_feed (const char *dir, const char *name, GHashTable **ids, char **id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = g_build_filename (dir, name, NULL);
  gsize length;
  g_autofree char *text = bmn_durable_file_read (path, FEED_MAX, &length, &local_error);
  *ids = NULL;
  if (!text)
    return (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT)
            && g_file_test (dir, G_FILE_TEST_IS_DIR))
           || fail_read (error, path, local_error->message);
  *ids = g_str_has_suffix (name, ".xml") ? bmn_website_atom_read (text, length, id)
                                         : bmn_website_json_read (text, length);
  return *ids || fail_foreign (error, path);
}

/* Returns: (transfer full) (element-type BmnWebsitePage): those that belong into the feeds; they
 *   live as long as @pages, which is newest first */
static GPtrArray *
newest_of (GPtrArray *pages)
{
  GPtrArray *newest = g_ptr_array_new ();
  for (guint i = 0; i < MIN (pages->len, BMN_WEBSITE_FEED_MAX); i++)
    g_ptr_array_add (newest, pages->pdata[i]);
  return newest;
}

gboolean
bmn_website_dir_check (const char *dir, GError **error)
{
  if (!g_file_test (dir, G_FILE_TEST_IS_DIR))
    return fail_read (error, dir, g_strerror (ENOENT));
  g_autoptr (GHashTable) atom = NULL;
  g_autoptr (GHashTable) json = NULL;
  return read_feed (dir, "feed.xml", &atom, NULL, error)
         && read_feed (dir, "feed.json", &json, NULL, error);
}

gboolean
bmn_website_folder_write_feeds (BmnWebsiteFolder *folder,
                                const BmnWebsiteFeedInfo *info,
                                const BmnWebsitePage *old,
                                GError **error)
{
  g_autoptr (GPtrArray) pages = bmn_website_dir_load_pages (folder->dir, error);
  g_autoptr (GHashTable) present = NULL;
  g_autofree char *id = NULL;
  if (!pages || !read_feed (folder->dir, "feed.xml", &present, &id, error))
    return FALSE;
  g_autoptr (GPtrArray) newest = newest_of (pages);
  BmnWebsiteFeedInfo own = *info;
  own.id = id ? id : info->id;
  g_autofree char *atom = bmn_website_atom_feed (&own, newest);
  if (!bmn_durable_file_write (folder->dir, "feed.xml", atom, strlen (atom), error))
    return FALSE;
  bmn_failpoint ("website-atom");
  g_autofree char *json = bmn_website_json_feed (&own, newest);
  if (!bmn_durable_file_write (folder->dir, "feed.json", json, strlen (json), error))
    return FALSE;
  bmn_failpoint ("website-json");
  return !old || remove_unused_media (folder, old, pages, error);
}

gboolean
bmn_website_dir_feeds_have (const char *dir,
                            const BmnWebsitePage *page,
                            gboolean *have,
                            GError **error)
{
  g_autofree char *id = bmn_website_page_id (page);
  g_autoptr (GHashTable) atom = NULL;
  g_autoptr (GHashTable) json = NULL;
  if (!read_feed (dir, "feed.xml", &atom, NULL, error)
      || !read_feed (dir, "feed.json", &json, NULL, error))
    return FALSE;
  *have = atom && json && g_hash_table_contains (atom, id) && g_hash_table_contains (json, id);
  if (*have || !atom || g_hash_table_size (atom) < BMN_WEBSITE_FEED_MAX)
    return TRUE;
  g_autoptr (GPtrArray) pages = bmn_website_dir_load_pages (dir, error);
  if (!pages)
    return FALSE;
  BmnWebsitePage *eldest
      = pages->len > BMN_WEBSITE_FEED_MAX ? pages->pdata[BMN_WEBSITE_FEED_MAX - 1] : NULL;
  *have = eldest && compare_newest_first (&eldest, &page) < 0;
  return TRUE;
}
