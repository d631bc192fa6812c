#pragma once

#include "bmn-import-plan.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnImportMapper: how a table is read: what its columns hold, its separator, encoding, dates and
 * zone, as they were found out; the user may change all of it.
 *
 * Signals:
 *
 * BmnImportMapper::changed (): the user changed something; see bmn_import_mapper_get_wishes().
 */

#define BMN_TYPE_IMPORT_MAPPER (bmn_import_mapper_get_type ())
G_DECLARE_FINAL_TYPE (BmnImportMapper, bmn_import_mapper, BMN, IMPORT_MAPPER, GtkBox)

/* Shows what was found out of a table. */
void bmn_import_mapper_set_plan (BmnImportMapper *self, const BmnImportPlan *plan);

/* Forgets what the user said, as for another file. */
void bmn_import_mapper_clear (BmnImportMapper *self);

/* Returns: (transfer full): what the user said; all else is to be guessed */
BmnImportPlan *bmn_import_mapper_get_wishes (BmnImportMapper *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
