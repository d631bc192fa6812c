#include "bmn-settings.h"
#include "bmn-statement-private.h"

gboolean
bmn_settings_get (BmnTransaction *tx, const char *name, char **value, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT value FROM setting WHERE name = ?");
  bmn_statement_put_text (query, name);
  g_autofree char *found = bmn_statement_next (query) ? bmn_statement_take_text (query) : NULL;
  if (!bmn_statement_finish (query, error))
    return FALSE;
  *value = g_steal_pointer (&found);
  return TRUE;
}

gboolean
bmn_settings_set (BmnTransaction *tx, const char *name, const char *value, GError **error)
{
  g_autoptr (BmnStatement) set = bmn_statement_new (
      tx, value ? "INSERT INTO setting (name, value) VALUES (?, ?) "
                  "ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value"
                : "DELETE FROM setting WHERE name = ?");
  bmn_statement_put_text (set, name);
  if (value)
    bmn_statement_put_text (set, value);
  return bmn_statement_run (set, error);
}
