#pragma once

#include "bmn-state-private.h"
#include "bmn-key-map-private.h"

G_BEGIN_DECLS

/* What the posts with one thing (a word, a hashtag, a shape) did. */
typedef struct
{
  guint32 n;
  float sum;       /* of their lifts */
  float faded_n;   /* each post halved every 90 days, as at @faded_at */
  float faded_sum; /* likewise */
  double faded_at; /* seconds */
  float weight;    /* of a linear model over all things of a post, learnt post by post */
  float square;    /* AdaGrad's sum for it */
} BmnLiftCell;

/* BmnLiftTable: the lifts by key. */
typedef struct
{
  BmnKeyMap places;
  GArray *cells; /* (owned) (element-type BmnLiftCell) */
} BmnLiftTable;

void bmn_lift_table_init (BmnLiftTable *table);
void bmn_lift_table_clear (BmnLiftTable *table);

/* Returns: (nullable): what is known of @key */
const BmnLiftCell *bmn_lift_table_lookup (const BmnLiftTable *table, guint64 key);

/* Returns: the place of the cell of @key, which is made where there is none */
guint bmn_lift_table_ensure (BmnLiftTable *table, guint64 key);

static inline BmnLiftCell *
bmn_lift_table_get (BmnLiftTable *table, guint place)
{
  return &g_array_index (table->cells, BmnLiftCell, place);
}

void bmn_lift_cell_add (BmnLiftCell *cell, double lift);
void bmn_lift_cell_add_faded (BmnLiftCell *cell, double lift, double at);

/* Returns: the mean lift as if @doubt more posts had none; 0 for no cell */
double bmn_lift_cell_mean (const BmnLiftCell *cell, double doubt);

/* Returns: likewise of the faded sums; @n: (out): how much they weigh at @now */
double bmn_lift_cell_faded_mean (const BmnLiftCell *cell, double doubt, double now, double *n);

void bmn_lift_table_save (const BmnLiftTable *table, BmnStateWriter *writer);

/* Fills an empty @table. */
void bmn_lift_table_load (BmnLiftTable *table, BmnStateReader *reader);

G_END_DECLS
