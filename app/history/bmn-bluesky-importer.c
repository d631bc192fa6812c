#include "bmn-error.h"
#include "bmn-importers-private.h"
#include "bmn-repository-private.h"

#include <glib/gi18n-lib.h>

/*
 * A Bluesky repository. It is read twice: first the tree of records, for the keys of posts,
 * as a record does not know its own and may come before the tree; then the posts.
 */
struct _BmnBlueskyImporter
{
  BmnImporter parent_instance;

  BmnCarReader *reader;  /* (owned) */
  BmnRecordIndex *index; /* (owned) */
  char *did;             /* (owned) (nullable): until the commit was found */
  gboolean is_indexed;
  gint64 n_posts;
};

G_DEFINE_FINAL_TYPE (BmnBlueskyImporter, bmn_bluesky_importer, BMN_TYPE_IMPORTER)

#define COLLECTION "app.bsky.feed.post"

/* Blocks between two looks at whether it was cancelled. */
#define BLOCKS_AT_ONCE 256

static void
bmn_bluesky_importer_finalize (GObject *object)
{
  BmnBlueskyImporter *self = BMN_BLUESKY_IMPORTER (object);
  g_clear_pointer (&self->reader, bmn_car_reader_free);
  g_clear_pointer (&self->index, bmn_record_index_free);
  g_free (self->did);
  G_OBJECT_CLASS (bmn_bluesky_importer_parent_class)->finalize (object);
}

static gboolean
bmn_bluesky_importer_open (BmnImporter *importer, GError **error)
{
  BmnBlueskyImporter *self = BMN_BLUESKY_IMPORTER (importer);
  self->index = bmn_record_index_new ();
  self->reader = bmn_car_reader_open (bmn_importer_get_path (importer), error);
  return self->reader != NULL;
}

/*
 * The tree.
 */

static gboolean
check_did (BmnBlueskyImporter *self, GError **error)
{
  const BmnAccount *account = bmn_importer_get_account (BMN_IMPORTER (self));
  const char *own = bmn_account_get_setting (account, "did");
  if (!self->did)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                         _ ("The file is no repository of a Bluesky account, or only part of one. "
                            "Export it again."));
  else if (own && !g_str_equal (own, self->did))
    g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                 /* Translators: the first %s is an identifier such as did:plc:abc, the second
                  * the name of an account */
                 _ ("The repository belongs to %s, which is not the account “%s”. Choose the "
                    "account that it was exported from."),
                 self->did, account->name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
index_block (BmnBlueskyImporter *self, const BmnCarBlock *block, GError **error)
{
  if (bmn_repository_is_node (block))
    {
      if (!bmn_car_block_check (block, error))
        return FALSE;
      if (bmn_repository_read_node (block, COLLECTION, self->index))
        return TRUE;
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("The repository's list of records is damaged. Export it again."));
      return FALSE;
    }
  if (self->did)
    return TRUE;
  self->did = bmn_repository_read_commit (block);
  return !self->did || bmn_car_block_check (block, error);
}

/* Begins anew, for the posts. */
static gboolean
end_index (BmnBlueskyImporter *self, GError **error)
{
  if (!check_did (self, error))
    return FALSE;
  bmn_record_index_close (self->index);
  self->is_indexed = TRUE;
  g_clear_pointer (&self->reader, bmn_car_reader_free);
  self->reader = bmn_car_reader_open (bmn_importer_get_path (BMN_IMPORTER (self)), error);
  return self->reader != NULL;
}

/*
 * Posts.
 */

static void
add_post (BmnBlueskyImporter *self, const BmnCarBlock *block, const char *key)
{
  BmnImporter *importer = BMN_IMPORTER (self);
  const BmnAccount *account = bmn_importer_get_account (importer);
  g_autoptr (BmnHistoryPost) post = bmn_repository_read_post (block);
  self->n_posts++;
  if (!post)
    {
      bmn_importer_add_bad (importer, self->n_posts, _ ("The post lacks its text or its time."));
      return;
    }
  const gboolean own = account->handle && bmn_account_get_setting (account, "did");
  const char *handle = own ? account->handle + (*account->handle == '@') : self->did;
  post->remote_id = g_strdup_printf ("at://%s/" COLLECTION "/%s", self->did, key);
  post->url = g_strdup_printf ("https://bsky.app/profile/%s/post/%s", handle, key);
  bmn_importer_add_post (importer, self->n_posts, g_steal_pointer (&post), NULL);
}

static gboolean
take_block (BmnBlueskyImporter *self, const BmnCarBlock *block, GError **error)
{
  g_autoptr (GPtrArray) keys = bmn_record_index_take (self->index, block->digest);
  if (keys->len > 0 && !bmn_car_block_check (block, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    add_post (self, block, keys->pdata[i]);
  return TRUE;
}

static void
end_posts (BmnBlueskyImporter *self)
{
  guint64 n_left = bmn_record_index_get_left (self->index);
  if (n_left == 0)
    return;
  g_autofree char *reason = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u post that the repository lists is not in the file. Export it again.",
                   "%u posts that the repository lists are not in the file. Export it again.",
                   (guint)n_left),
      (guint)n_left);
  bmn_importer_add_bad (BMN_IMPORTER (self), 0, reason);
}

static gboolean
bmn_bluesky_importer_read_more (BmnImporter *importer, gboolean *at_end, GError **error)
{
  BmnBlueskyImporter *self = BMN_BLUESKY_IMPORTER (importer);
  gboolean no_more = FALSE;
  for (int i = 0; i < BLOCKS_AT_ONCE && !no_more; i++)
    {
      BmnCarBlock block;
      if (!bmn_car_reader_next (self->reader, &block, &no_more, error))
        return FALSE;
      if (!no_more
          && !(self->is_indexed ? take_block (self, &block, error)
                                : index_block (self, &block, error)))
        return FALSE;
    }
  if (!no_more)
    return TRUE;
  if (!self->is_indexed)
    return end_index (self, error);
  end_posts (self);
  *at_end = TRUE;
  return TRUE;
}

/* The file counts twice, as it is read twice. */
static gint64
bmn_bluesky_importer_get_position (BmnImporter *importer, gint64 *size)
{
  BmnBlueskyImporter *self = BMN_BLUESKY_IMPORTER (importer);
  gint64 once = self->reader ? bmn_car_reader_get_size (self->reader) : 0;
  *size = 2 * once;
  return once > 0 ? bmn_car_reader_get_position (self->reader) + (self->is_indexed ? once : 0) : 0;
}

static void
bmn_bluesky_importer_class_init (BmnBlueskyImporterClass *klass)
{
  BmnImporterClass *importer_class = BMN_IMPORTER_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bmn_bluesky_importer_finalize;
  importer_class->open = bmn_bluesky_importer_open;
  importer_class->read_more = bmn_bluesky_importer_read_more;
  importer_class->get_position = bmn_bluesky_importer_get_position;
}

static void
bmn_bluesky_importer_init (BmnBlueskyImporter *self)
{
}
