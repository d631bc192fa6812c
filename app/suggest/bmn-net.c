#include "bmn-net-private.h"

#include <string.h>

/* Hidden units are summed in blocks of vectors that stay in registers. */
#define LANES 4
#define VECTORS 4
#define BLOCK (VECTORS * LANES)

typedef float Lanes __attribute__ ((vector_size (LANES * sizeof (float))));

BmnNet *
bmn_net_new (guint n_inputs, guint n_hidden)
{
  g_return_val_if_fail (n_hidden <= BMN_NET_MAX_HIDDEN, NULL);
  BmnNet *net = g_new0 (BmnNet, 1);
  net->n_inputs = n_inputs;
  net->n_hidden = n_hidden;
  net->stride = (n_hidden + BLOCK - 1) / BLOCK * BLOCK;
  net->hidden = g_new0 (float, (gsize)n_inputs * net->stride);
  net->hidden_bias = g_new0 (float, net->stride);
  net->output = g_new0 (float, net->stride);
  net->direct = g_new0 (float, n_inputs);
  return net;
}

void
bmn_net_free (BmnNet *net)
{
  g_free (net->hidden);
  g_free (net->hidden_bias);
  g_free (net->output);
  g_free (net->direct);
  g_free (net);
}

static inline Lanes
load (const float *values)
{
  Lanes lanes;
  memcpy (&lanes, values, sizeof lanes);
  return lanes;
}

/* What the hidden units from @first on add to the result. */
static float
evaluate_block (const BmnNet *net, const float *inputs, guint first)
{
  const float *bias = net->hidden_bias + first, *output = net->output + first;
  Lanes a = load (bias), b = load (bias + LANES);
  Lanes c = load (bias + 2 * LANES), d = load (bias + 3 * LANES);
  const float *row = net->hidden + first;
  for (guint i = 0; i < net->n_inputs; i++, row += net->stride)
    {
      float x = inputs[i];
      a += x * load (row);
      b += x * load (row + LANES);
      c += x * load (row + 2 * LANES);
      d += x * load (row + 3 * LANES);
    }
  const Lanes sums[VECTORS] = { a, b, c, d };
  float result = 0;
  for (guint i = 0; i < BLOCK; i++)
    result += output[i] * MAX (0, sums[i / LANES][i % LANES]);
  return result;
}

double
bmn_net_evaluate (const BmnNet *net, const float *inputs)
{
  float result = net->bias;
  for (guint first = 0; first < net->stride; first += BLOCK)
    result += evaluate_block (net, inputs, first);
  for (guint i = 0; i < net->n_inputs; i++)
    result += inputs[i] * net->direct[i];
  return result;
}
