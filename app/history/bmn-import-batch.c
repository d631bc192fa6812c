#include "bmn-import-batch-private.h"
#include "bmn-history-lookup.h"

#include <string.h>

/* A transaction of this size takes a few ms, so that nobody notices. */
#define MAX_ITEMS 500
#define MAX_BYTES (1024 * 1024)

/* So many identifiers are remembered to find those that a file has twice; beyond, a dry run
 * counts such a post as new. 8 bytes and a hash each. */
#define MAX_IDS 6000000

BmnImportBatch *
bmn_import_batch_new (GHashTable *ids)
{
  BmnImportBatch *self = g_new0 (BmnImportBatch, 1);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_import_item_free);
  self->ids = ids ? g_hash_table_ref (ids) : NULL;
  return self;
}

void
bmn_import_batch_free (BmnImportBatch *self)
{
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_free (self);
}

void
bmn_import_batch_add (BmnImportBatch *self, BmnImportItem *item)
{
  self->n_bytes += strlen (item->post->text);
  g_ptr_array_add (self->items, item);
}

gboolean
bmn_import_batch_is_full (const BmnImportBatch *self)
{
  return self->items->len >= MAX_ITEMS || self->n_bytes >= MAX_BYTES;
}

static gboolean
put_item (BmnTransaction *tx, const BmnImportItem *item, gboolean *added, GError **error)
{
  if (!item->readings)
    return bmn_history_put (tx, item->post, added, error);
  return bmn_history_put_with_readings (tx, item->post,
                                        (const BmnMetricSnapshot *)item->readings->data,
                                        item->readings->len, added, error);
}

gboolean
bmn_import_batch_put (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnImportBatch *self = data;
  gint64 begun = g_get_monotonic_time ();
  for (guint i = 0; i < self->items->len; i++)
    {
      gboolean added;
      if (!put_item (tx, self->items->pdata[i], &added, error))
        return FALSE;
      self->n_new += added;
      self->n_known += !added;
    }
  self->duration = g_get_monotonic_time () - begun;
  return TRUE;
}

/* FNV-1a with 64 bits (Fowler, Noll, Vo): the identifiers themselves would fill the memory. */
static gpointer
hash_id (const char *id)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);
  for (; *id; id++)
    hash = (hash ^ (guint8)*id) * G_GUINT64_CONSTANT (1099511628211);
  return GSIZE_TO_POINTER (hash);
}

/* Returns: whether the file had @id before */
static gboolean
remember (BmnImportBatch *self, const char *id)
{
  gpointer hash = hash_id (id);
  if (g_hash_table_size (self->ids) >= MAX_IDS)
    return g_hash_table_contains (self->ids, hash);
  return !g_hash_table_add (self->ids, hash);
}

gboolean
bmn_import_batch_look_up (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnImportBatch *self = data;
  for (guint i = 0; i < self->items->len; i++)
    {
      const BmnImportItem *item = self->items->pdata[i];
      gboolean known;
      if (!bmn_history_is_known (tx, item->post, &known, error))
        return FALSE;
      known = remember (self, item->post->remote_id) || known;
      self->n_new += !known;
      self->n_known += known;
    }
  return TRUE;
}
