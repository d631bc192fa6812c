#include "bmn-interval-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A little more than 80 %: the shortest stretch of the past is a little too short for the
 * future. Measured over the accounts that the weights were fitted on. */
#define LEVEL 0.805

/* The stretch is the mean of this part of all stretches, the shortest ones: the very
 * shortest jumps about. */
#define SHORTEST_PART 6

/* The place of the first sorted error that is not below @error. */
static guint
find_place (const BmnInterval *interval, double error)
{
  guint low = 0, high = interval->n;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (interval->sorted[middle] < error)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
bmn_interval_add (BmnInterval *interval, double error)
{
  double *sorted = interval->sorted;
  if (interval->n == BMN_INTERVAL_ERRORS)
    {
      guint old = find_place (interval, interval->errors[interval->next]);
      interval->n--;
      memmove (sorted + old, sorted + old + 1, (interval->n - old) * sizeof (double));
    }
  guint place = find_place (interval, error);
  memmove (sorted + place + 1, sorted + place, (interval->n - place) * sizeof (double));
  sorted[place] = error;
  interval->n++;
  interval->errors[interval->next] = error;
  interval->next = (interval->next + 1) % BMN_INTERVAL_ERRORS;
}

typedef struct
{
  double width;
  guint start;
} Stretch;

static int
compare_stretches (const void *a, const void *b)
{
  const Stretch *x = a, *y = b;
  if (x->width != y->width)
    return x->width > y->width ? 1 : -1;
  return (x->start > y->start) - (x->start < y->start);
}

gboolean
bmn_interval_get (const BmnInterval *interval, double *low, double *high)
{
  guint n = interval->n;
  if (n < BMN_INTERVAL_MIN_ERRORS)
    return FALSE;
  const double *sorted = interval->sorted;
  guint reach = MIN (n - 1, (guint)ceil (LEVEL * (n + 1)));
  guint n_stretches = n - reach;
  Stretch stretches[BMN_INTERVAL_ERRORS];
  for (guint i = 0; i < n_stretches; i++)
    stretches[i] = (Stretch){ sorted[i + reach] - sorted[i], i };
  qsort (stretches, n_stretches, sizeof (Stretch), compare_stretches);
  guint n_shortest = MAX (1, n_stretches / SHORTEST_PART);
  double start = 0;
  for (guint i = 0; i < n_shortest; i++)
    start += stretches[i].start;
  guint from = (guint)lround (start / n_shortest);
  *low = sorted[from];
  *high = sorted[from + reach];
  return TRUE;
}

/* Oldest first, so that they are added again in their order. */
void
bmn_interval_save (const BmnInterval *interval, BmnStateWriter *writer)
{
  guint oldest = interval->n == BMN_INTERVAL_ERRORS ? interval->next : 0;
  bmn_state_put_uint (writer, interval->n);
  for (guint i = 0; i < interval->n; i++)
    bmn_state_put_double (writer, interval->errors[(oldest + i) % BMN_INTERVAL_ERRORS]);
}

void
bmn_interval_load (BmnInterval *interval, BmnStateReader *reader)
{
  guint n = (guint)bmn_state_get_uint (reader, BMN_INTERVAL_ERRORS);
  for (guint i = 0; i < n; i++)
    bmn_interval_add (interval, bmn_state_get_double (reader));
}
