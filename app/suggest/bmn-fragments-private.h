#pragma once

#include "bmn-state-private.h"
#include <glib.h>

G_BEGIN_DECLS

/*
 * BmnFragments: a linear model of lift over the groups of four letters of a text, learnt
 * post by post (AdaGrad). It sees what words do not: endings, emoji, parts of long words.
 */
typedef struct
{
  float *weights; /* (owned) */
  float *squares; /* (owned) */
} BmnFragments;

void bmn_fragments_init (BmnFragments *fragments);
void bmn_fragments_clear (BmnFragments *fragments);

/* Returns: (transfer full) (element-type guint): the places of the groups of @lower, a text
 *   in lower case without links; one that it repeats stands there again */
GArray *bmn_fragments_of (const char *lower) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: the lift that the groups add up to */
double bmn_fragments_predict (const BmnFragments *fragments, const GArray *places);

void bmn_fragments_learn (BmnFragments *fragments, const GArray *places, double lift);

void bmn_fragments_save (const BmnFragments *fragments, BmnStateWriter *writer);

/* Fills fresh @fragments. */
void bmn_fragments_load (BmnFragments *fragments, BmnStateReader *reader);

G_END_DECLS
