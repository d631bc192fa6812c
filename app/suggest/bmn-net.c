#include "bmn-net-private.h"

#include <string.h>

/* Hidden units are summed in blocks of vectors that stay in registers. */
#define LANES 8
#define BLOCK (2 * LANES)

typedef float Lanes __attribute__ ((vector_size (LANES * sizeof (float))));

/* The wide form runs where the processor has it. Each lane adds up in the same order in both,
 * so they give the same bits. */
#if defined(__x86_64__) && defined(__GLIBC__)
#define FOR_WIDE_VECTORS __attribute__ ((target_clones ("avx2", "default")))
#else
#define FOR_WIDE_VECTORS
#endif

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

/* What the hidden units from @first on add to the result. */
FOR_WIDE_VECTORS static float
evaluate_block (const BmnNet *net, const float *inputs, guint first)
{
  const float *bias = net->hidden_bias + first, *output = net->output + first;
  const float *row = net->hidden + first;
  Lanes a, b, x, y;
  memcpy (&a, bias, sizeof a);
  memcpy (&b, bias + LANES, sizeof b);
  for (guint i = 0; i < net->n_inputs; i++, row += net->stride)
    {
      memcpy (&x, row, sizeof x);
      memcpy (&y, row + LANES, sizeof y);
      a += inputs[i] * x;
      b += inputs[i] * y;
    }
  float sums[BLOCK], result = 0;
  memcpy (sums, &a, sizeof a);
  memcpy (sums + LANES, &b, sizeof b);
  for (guint i = 0; i < BLOCK; i++)
    result += output[i] * MAX (0, sums[i]);
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
