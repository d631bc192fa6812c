#include "bmn-tag-links-private.h"

#include <math.h>
#include <string.h>

#define HALF_LIFE (45 * 86400.0)

void
bmn_tag_links_clear (BmnTagLinks *row)
{
  g_clear_pointer (&row->links, g_free);
  row->n_links = 0;
}

static void
clear_row (gpointer data)
{
  bmn_tag_links_clear (data);
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

static gint32
minute_of (double seconds)
{
  return (gint32)CLAMP (seconds / 60, G_MININT32, G_MAXINT32);
}

double
bmn_tag_links_decay (double value, gint32 minute, double now)
{
  double age = now - minute * 60.0;
  return age > 0 ? value * exp2 (-age / HALF_LIFE) : value;
}

const BmnTagLinks *
bmn_link_table_lookup (const BmnLinkTable *table, guint64 key)
{
  guint place = bmn_key_map_lookup (&table->places, key);
  return place == BMN_KEY_MAP_NONE ? NULL : &g_array_index (table->rows, BmnTagLinks, place);
}

/* The place of @tag among the links from @low up to @high, or where it belongs. */
static guint
find_between (const BmnTagLinks *row, guint tag, guint low, guint high)
{
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (row->links[middle].tag < tag)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint
find_place (const BmnTagLinks *row, guint tag)
{
  return find_between (row, tag, 0, row->n_links);
}

guint
bmn_tag_links_find_from (const BmnTagLinks *row, guint place, guint tag)
{
  guint step = 1, low = place;
  while (place < row->n_links && row->links[place].tag < tag)
    {
      low = place + 1;
      place += step;
      step *= 2;
    }
  return find_between (row, tag, low, MIN (place, row->n_links));
}

static void
insert_link (BmnTagLinks *row, guint place, guint tag)
{
  gboolean is_full = (row->n_links & (row->n_links - 1)) == 0;
  if (is_full)
    row->links = g_renew (BmnTagLink, row->links, MAX (1, row->n_links * 2));
  memmove (row->links + place + 1, row->links + place,
           (row->n_links - place) * sizeof (BmnTagLink));
  row->links[place] = (BmnTagLink){ .tag = tag };
  row->n_links++;
}

static void
count_link (BmnTagLinks *row, guint tag, double at)
{
  guint place = find_place (row, tag);
  if (place == row->n_links || row->links[place].tag != tag)
    insert_link (row, place, tag);
  BmnTagLink *link = &row->links[place];
  link->decayed
      = link->count > 0 ? (float)(bmn_tag_links_decay (link->decayed, link->minute, at) + 1) : 1;
  link->minute = minute_of (at);
  link->count++;
}

void
bmn_tag_links_count (BmnTagLinks *row, const guint *tags, guint n_tags, double at)
{
  row->decayed = row->n > 0 ? (float)(bmn_tag_links_decay (row->decayed, row->minute, at) + 1) : 1;
  row->minute = minute_of (at);
  row->n++;
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

const BmnTagLink *
bmn_tag_links_find (const BmnTagLinks *row, guint tag)
{
  guint place = find_place (row, tag);
  return place < row->n_links && row->links[place].tag == tag ? &row->links[place] : NULL;
}

guint
bmn_tag_links_get (const BmnTagLinks *row, guint tag)
{
  const BmnTagLink *link = bmn_tag_links_find (row, tag);
  return link ? link->count : 0;
}
