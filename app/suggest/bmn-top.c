#include "bmn-top-private.h"

void
bmn_top_init (BmnTop *top, guint capacity)
{
  g_return_if_fail (capacity > 0 && capacity <= BMN_TOP_MAX);
  top->capacity = capacity;
  top->n = 0;
}

/* Moves the entry at @place forward to where its value belongs. */
static void
sift (BmnTop *top, guint place)
{
  guint id = top->ids[place];
  double value = top->values[place];
  while (place > 0 && top->values[place - 1] < value)
    {
      top->ids[place] = top->ids[place - 1];
      top->values[place] = top->values[place - 1];
      place--;
    }
  top->ids[place] = id;
  top->values[place] = value;
}

void
bmn_top_add (BmnTop *top, guint id, double value)
{
  if (top->n == top->capacity)
    {
      if (value <= top->values[top->n - 1])
        return;
      top->n--;
    }
  top->ids[top->n] = id;
  top->values[top->n] = value;
  sift (top, top->n++);
}

void
bmn_top_raise (BmnTop *top, guint id, double value)
{
  for (guint i = 0; i < top->n; i++)
    {
      if (top->ids[i] != id)
        continue;
      top->values[i] = value;
      sift (top, i);
      return;
    }
  bmn_top_add (top, id, value);
}

void
bmn_top_save (const BmnTop *top, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, top->n);
  bmn_state_put_uints (writer, top->ids, top->n);
  bmn_state_put_doubles (writer, top->values, top->n);
}

void
bmn_top_load (BmnTop *top, BmnStateReader *reader, guint n_ids)
{
  top->n = (guint)bmn_state_get_uint (reader, MIN (top->capacity, n_ids));
  bmn_state_get_uints (reader, top->ids, top->n, MAX (n_ids, 1) - 1);
  bmn_state_get_doubles (reader, top->values, top->n);
}
