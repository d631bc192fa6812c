#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnImportChoice: a row with a list of values and their names, of which one is chosen. A value
 * that is shown and is not in the list joins it under its own name.
 *
 * Signals:
 *
 * BmnImportChoice::chosen (): the user chose another one.
 */

#define BMN_TYPE_IMPORT_CHOICE (bmn_import_choice_get_type ())
G_DECLARE_FINAL_TYPE (BmnImportChoice, bmn_import_choice, BMN, IMPORT_CHOICE, AdwComboRow)

/* Returns: (transfer floating): a row without values */
GtkWidget *bmn_import_choice_new (const char *title);

/* @name: as it is shown */
void bmn_import_choice_add (BmnImportChoice *self, const char *value, const char *name);

/* Shows a value; tells nobody. */
void bmn_import_choice_set_value (BmnImportChoice *self, const char *value);
/* Returns: (transfer none) (nullable): the value that is shown */
const char *bmn_import_choice_get_value (BmnImportChoice *self);

G_END_DECLS
