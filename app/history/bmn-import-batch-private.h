#pragma once

#include "bmn-import-item-private.h"
#include "bmn-import-report.h"

G_BEGIN_DECLS

/*
 * BmnImportBatch: rows that come into the store together, or not at all. Small, as whatever
 * else is to be written, a publisher's attempt above all, waits for it.
 */
typedef struct
{
  GPtrArray *items; /* (owned) (element-type BmnImportItem): posts alone */
  gsize n_bytes;
  GHashTable *ids; /* (nullable): of a dry run: what the file had so far */
  gint64 n_new;
  gint64 n_known;
  gint64 duration; /* µs it kept the store */
} BmnImportBatch;

/* @ids: (nullable): the set of identifiers that a dry run fills */
BmnImportBatch *bmn_import_batch_new (GHashTable *ids) G_GNUC_WARN_UNUSED_RESULT;
void bmn_import_batch_free (BmnImportBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnImportBatch, bmn_import_batch_free)

/* @item: (transfer full): with a post */
void bmn_import_batch_add (BmnImportBatch *self, BmnImportItem *item);
gboolean bmn_import_batch_is_full (const BmnImportBatch *self);

/* Both are a #BmnStoreFunc on a batch. */
/* Stores the posts. */
gboolean bmn_import_batch_put (BmnTransaction *tx, gpointer batch, GError **error);
/* Counts which of them the store has, or the file had before. */
gboolean bmn_import_batch_look_up (BmnTransaction *tx, gpointer batch, GError **error);

G_END_DECLS
