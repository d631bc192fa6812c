#include "bmn-ridge-private.h"

#include <math.h>
#include <string.h>

/* With many examples one more hardly moves the solution, which costs n³: it is found again
 * after every example at first, later after each 256th part more of them. */
#define SOLVE_SHARE 256
#define MAX_UNSOLVED 32

void
bmn_ridge_init (
    BmnRidge *ridge, guint n, const double *prior, double strength, double fade, double pull)
{
  *ridge = (BmnRidge){ .n = n, .fade = fade, .pull = pull };
  ridge->prior = g_memdup2 (prior, n * sizeof (double));
  ridge->weights = g_memdup2 (prior, n * sizeof (double));
  ridge->moments = g_new0 (double, n *n);
  ridge->factor = g_new0 (double, n *n);
  ridge->targets = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      ridge->moments[i * n + i] = strength;
      ridge->targets[i] = strength * prior[i];
    }
}

void
bmn_ridge_clear (BmnRidge *ridge)
{
  g_clear_pointer (&ridge->prior, g_free);
  g_clear_pointer (&ridge->moments, g_free);
  g_clear_pointer (&ridge->targets, g_free);
  g_clear_pointer (&ridge->weights, g_free);
  g_clear_pointer (&ridge->factor, g_free);
}

double
bmn_ridge_predict (const BmnRidge *ridge, const double *x)
{
  double sum = 0;
  for (guint i = 0; i < ridge->n; i++)
    sum += x[i] * ridge->weights[i];
  return sum;
}

/* Cholesky, column by column: the inner loops run along rows of Lᵀ. */
static void
factorise (BmnRidge *ridge)
{
  guint n = ridge->n;
  double *upper = ridge->factor;
  for (guint i = 0; i < n; i++)
    for (guint j = i; j < n; j++)
      upper[i * n + j] = ridge->moments[j * n + i];
  for (guint k = 0; k < n; k++)
    {
      double *row = upper + k * n;
      double scale = 1 / sqrt (row[k]);
      for (guint j = k; j < n; j++)
        row[j] *= scale;
      for (guint i = k + 1; i < n; i++)
        {
          double *below = upper + i * n;
          double factor = row[i];
          for (guint j = i; j < n; j++)
            below[j] -= factor * row[j];
        }
    }
}

static void
solve (BmnRidge *ridge)
{
  guint n = ridge->n;
  const double *upper = ridge->factor;
  double *w = ridge->weights;
  factorise (ridge);
  memcpy (w, ridge->targets, n * sizeof (double));
  for (guint i = 0; i < n; i++)
    {
      w[i] /= upper[i * n + i];
      for (guint j = i + 1; j < n; j++)
        w[j] -= upper[i * n + j] * w[i];
    }
  for (guint i = n; i-- > 0;)
    {
      for (guint j = i + 1; j < n; j++)
        w[i] -= upper[i * n + j] * w[j];
      w[i] /= upper[i * n + i];
    }
  ridge->n_unsolved = 0;
}

void
bmn_ridge_learn (BmnRidge *ridge, const double *x, double y)
{
  guint n = ridge->n;
  for (guint i = 0; i < n; i++)
    {
      double *row = ridge->moments + i * n;
      for (guint j = 0; j <= i; j++)
        row[j] = row[j] * ridge->fade + x[i] * x[j];
      row[i] += ridge->pull;
      ridge->targets[i]
          = ridge->targets[i] * ridge->fade + x[i] * y + ridge->pull * ridge->prior[i];
    }
  ridge->n_examples++;
  ridge->n_unsolved++;
  if (ridge->n_unsolved >= MIN (MAX_UNSOLVED, 1 + ridge->n_examples / SOLVE_SHARE))
    solve (ridge);
}

void
bmn_ridge_save (const BmnRidge *ridge, BmnStateWriter *writer)
{
  for (guint i = 0; i < ridge->n; i++)
    bmn_state_put_doubles (writer, ridge->moments + i * ridge->n, i + 1);
  bmn_state_put_doubles (writer, ridge->targets, ridge->n);
  bmn_state_put_doubles (writer, ridge->weights, ridge->n);
  bmn_state_put_uint (writer, ridge->n_examples);
  bmn_state_put_uint (writer, ridge->n_unsolved);
}

void
bmn_ridge_load (BmnRidge *ridge, BmnStateReader *reader)
{
  for (guint i = 0; i < ridge->n; i++)
    bmn_state_get_doubles (reader, ridge->moments + i * ridge->n, i + 1);
  bmn_state_get_doubles (reader, ridge->targets, ridge->n);
  bmn_state_get_doubles (reader, ridge->weights, ridge->n);
  ridge->n_examples = (guint)bmn_state_get_uint (reader, G_MAXINT);
  ridge->n_unsolved = (guint)bmn_state_get_uint (reader, MAX_UNSOLVED);
}
