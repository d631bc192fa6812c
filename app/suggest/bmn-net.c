#include "bmn-net-private.h"

BmnNet *
bmn_net_new (guint n_inputs, guint n_hidden)
{
  g_return_val_if_fail (n_hidden <= BMN_NET_MAX_HIDDEN, NULL);
  BmnNet *net = g_new0 (BmnNet, 1);
  net->n_inputs = n_inputs;
  net->n_hidden = n_hidden;
  net->hidden = g_new0 (float, n_inputs *n_hidden);
  net->hidden_bias = g_new0 (float, n_hidden);
  net->output = g_new0 (float, n_hidden);
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

double
bmn_net_evaluate (const BmnNet *net, const float *inputs)
{
  float sums[BMN_NET_MAX_HIDDEN];
  float result = net->bias;
  for (guint h = 0; h < net->n_hidden; h++)
    sums[h] = net->hidden_bias[h];
  for (guint i = 0; i < net->n_inputs; i++)
    {
      /* The inner loop runs over neighbours in memory, which compilers turn into vectors. */
      const float *row = net->hidden + i * net->n_hidden;
      float x = inputs[i];
      for (guint h = 0; h < net->n_hidden; h++)
        sums[h] += x * row[h];
      result += x * net->direct[i];
    }
  for (guint h = 0; h < net->n_hidden; h++)
    result += net->output[h] * (sums[h] > 0 ? sums[h] : 0);
  return result;
}
