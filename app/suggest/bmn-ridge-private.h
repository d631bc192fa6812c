#pragma once

#include "bmn-state-private.h"
#include <glib.h>

G_BEGIN_DECLS

/*
 * BmnRidge: recursive ridge regression. Old examples fade, the pull towards the prior does
 * not, so that an account with few or old posts stays with what is known of all.
 */
typedef struct
{
  guint n;
  double fade;     /* what an older example weighs after each new one */
  double pull;     /* strength of the prior that each new example brings along */
  double *prior;   /* (owned) */
  double *moments; /* (owned): Σ x·xᵀ and the prior's strength, lower triangle by rows */
  double *targets; /* (owned): Σ x·y likewise */
  double *weights; /* (owned): the solution, maybe some examples old */
  double *factor;  /* (owned): scratch */
  guint n_examples;
  guint n_unsolved; /* examples since the solution */
} BmnRidge;

/* @strength: how many examples the prior counts as at the start */
void bmn_ridge_init (
    BmnRidge *ridge, guint n, const double *prior, double strength, double fade, double pull);
void bmn_ridge_clear (BmnRidge *ridge);

double bmn_ridge_predict (const BmnRidge *ridge, const double *x);

/* Learns that @x gave @y. */
void bmn_ridge_learn (BmnRidge *ridge, const double *x, double y);

void bmn_ridge_save (const BmnRidge *ridge, BmnStateWriter *writer);

/* Fills a fresh @ridge of the same size and prior. */
void bmn_ridge_load (BmnRidge *ridge, BmnStateReader *reader);

G_END_DECLS
