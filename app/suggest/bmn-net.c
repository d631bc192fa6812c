#include "bmn-net-private.h"

#include <string.h>

/* Hidden units are summed in blocks of a fixed size, so that compilers keep the sums in
 * vector registers; what a large block leaves over goes through small ones. */
#define LARGE_BLOCK 32
#define SMALL_BLOCK 8

BmnNet *
bmn_net_new (guint n_inputs, guint n_hidden)
{
  g_return_val_if_fail (n_hidden <= BMN_NET_MAX_HIDDEN, NULL);
  BmnNet *net = g_new0 (BmnNet, 1);
  net->n_inputs = n_inputs;
  net->n_hidden = n_hidden;
  net->stride = (n_hidden + SMALL_BLOCK - 1) / SMALL_BLOCK * SMALL_BLOCK;
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

/* Adds inputs · W to the units from @first on; @size is a constant where this is inlined. */
static inline void
sum_block (const BmnNet *net, const float *inputs, guint first, guint size, float *sums)
{
  float block[LARGE_BLOCK];
  for (guint h = 0; h < size; h++)
    block[h] = net->hidden_bias[first + h];
  for (guint i = 0; i < net->n_inputs; i++)
    {
      const float *row = net->hidden + (gsize)i * net->stride + first;
      for (guint h = 0; h < size; h++)
        block[h] += inputs[i] * row[h];
    }
  for (guint h = 0; h < size; h++)
    sums[first + h] = block[h] > 0 ? block[h] : 0;
}

double
bmn_net_evaluate (const BmnNet *net, const float *inputs, float *active)
{
  float sums[BMN_NET_MAX_HIDDEN];
  float result = net->bias;
  guint first = 0;
  for (; first + LARGE_BLOCK <= net->stride; first += LARGE_BLOCK)
    sum_block (net, inputs, first, LARGE_BLOCK, sums);
  for (; first < net->stride; first += SMALL_BLOCK)
    sum_block (net, inputs, first, SMALL_BLOCK, sums);
  for (guint i = 0; i < net->n_inputs; i++)
    result += inputs[i] * net->direct[i];
  for (guint h = 0; h < net->n_hidden; h++)
    result += net->output[h] * sums[h];
  if (active)
    memcpy (active, sums, net->n_hidden * sizeof (float));
  return result;
}
