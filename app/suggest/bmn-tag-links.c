#include "bmn-tag-links-private.h"

#include <math.h>

#define HALF_LIFE (45 * 86400.0)

static void
clear_row (gpointer data)
{
  BmnTagLinks *row = data;
  g_clear_pointer (&row->links, g_array_unref);
}

void
bmn_link_table_init (BmnLinkTable *table)
{
  bmn_key_map_init (&table->places);
  table->rows = g_array_new (FALSE, TRUE, sizeof (BmnTagLinks));
  g_array_set_clear_func (table->rows, clear_row);
}

void
bmn_link_table_clear (BmnLinkTable *table)
{
  bmn_key_map_clear (&table->places);
  g_clear_pointer (&table->rows, g_array_unref);
}

double
bmn_tag_links_decay (double value, double at, double now)
{
  return now > at ? value * exp2 ((at - now) / HALF_LIFE) : value;
}

const BmnTagLinks *
bmn_link_table_lookup (const BmnLinkTable *table, guint64 key)
{
  guint place = bmn_key_map_lookup (&table->places, key);
  return place == BMN_KEY_MAP_NONE ? NULL : &g_array_index (table->rows, BmnTagLinks, place);
}

/* The place of @tag among the links, or where it belongs. */
static guint
find_link (GArray *links, guint tag)
{
  guint low = 0, high = links->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (links, BmnTagLink, middle).tag < tag)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
count_link (BmnTagLinks *row, guint tag, double at)
{
  if (!row->links)
    row->links = g_array_sized_new (FALSE, FALSE, sizeof (BmnTagLink), 1);
  guint place = find_link (row->links, tag);
  if (place == row->links->len || g_array_index (row->links, BmnTagLink, place).tag != tag)
    {
      BmnTagLink fresh = { tag, 0, 0, at };
      g_array_insert_val (row->links, place, fresh);
    }
  BmnTagLink *link = &g_array_index (row->links, BmnTagLink, place);
  link->count++;
  link->decayed = bmn_tag_links_decay (link->decayed, link->at, at) + 1;
  link->at = at;
}

void
bmn_tag_links_count (BmnTagLinks *row, const guint *tags, guint n_tags, double at)
{
  row->n++;
  row->decayed = bmn_tag_links_decay (row->decayed, row->at, at) + 1;
  row->at = at;
  for (guint i = 0; i < n_tags; i++)
    count_link (row, tags[i], at);
}

void
bmn_link_table_count (BmnLinkTable *table, guint64 key, const guint *tags, guint n_tags, double at)
{
  guint place = bmn_key_map_lookup (&table->places, key);
  if (place == BMN_KEY_MAP_NONE)
    {
      place = table->rows->len;
      bmn_key_map_insert (&table->places, key, place);
      g_array_set_size (table->rows, place + 1);
    }
  bmn_tag_links_count (&g_array_index (table->rows, BmnTagLinks, place), tags, n_tags, at);
}

guint
bmn_tag_links_get (const BmnTagLinks *row, guint tag)
{
  if (!row->links)
    return 0;
  guint place = find_link (row->links, tag);
  if (place == row->links->len)
    return 0;
  const BmnTagLink *link = &g_array_index (row->links, BmnTagLink, place);
  return link->tag == tag ? link->count : 0;
}
