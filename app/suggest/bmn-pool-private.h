#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BMN_POOL_CLASSES 32

/*
 * BmnPool: memory for very many lists that grow and are forgotten all at once. Rooms are
 * powers of two, in bytes; what a list outgrew is the room of another.
 */
typedef struct
{
  gpointer unused[BMN_POOL_CLASSES]; /* by size, each holding the next */
  GPtrArray *chunks;                 /* (owned) */
  guint8 *next;
  gsize left;
} BmnPool;

void bmn_pool_init (BmnPool *pool);
void bmn_pool_clear (BmnPool *pool);

/**
 * bmn_pool_grow:
 * @items: (nullable): a list of @n items with room for the next power of two, or %NULL for none
 * @item_size: a power of two
 *
 * Returns: (transfer none): the list with room for one item more
 */
gpointer bmn_pool_grow (BmnPool *pool, gpointer items, guint n, gsize item_size);

/* Returns: (transfer none): room for @n items, as bmn_pool_grow() would have made it */
gpointer bmn_pool_alloc (BmnPool *pool, guint n, gsize item_size);

G_END_DECLS
