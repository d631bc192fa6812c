#pragma once

#include "bmn-lift-features-private.h"
#include "bmn-net-private.h"
#include "bmn-tag-features-private.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Inputs of the tag net: each feature by itself, some also against the best of the list. */
#define BMN_N_TAG_INPUTS (BMN_N_TAG_FEATURES + BMN_N_RELATIVE_TAG_FEATURES)

/* The sizes of the hidden layers of the nets that ship. */
#define BMN_N_TAG_HIDDEN 32
#define BMN_N_LIFT_HIDDEN 24

/* How the chance of a tag follows from its place in the list: see bmn-tag-ranker.c. */
#define BMN_N_CHANCE_WEIGHTS 4

/*
 * BmnWeights: what was learnt across accounts and ships with the program; every account
 * starts from it. Made by data/engine/train.py.
 */
typedef struct
{
  guint64 fingerprint; /* of the text: what was learnt from other weights is another state */
  double tag_mean[BMN_N_TAG_FEATURES];
  double tag_deviation[BMN_N_TAG_FEATURES];
  double tag_relative_deviation[BMN_N_RELATIVE_TAG_FEATURES];
  BmnNet *tag_net; /* (owned) */
  double tag_chance[BMN_N_CHANCE_WEIGHTS];
  double lift_mean[BMN_N_LIFT_FEATURES];
  double lift_deviation[BMN_N_LIFT_FEATURES];
  double lift_linear[BMN_N_LIFT_FEATURES];
  BmnNet *lift_net; /* (owned) */
} BmnWeights;

/**
 * bmn_weights_parse:
 * @text: (array length=length): lines of a name and its values; `#` starts a comment
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_DAMAGED where a name is missing, has the
 *   wrong number of values, or the features are not those of this program
 */
BmnWeights *
bmn_weights_parse (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): the weights built into the program */
BmnWeights *bmn_weights_new_shipped (void) G_GNUC_WARN_UNUSED_RESULT;

BmnWeights *bmn_weights_ref (BmnWeights *weights);
void bmn_weights_unref (BmnWeights *weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnWeights, bmn_weights_unref)

G_END_DECLS
