#pragma once

#include "bmn-import-report.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnImportOutcome: what a file brings, or brought: counts, the first posts, and the rows that
 * cannot be used, with their lines and why. */

#define BMN_TYPE_IMPORT_OUTCOME (bmn_import_outcome_get_type ())
G_DECLARE_FINAL_TYPE (BmnImportOutcome, bmn_import_outcome, BMN, IMPORT_OUTCOME, GtkBox)

/* @with_samples: also the first posts, as they come in */
void bmn_import_outcome_set_report (BmnImportOutcome *self,
                                    const BmnImportReport *report,
                                    gboolean with_samples);

G_END_DECLS
