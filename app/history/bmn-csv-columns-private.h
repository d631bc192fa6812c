#pragma once

#include "bmn-import-plan.h"

G_BEGIN_DECLS

/**
 * bmn_csv_columns_find_out:
 * @rows: (element-type GStrv): the first rows of the table; at least one
 * @plan: (inout): gets its columns, and whether the first row names them
 *
 * Finds out what the columns hold: what the plan wishes, else by their names, else by what is
 * in them.
 *
 * Returns: %FALSE with %BMN_ERROR_NOT_FOUND: a wish for a column that there is not
 */
gboolean bmn_csv_columns_find_out (GPtrArray *rows, BmnImportPlan *plan, GError **error);

/* Returns: (transfer full) (element-type utf8): the dates in @rows, as an importer reads them */
GPtrArray *
bmn_csv_columns_list_dates (GPtrArray *rows, const BmnImportPlan *plan) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
