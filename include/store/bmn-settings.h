#pragma once

#include "bmn-store.h"

G_BEGIN_DECLS

/* The program's own settings, by name. All of these run inside a transaction. */

/* Sets @value to the setting, (transfer full) (nullable): %NULL where it was never set. */
gboolean bmn_settings_get (BmnTransaction *tx, const char *name, char **value, GError **error);
/* @value: (nullable): %NULL removes it */
gboolean bmn_settings_set (BmnTransaction *tx, const char *name, const char *value, GError **error);

G_END_DECLS
