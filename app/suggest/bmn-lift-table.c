#include "bmn-lift-table-private.h"

#include <math.h>

#define HALF_LIFE (90 * 86400.0)

void
bmn_lift_table_init (BmnLiftTable *table)
{
  bmn_key_map_init (&table->places);
  table->cells = g_array_new (FALSE, TRUE, sizeof (BmnLiftCell));
}

void
bmn_lift_table_clear (BmnLiftTable *table)
{
  bmn_key_map_clear (&table->places);
  g_clear_pointer (&table->cells, g_array_unref);
}

const BmnLiftCell *
bmn_lift_table_lookup (const BmnLiftTable *table, guint64 key)
{
  guint place = bmn_key_map_lookup (&table->places, key);
  return place == BMN_KEY_MAP_NONE ? NULL : &g_array_index (table->cells, BmnLiftCell, place);
}

guint
bmn_lift_table_ensure (BmnLiftTable *table, guint64 key)
{
  guint place = bmn_key_map_lookup (&table->places, key);
  if (place == BMN_KEY_MAP_NONE)
    {
      place = table->cells->len;
      bmn_key_map_insert (&table->places, key, place);
      g_array_set_size (table->cells, place + 1);
      g_array_index (table->cells, BmnLiftCell, place).square = 1;
    }
  return place;
}

void
bmn_lift_cell_add (BmnLiftCell *cell, double lift)
{
  cell->n++;
  cell->sum += (float)lift;
}

static double
fading (const BmnLiftCell *cell, double now)
{
  return exp2 (-MAX (0, now - cell->faded_at) / HALF_LIFE);
}

void
bmn_lift_cell_add_faded (BmnLiftCell *cell, double lift, double at)
{
  double factor = cell->faded_n > 0 ? fading (cell, at) : 0;
  cell->faded_n = (float)(cell->faded_n * factor + 1);
  cell->faded_sum = (float)(cell->faded_sum * factor + lift);
  cell->faded_at = at;
}

double
bmn_lift_cell_mean (const BmnLiftCell *cell, double doubt)
{
  return cell ? cell->sum / (cell->n + doubt) : 0;
}

double
bmn_lift_cell_faded_mean (const BmnLiftCell *cell, double doubt, double now, double *n)
{
  *n = 0;
  if (!cell || cell->faded_n <= 0)
    return 0;
  double factor = fading (cell, now);
  *n = cell->faded_n * factor;
  return cell->faded_sum * factor / (*n + doubt);
}

/* How many bytes a saved cell takes. */
#define MIN_CELL_BYTES 30

void
bmn_lift_table_save (const BmnLiftTable *table, BmnStateWriter *writer)
{
  g_autofree guint64 *keys = bmn_key_map_list (&table->places);
  bmn_state_put_uint (writer, table->cells->len);
  for (guint i = 0; i < table->cells->len; i++)
    {
      const BmnLiftCell *cell = &g_array_index (table->cells, BmnLiftCell, i);
      bmn_state_put_uint (writer, keys[i]);
      bmn_state_put_uint (writer, cell->n);
      bmn_state_put_float (writer, cell->sum);
      bmn_state_put_float (writer, cell->faded_n);
      bmn_state_put_float (writer, cell->faded_sum);
      bmn_state_put_double (writer, cell->faded_at);
      bmn_state_put_float (writer, cell->weight);
      bmn_state_put_float (writer, cell->square);
    }
}

void
bmn_lift_table_load (BmnLiftTable *table, BmnStateReader *reader)
{
  guint n = bmn_state_get_count (reader, MIN_CELL_BYTES);
  for (guint i = 0; i < n && !reader->failed; i++)
    {
      guint64 key = bmn_state_get_uint (reader, G_MAXUINT64);
      if (key == 0 || bmn_lift_table_ensure (table, key) != i)
        {
          bmn_state_fail (reader);
          return;
        }
      BmnLiftCell *cell = bmn_lift_table_get (table, i);
      cell->n = (guint32)bmn_state_get_uint (reader, G_MAXINT);
      cell->sum = bmn_state_get_float (reader);
      cell->faded_n = bmn_state_get_float (reader);
      cell->faded_sum = bmn_state_get_float (reader);
      cell->faded_at = bmn_state_get_double (reader);
      cell->weight = bmn_state_get_float (reader);
      cell->square = bmn_state_get_float (reader);
    }
}
