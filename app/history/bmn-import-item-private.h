#pragma once

#include "bmn-history.h"

G_BEGIN_DECLS

/**
 * BmnImportItem:
 * @row: see #BmnImportBadRow
 * @post: (nullable): what the row says; %NULL where it is bad
 * @readings: (nullable) (element-type BmnMetricSnapshot): counts at several times, by time;
 *   %NULL where the post's own are all there is
 * @problem: (nullable): why the row is bad
 *
 * One row of what is being imported.
 */
typedef struct
{
  gint64 row;
  BmnHistoryPost *post; /* (owned) (nullable) */
  GArray *readings;     /* (owned) (nullable) */
  char *problem;        /* (owned) (nullable) */
} BmnImportItem;

void bmn_import_item_free (BmnImportItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnImportItem, bmn_import_item_free)

G_END_DECLS
