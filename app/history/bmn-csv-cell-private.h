#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Texts in tables that spreadsheet programs open. They run what begins with one of `= + - @`,
 * wide forms included, or with a tab or a line's end as a formula (OWASP, "CSV Injection"); an
 * apostrophe before it keeps it a text. One that is there already gets another one, so that
 * exactly one can be taken away.
 */

/* Returns: whether @text is to be written with an apostrophe before it */
gboolean bmn_csv_cell_needs_apostrophe (const char *text);

/* Returns: (transfer none): @cell without the apostrophe that keeps it from being a formula */
const char *bmn_csv_cell_get_text (const char *cell);

G_END_DECLS
