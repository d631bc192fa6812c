#include "bmn-fragments-private.h"
#include "bmn-key-map-private.h"

#include <math.h>
#include <string.h>

#define LENGTH 4
#define N_PLACES (1 << 18)
#define RATE 0.08
#define SHRINK 0.01

void
bmn_fragments_init (BmnFragments *fragments)
{
  fragments->weights = g_new0 (float, N_PLACES);
  fragments->squares = g_new (float, N_PLACES);
  for (guint i = 0; i < N_PLACES; i++)
    fragments->squares[i] = 1;
}

void
bmn_fragments_clear (BmnFragments *fragments)
{
  g_clear_pointer (&fragments->weights, g_free);
  g_clear_pointer (&fragments->squares, g_free);
}

GArray *
bmn_fragments_of (const char *lower)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (guint), 160);
  g_autofree char *padded = g_strconcat (" ", lower, " ", NULL);
  const char *end = padded;
  for (guint i = 0; i < LENGTH && *end; i++)
    end = g_utf8_next_char (end);
  if (g_utf8_strlen (padded, end - padded) < LENGTH)
    return places;
  for (const char *start = padded;; start = g_utf8_next_char (start), end = g_utf8_next_char (end))
    {
      guint64 hash = bmn_hash_bytes (start, end - start);
      guint place = (guint)(hash ^ (hash >> 32)) & (N_PLACES - 1);
      g_array_append_val (places, place);
      if (!*end)
        break;
    }
  return places;
}

double
bmn_fragments_predict (const BmnFragments *fragments, const GArray *places)
{
  double sum = 0;
  for (guint i = 0; i < places->len; i++)
    sum += fragments->weights[g_array_index (places, guint, i)];
  return sum;
}

void
bmn_fragments_learn (BmnFragments *fragments, const GArray *places, double lift)
{
  double error = bmn_fragments_predict (fragments, places) - lift;
  double share = error / sqrt (places->len + 1);
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      double gradient = share + SHRINK * fragments->weights[place];
      fragments->squares[place] += (float)(gradient * gradient);
      fragments->weights[place] -= (float)(RATE * gradient / sqrt (fragments->squares[place]));
    }
}
