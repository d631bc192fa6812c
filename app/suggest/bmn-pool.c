#include "bmn-pool-private.h"

#include <string.h>

/* The smallest room, which holds the pointer to the next unused one. */
#define MIN_BYTES 16

#define CHUNK_BYTES (256 * 1024)

void
bmn_pool_init (BmnPool *pool)
{
  *pool = (BmnPool){ 0 };
  pool->chunks = g_ptr_array_new_with_free_func (g_free);
}

void
bmn_pool_clear (BmnPool *pool)
{
  g_clear_pointer (&pool->chunks, g_ptr_array_unref);
  *pool = (BmnPool){ 0 };
}

/* The class of a room for @bytes; @room: (out): how large such a room is */
static guint
class_of (gsize bytes, gsize *room)
{
  guint class = 0;
  for (*room = MIN_BYTES; *room < bytes; *room *= 2)
    class ++;
  return class;
}

static gpointer
take (BmnPool *pool, guint class, gsize room)
{
  gpointer found = pool->unused[class];
  if (found)
    {
      memcpy (&pool->unused[class], found, sizeof (gpointer));
      return found;
    }
  if (room > CHUNK_BYTES / 4)
    {
      found = g_malloc (room);
      g_ptr_array_add (pool->chunks, found);
      return found;
    }
  if (room > pool->left)
    {
      pool->left = CHUNK_BYTES;
      pool->next = g_malloc (CHUNK_BYTES);
      g_ptr_array_add (pool->chunks, pool->next);
    }
  found = pool->next;
  pool->next += room;
  pool->left -= room;
  return found;
}

gpointer
bmn_pool_alloc (BmnPool *pool, guint n, gsize item_size)
{
  gsize room;
  guint class = class_of (n * item_size, &room);
  return take (pool, class, room);
}

gpointer
bmn_pool_grow (BmnPool *pool, gpointer items, guint n, gsize item_size)
{
  gsize bytes = n * item_size, old_room, room;
  guint old_class = class_of (bytes, &old_room);
  if (items && bytes + item_size <= old_room)
    return items;
  guint class = class_of (bytes + item_size, &room);
  gpointer grown = take (pool, class, room);
  if (items)
    {
      memcpy (grown, items, bytes);
      memcpy (items, &pool->unused[old_class], sizeof (gpointer));
      pool->unused[old_class] = items;
    }
  return grown;
}
