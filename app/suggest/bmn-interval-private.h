#pragma once

#include "bmn-state-private.h"
#include <glib.h>

G_BEGIN_DECLS

/* How many of the last errors an interval rests on, and how many it needs. */
#define BMN_INTERVAL_ERRORS 300
#define BMN_INTERVAL_MIN_ERRORS 50

/*
 * BmnInterval: the account's own last forecast errors, each divided by the spread expected
 * of it. The shortest stretch that held 80 % of them is where the next is expected
 * (split conformal prediction over a moving window).
 */
typedef struct
{
  double errors[BMN_INTERVAL_ERRORS];
  double sorted[BMN_INTERVAL_ERRORS]; /* the same in order */
  guint n;
  guint next; /* place of the oldest, once full */
} BmnInterval;

void bmn_interval_add (BmnInterval *interval, double error);

/* Returns: whether there are errors enough; @low, @high: (out): of the scaled error */
gboolean bmn_interval_get (const BmnInterval *interval, double *low, double *high);

void bmn_interval_save (const BmnInterval *interval, BmnStateWriter *writer);

/* Fills a fresh @interval. */
void bmn_interval_load (BmnInterval *interval, BmnStateReader *reader);

G_END_DECLS
