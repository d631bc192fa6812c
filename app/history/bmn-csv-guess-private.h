#pragma once

#include "bmn-account.h"
#include "bmn-import-plan.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * bmn_csv_guess:
 * @plan: (inout): what is not known of it is found out from the head of the table
 *
 * Finds out encoding, separator, columns, what they hold, how dates are written and in which
 * zone: what the plan says already, and what it wishes of columns, stays. Blocks.
 *
 * Returns: %FALSE with %BMN_ERROR_NOT_FOUND or %BMN_ERROR_INVALID: what is no text, a wish for
 *   a column that there is not
 */
gboolean
bmn_csv_guess (const char *path, const BmnAccount *account, BmnImportPlan *plan, GError **error);

G_END_DECLS
