#pragma once

#include "bmn-state-private.h"
#include <glib.h>

G_BEGIN_DECLS

/* Room for the largest of the short lists below. */
#define BMN_TOP_MAX 64

/*
 * BmnTop: the best few of many values, best first; of equal ones the earlier added stays
 * in front.
 */
typedef struct
{
  guint capacity;
  guint n;
  guint ids[BMN_TOP_MAX];
  double values[BMN_TOP_MAX];
} BmnTop;

void bmn_top_init (BmnTop *top, guint capacity);

/* Takes @id in where @value is among the best. */
void bmn_top_add (BmnTop *top, guint id, double value);

/* Sets the value of @id, which may be in the list already and never falls. */
void bmn_top_raise (BmnTop *top, guint id, double value);

void bmn_top_save (const BmnTop *top, BmnStateWriter *writer);

/* Fills a fresh @top, whose ids are below @n_ids. */
void bmn_top_load (BmnTop *top, BmnStateReader *reader, guint n_ids);

G_END_DECLS
