#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * BmnNet: a small net, inputs to a hidden layer of rectified units to one number, with a
 * linear way past the hidden layer: f (x) = Σ v·max (0, x·W + b) + u·x + c.
 */
typedef struct
{
  guint n_inputs;
  guint n_hidden;
  guint stride;       /* of a row of W: n_hidden rounded up, the rest is 0 */
  float *hidden;      /* (owned): W, a row for each input */
  float *hidden_bias; /* (owned): b */
  float *output;      /* (owned): v */
  float *direct;      /* (owned): u */
  float bias;         /* c */
} BmnNet;

#define BMN_NET_MAX_HIDDEN 64

BmnNet *bmn_net_new (guint n_inputs, guint n_hidden) G_GNUC_WARN_UNUSED_RESULT;
void bmn_net_free (BmnNet *net);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnNet, bmn_net_free)

double bmn_net_evaluate (const BmnNet *net, const float *inputs);

G_END_DECLS
