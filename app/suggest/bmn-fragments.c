#include "bmn-fragments-private.h"
#include "bmn-scan-private.h"

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

/* Mixes four letters into a place. */
static guint
place_of (const gunichar *letters)
{
  guint64 hash = 0;
  for (guint i = 0; i < LENGTH; i++)
    hash = hash * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + letters[i];
  return (guint)((hash * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9)) >> 46) & (N_PLACES - 1);
}

GArray *
bmn_fragments_of (const char *lower)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_set_size (places, (guint)strlen (lower) + 1);
  guint *found = (guint *)places->data, n_found = 0;
  gunichar letters[LENGTH] = { ' ' };
  guint n = 1;
  /* A blank stands on both sides, so that first and last letters make groups of their own. */
  for (const char *p = lower;; p = g_utf8_next_char (p))
    {
      gunichar letter = *p ? bmn_scan_peek (p) : ' ';
      if (n == LENGTH)
        {
          memmove (letters, letters + 1, (LENGTH - 1) * sizeof (gunichar));
          n--;
        }
      letters[n++] = letter;
      if (n == LENGTH)
        found[n_found++] = place_of (letters);
      if (!*p)
        break;
    }
  g_array_set_size (places, n_found);
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

/* Only the places that something was learnt for. */
void
bmn_fragments_save (const BmnFragments *fragments, BmnStateWriter *writer)
{
  guint n = 0, next = 0;
  for (guint i = 0; i < N_PLACES; i++)
    n += fragments->squares[i] != 1 || fragments->weights[i] != 0;
  bmn_state_put_uint (writer, n);
  for (guint i = 0; i < N_PLACES; i++)
    {
      if (fragments->squares[i] == 1 && fragments->weights[i] == 0)
        continue;
      bmn_state_put_uint (writer, i - next);
      bmn_state_put_float (writer, fragments->weights[i]);
      bmn_state_put_float (writer, fragments->squares[i]);
      next = i + 1;
    }
}

void
bmn_fragments_load (BmnFragments *fragments, BmnStateReader *reader)
{
  guint n = (guint)bmn_state_get_uint (reader, N_PLACES), next = 0;
  for (guint i = 0; i < n && !reader->failed; i++)
    {
      guint place = next + (guint)bmn_state_get_uint (reader, N_PLACES);
      if (place >= N_PLACES)
        {
          bmn_state_fail (reader);
          return;
        }
      fragments->weights[place] = bmn_state_get_float (reader);
      fragments->squares[place] = bmn_state_get_float (reader);
      next = place + 1;
    }
}
