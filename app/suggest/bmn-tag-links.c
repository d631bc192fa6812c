#include "bmn-tag-links-private.h"

#include <math.h>
#include <string.h>

/* In minutes: more lies between no two instants. */
#define MAX_AGE ((gint64)1 << 33)

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

/* How many bytes a saved link takes at least. */
#define MIN_LINK_BYTES 7

void
bmn_tag_links_save (const BmnTagLinks *row, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, row->n);
  if (row->n == 0)
    return;
  bmn_state_put_float (writer, row->decayed);
  bmn_state_put_int (writer, row->minute);
  bmn_state_put_uint (writer, row->n_links);
  guint next = 0;
  for (guint i = 0; i < row->n_links; i++)
    {
      const BmnTagLink *link = &row->links[i];
      bmn_state_put_uint (writer, link->tag - next);
      bmn_state_put_uint (writer, link->count);
      bmn_state_put_float (writer, link->decayed);
      bmn_state_put_int (writer, (gint64)row->minute - link->minute);
      next = link->tag + 1;
    }
}

static gint32
minute_in_range (BmnStateReader *reader, gint64 minute)
{
  if (minute < G_MININT32 || minute > G_MAXINT32)
    bmn_state_fail (reader);
  return (gint32)CLAMP (minute, G_MININT32, G_MAXINT32);
}

void
bmn_tag_links_load (BmnTagLinks *row, BmnStateReader *reader, guint n_tags)
{
  row->n = (guint)bmn_state_get_uint (reader, G_MAXINT);
  if (row->n == 0)
    return;
  row->decayed = bmn_state_get_float (reader);
  row->minute = minute_in_range (reader, bmn_state_get_int (reader));
  guint n_links = bmn_state_get_count (reader, MIN_LINK_BYTES);
  guint room = 1, next = 0;
  while (room < n_links)
    room *= 2;
  if (n_links > 0)
    row->links = g_new (BmnTagLink, room);
  for (; row->n_links < n_links && !reader->failed; row->n_links++)
    {
      BmnTagLink *link = &row->links[row->n_links];
      if (next >= n_tags)
        bmn_state_fail (reader);
      link->tag = next + (guint)bmn_state_get_uint (reader, MAX (n_tags, next + 1) - next - 1);
      link->count = (guint)bmn_state_get_uint (reader, G_MAXINT);
      link->decayed = bmn_state_get_float (reader);
      gint64 age = bmn_state_get_int (reader);
      link->minute = minute_in_range (reader, row->minute - CLAMP (age, -MAX_AGE, MAX_AGE));
      next = link->tag + 1;
    }
}

void
bmn_link_table_save (const BmnLinkTable *table, BmnStateWriter *writer)
{
  g_autofree guint64 *keys = bmn_key_map_list (&table->places);
  bmn_state_put_uint (writer, table->rows->len);
  for (guint i = 0; i < table->rows->len; i++)
    {
      bmn_state_put_uint (writer, keys[i]);
      bmn_tag_links_save (&g_array_index (table->rows, BmnTagLinks, i), writer);
    }
}

void
bmn_link_table_load (BmnLinkTable *table, BmnStateReader *reader, guint n_tags)
{
  guint n = bmn_state_get_count (reader, 2);
  for (guint i = 0; i < n && !reader->failed; i++)
    {
      guint64 key = bmn_state_get_uint (reader, G_MAXUINT64);
      if (key == 0 || bmn_key_map_lookup (&table->places, key) != BMN_KEY_MAP_NONE)
        {
          bmn_state_fail (reader);
          return;
        }
      bmn_key_map_insert (&table->places, key, i);
      g_array_set_size (table->rows, i + 1);
      bmn_tag_links_load (&g_array_index (table->rows, BmnTagLinks, i), reader, n_tags);
    }
}
